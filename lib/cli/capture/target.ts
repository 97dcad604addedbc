import { InputError } from "../../input/input-error";
import { maskPasswords } from "../../plan/secrets";

/** The machine behind a URI, and how commands get there. */
export interface Target {
  /** The URI for virsh, which has no transport sshcmd. */
  readonly uri: string;
  /** Arguments of ssh before the command; empty for this machine; undefined where no shell leads to the host. */
  readonly ssh: readonly string[] | undefined;
}

const URI =
  /^([a-z]+)(?:\+([a-z0-9]+))?:\/\/(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d+))?(\/[^?#]*)?(?:\?(.*))?$/i;

/** @throws InputError when it is no URI of libvirt. */
export function targetOf(text: string): Target {
  const match = URI.exec(text);
  if (!match) {
    throw new InputError(
      `"${maskPasswords(text)}" is no URI of libvirt, such as qemu:///system or xen+ssh://host/system`,
    );
  }
  const [, , transport, user, host = "", port, , query] = match;
  const uri = text.replace(/^([a-z]+)\+sshcmd:/i, "$1+ssh:");
  if (host === "") return { uri, ssh: [] };
  if (!/^(ssh|sshcmd|libssh2?)$/i.test(transport ?? "")) return { uri, ssh: undefined };
  const name = host.replace(/^\[|\]$/g, "");
  const login = user ? `${user.split(":")[0]}@${name}` : name;
  return {
    uri,
    ssh: ["-o", "BatchMode=yes", ...(port ? ["-p", port] : []), ...parameters(query), "--", login],
  };
}

/** What the URI says of keys, which virsh follows as well. */
function parameters(query: string | undefined): string[] {
  const given = new URLSearchParams(query?.replaceAll("+", "%2B"));
  const keyFile = given.get("keyfile");
  const knownHosts = given.get("known_hosts") ?? given.get("knownhosts");
  return [
    ...(keyFile ? ["-i", keyFile] : []),
    // ssh takes the value for a list of files unless it is quoted.
    ...(knownHosts ? ["-o", `UserKnownHostsFile="${knownHosts}"`] : []),
    ...(given.get("no_verify") === "1" ? ["-o", "StrictHostKeyChecking=no"] : []),
  ];
}
