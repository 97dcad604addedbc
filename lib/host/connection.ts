import { IPv6 } from "ipaddr.js";
import { z } from "zod";
import { Token } from "../engine";
import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";
import { absolutePath, check, late, text } from "../props";

/** How a provider reaches a host's libvirt. */
export interface ConnectionOptions {
  /** Port, 1 to 65535. @default - the transport's own */
  readonly port?: number;
}

/** How a provider reaches the libvirt of the machine that it runs on. */
export interface LocalOptions {
  /** Path of libvirt's socket. @default - libvirt's own */
  readonly socket?: string;
}

/** How a provider reaches a host's libvirt by SSH. */
export interface SshOptions extends ConnectionOptions {
  /** Path of libvirt's socket on the host. @default - libvirt's own */
  readonly socket?: string;
  /** User to log in as. @default - the user that runs Terraform, or what the SSH configuration says */
  readonly user?: string;
  /** Private key file on the machine that runs Terraform. @default - the agent's keys and the usual files */
  readonly keyFile?: string;
  /** File of known host keys. @default - ~/.ssh/known_hosts */
  readonly knownHosts?: string;
}

/** How a provider reaches a host's libvirt by TLS. */
export interface TlsOptions extends ConnectionOptions {
  /** Folder of the client's certificates. @default - libvirt's own */
  readonly pkiPath?: string;
}

interface Arguments extends SshOptions, TlsOptions {
  readonly host?: string;
  readonly uri?: string;
}

const host = late(
  z.string({ error: "must be a host name or address" }).refine(isHostName, {
    error: "must be the name or address of the host alone; user and port are options",
  }),
);
const uri = late(
  z
    .string({ error: "must be a URI" })
    .regex(/^[a-z]+(\+[a-z0-9]+)?:\/\/[^/\s]*\/\S*$/, {
      error: "must be a URI of libvirt, such as qemu+ssh://host/system",
      abort: true,
    })
    // The provider has its own clients, and fewer than libvirt.
    .regex(/^[a-z]+(\+(ssh|sshcmd|tls|tcp))?:/, {
      error:
        "must be a URI that the provider can open: with +ssh, +sshcmd, +tls or +tcp, or with none of these for a local socket",
    }),
);
const port = late(
  z
    .int({ error: "must be a port: 1 to 65535" })
    .min(1, { error: "must be a port: 1 to 65535" })
    .max(65535, { error: "must be a port: 1 to 65535" }),
).optional();
const socket = absolutePath.optional();
const user = late(
  z.string({ error: "must be a user name" }).regex(/^[^\s/:]+$/, {
    error: "must be a user name, without a password",
  }),
).optional();
const remote = { host, port };

const schemas = {
  local: z.strictObject({ socket }),
  unix: z.strictObject({ socket: absolutePath }),
  ssh: z.strictObject({ ...remote, socket, user, keyFile: text.optional(), knownHosts: text.optional() }),
  tls: z.strictObject({ ...remote, pkiPath: absolutePath.optional() }),
  tcp: z.strictObject(remote),
  uri: z.strictObject({ uri }),
};

const BRAND = Symbol.for("virt-constructs/Connection");

/**
 * The way to a host's libvirt daemon. The host supplies the hypervisor: `Connection.tls("h1")` is
 * `qemu+tls://h1/system` of a KvmHost and `xen+tls://h1/system` of a XenHost. Every part may be a token.
 */
export class Connection {
  /** The daemon of the machine that runs Terraform. */
  static local(options: LocalOptions = {}): Connection {
    return new Connection("", "local", { ...options });
  }

  /** A UNIX socket on the machine that runs Terraform, for instance one that a tunnel makes. */
  static unix(socket: string): Connection {
    return new Connection("", "unix", { socket });
  }

  /** SSH, by the provider's own client. Reads no ~/.ssh/config: use {@link Connection.sshCommand} for that. */
  static ssh(host: string, options: SshOptions = {}): Connection {
    return new Connection("ssh", "ssh", { ...options, host });
  }

  /** SSH, by the `ssh` command with its configuration: jump hosts, aliases, agents. */
  static sshCommand(host: string, options: SshOptions = {}): Connection {
    return new Connection("sshcmd", "ssh", { ...options, host });
  }

  /** TLS with client certificates; port 16514. */
  static tls(host: string, options: TlsOptions = {}): Connection {
    return new Connection("tls", "tls", { ...options, host });
  }

  /** TCP without encryption, for trusted networks only; port 16509. */
  static tcp(host: string, options: ConnectionOptions = {}): Connection {
    return new Connection("tcp", "tcp", { ...options, host });
  }

  /** A whole URI as libvirt and the provider write it, hypervisor included. */
  static uri(uri: string): Connection {
    return new Connection("", "uri", { uri });
  }

  /** Whether a value is a Connection, of this or another copy of the package. */
  static isConnection(value: unknown): value is Connection {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  /** @internal What is wrong with the arguments. */
  readonly issues: readonly PropIssue[];
  private readonly parts: Arguments;

  private constructor(
    private readonly transport: string,
    schema: keyof typeof schemas,
    given: Arguments,
  ) {
    Object.defineProperty(this, BRAND, { value: true });
    const { usable, issues } = check(schemas[schema], given);
    this.parts = usable;
    // A URI may hold a password.
    this.issues = issues.map((each) => ({ ...each, message: withoutPassword(each.message) }));
  }

  /**
   * The URI as libvirt's own client takes it, which knows no `+sshcmd` and spells a parameter in its own way.
   */
  toVirshUri(hypervisor: "qemu" | "xen"): string {
    return this.toUri(hypervisor)
      .replace(/^([a-z]+)\+sshcmd:/, "$1+ssh:")
      .replace(/([?&])knownhosts=/, "$1known_hosts=");
  }

  /** The provider's URI for a hypervisor. */
  toUri(hypervisor: "qemu" | "xen"): string {
    const { uri, host = "", user, port, keyFile, knownHosts, socket, pkiPath } = this.parts;
    if (uri !== undefined) return uri;
    const scheme = this.transport === "" ? hypervisor : `${hypervisor}+${this.transport}`;
    const authority = `${user === undefined ? "" : `${encoded(user)}@`}${bracketed(host)}${port === undefined ? "" : `:${textOf(port)}`}`;
    const query = Object.entries({ keyfile: keyFile, knownhosts: knownHosts, socket, pkipath: pkiPath })
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}=${encoded(value!)}`);
    return `${scheme}://${authority}/system${query.length ? `?${query.join("&")}` : ""}`;
  }
}

function isHostName(name: string): boolean {
  return name.includes(":") ? IPv6.isValid(name.replace(/^\[(.*)\]$/, "$1")) : /^[^\s/@?#[\]]+$/.test(name);
}

/** An IPv6 address needs brackets; a token is left alone. */
function bracketed(host: string): string {
  if (isLate(host)) return textOf(host);
  return host.includes(":") && !host.startsWith("[") ? `[${host.replace("%", "%25")}]` : host;
}

function encoded(part: string): string {
  if (isLate(part)) return textOf(part);
  // Half of a surrogate pair cannot be encoded.
  return encodeURIComponent(part.replace(/[\ud800-\udfff]/gu, "\ufffd")).replaceAll("%2F", "/");
}

/** Every token as a string token: the text of a number token does not show that it is one. */
function textOf(part: string | number): string {
  return isLate(part) ? Token.asString(part) : String(part);
}

function withoutPassword(message: string): string {
  return message.replace(/(\/\/[^/\s:@]*):[^/\s]*@/g, "$1:***@");
}
