import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";

/** How a provider reaches a host's libvirt. */
export interface ConnectionOptions {
  /** Port, where it is not the transport's own. */
  readonly port?: number;
  /** Path of libvirt's socket on the host. @default - libvirt's own */
  readonly socket?: string;
}

export interface SshOptions extends ConnectionOptions {
  /** User to log in as. @default - the user that runs Terraform, or what the SSH configuration says */
  readonly user?: string;
  /** Private key file on the machine that runs Terraform. @default - the agent's keys and the usual files */
  readonly keyFile?: string;
  /** File of known host keys. @default - ~/.ssh/known_hosts */
  readonly knownHosts?: string;
}

export interface TlsOptions extends ConnectionOptions {
  /** Folder of the client's certificates. @default - libvirt's own */
  readonly pkiPath?: string;
}

interface Parts {
  readonly transport: string;
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  readonly query: Readonly<Record<string, string | undefined>>;
}

const BRAND = Symbol.for("virt-constructs/Connection");

/**
 * The way to a host's libvirt daemon. The host supplies the hypervisor: `Connection.tls("h1")` is
 * `qemu+tls://h1/system` of a KvmHost and `xen+tls://h1/system` of a XenHost. Every part may be a token.
 */
export class Connection {
  /** The daemon of the machine that runs Terraform. */
  static local(options: Pick<ConnectionOptions, "socket"> = {}): Connection {
    return new Connection({ transport: "", host: "", query: { socket: options.socket } });
  }

  /** A UNIX socket on the machine that runs Terraform, for instance one that a tunnel makes. */
  static unix(socket: string): Connection {
    return new Connection({ transport: "unix", host: "", query: { socket } });
  }

  /** SSH, by the provider's own client. Reads no ~/.ssh/config: use {@link Connection.sshCommand} for that. */
  static ssh(host: string, options: SshOptions = {}): Connection {
    return new Connection({
      transport: "ssh",
      host,
      user: options.user,
      port: options.port,
      query: sshQuery(options),
    });
  }

  /** SSH, by the `ssh` command with its configuration: jump hosts, aliases, agents. */
  static sshCommand(host: string, options: SshOptions = {}): Connection {
    return new Connection({
      transport: "sshcmd",
      host,
      user: options.user,
      port: options.port,
      query: sshQuery(options),
    });
  }

  /** TLS with client certificates; port 16514. */
  static tls(host: string, options: TlsOptions = {}): Connection {
    return new Connection({
      transport: "tls",
      host,
      port: options.port,
      query: { socket: options.socket, pkipath: options.pkiPath },
    });
  }

  /** TCP without encryption, for trusted networks only; port 16509. */
  static tcp(host: string, options: ConnectionOptions = {}): Connection {
    return new Connection({ transport: "tcp", host, port: options.port, query: { socket: options.socket } });
  }

  /** A whole URI as libvirt and the provider write it, hypervisor included. */
  static uri(uri: string): Connection {
    return new Connection(undefined, uri);
  }

  static isConnection(value: unknown): value is Connection {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    private readonly parts: Parts | undefined,
    private readonly whole?: string,
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The provider's URI for a hypervisor. */
  toUri(hypervisor: "qemu" | "xen"): string {
    if (this.parts === undefined) return this.whole!;
    const { transport, host, user, port, query } = this.parts;
    const scheme = transport === "" ? hypervisor : `${hypervisor}+${transport}`;
    // An IPv6 address needs brackets; a token is left alone.
    const name = !isLate(host) && host?.includes(":") ? `[${host}]` : (host ?? "");
    const authority = `${user === undefined ? "" : `${user}@`}${name}${port === undefined ? "" : `:${port}`}`;
    const options = Object.entries(query)
      .filter(([, value]) => value !== undefined)
      .map(
        ([key, value]) =>
          `${key}=${isLate(value) ? value : encodeURIComponent(value!).replaceAll("%2F", "/")}`,
      );
    return `${scheme}://${authority}/system${options.length ? `?${options.join("&")}` : ""}`;
  }

  /** What cannot be a connection, for the gate's report. */
  issues(hypervisor: "qemu" | "xen"): PropIssue[] {
    if (this.parts === undefined) {
      const uri = this.whole;
      if (typeof uri === "string" && (isLate(uri) || /^[a-z]+(\+[a-z0-9]+)?:\/\/[^/\s]*\/\S*$/.test(uri)))
        return [];
      return [
        {
          prop: "connection",
          message: `connection ${JSON.stringify(uri)} is no libvirt URI`,
          fix: `write it as ${hypervisor}+ssh://host/system, or use Connection.ssh("host")`,
        },
      ];
    }
    const { host, port, transport } = this.parts;
    const remote = transport !== "" && transport !== "unix";
    const issues: PropIssue[] = [];
    if (remote && !isLate(host) && !/^[^\s/@]+$/.test(String(host ?? ""))) {
      issues.push({
        prop: "connection",
        message: `connection: ${JSON.stringify(host)} is no host name or address`,
        fix: "give the host's name or address alone; user and port are options",
      });
    }
    if (port !== undefined && !isLate(port) && !(Number.isInteger(port) && port > 0 && port < 65536)) {
      issues.push({
        prop: "connection",
        message: `connection: port ${port} is not between 1 and 65535`,
        fix: "give a port between 1 and 65535",
      });
    }
    return issues;
  }
}

function sshQuery(options: SshOptions): Record<string, string | undefined> {
  return { keyfile: options.keyFile, knownhosts: options.knownHosts, socket: options.socket };
}
