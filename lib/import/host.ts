import { type Code, call, create, object, path, type Statement } from "./code";
import type { ImportedHost } from "./resource";

const URI =
  /^(qemu|xen)(?:\+(ssh|sshcmd|tls|tcp))?:\/\/(?:([^@/?#:]+)@)?(\[[^\]]*\]|[^:/?#@]*)(?::(\d+))?\/system$/;
const FACTORIES: Readonly<Record<string, string>> = {
  ssh: "Connection.ssh",
  sshcmd: "Connection.sshCommand",
  tls: "Connection.tls",
  tcp: "Connection.tcp",
};

/** The host as a construct. */
export function hostStatement(host: ImportedHost, arch: string, variable: string, id: string): Statement {
  const construct = host.hypervisor === "xen" ? "XenHost" : "KvmHost";
  const value = create(
    construct,
    path("stack"),
    id,
    object({ connection: connectionOf(host), arch: arch === "x86_64" ? undefined : arch }),
  );
  return { kind: "const", name: variable, value };
}

function connectionOf({ uri, hypervisor }: ImportedHost): Code {
  if (uri === undefined) return call("Connection.local");
  const usable = withoutPassword(uri)
    .replace(/^([a-z]+)\+libssh2?:/i, "$1+ssh:")
    .replace(/^([a-z]+)\+unix:/i, "$1:");
  const [, scheme, transport, user, host = "", port] = URI.exec(usable) ?? [];
  if (scheme !== (hypervisor === "xen" ? "xen" : "qemu") || (host === "") !== (transport === undefined)) {
    return call("Connection.uri", usable);
  }
  if (transport === undefined) return call("Connection.local");
  const isSsh = transport.startsWith("ssh");
  if (user !== undefined && !isSsh) return call("Connection.uri", usable);
  const options = { user, port: port === undefined ? undefined : Number(port) };
  const given = user !== undefined || port !== undefined;
  return call(FACTORIES[transport]!, host.replace(/^\[|\]$/g, ""), given ? options : undefined);
}

/** A password does not belong into a program. */
function withoutPassword(uri: string): string {
  return uri.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#@:]*):.*@/i, "$1@");
}
