import type { HostFacts } from "../host-facts";
import type { HostIntent, PropIssue } from "./intent";
import type { Place } from "./resource";
import type { SourceLine } from "./source";

/** A provider configuration as a reader delivers it. */
export interface RawProvider extends Place {
  /** Absent for the default provider configuration. */
  readonly alias?: string;
  /** Connection URI; absent when the provider falls back to LIBVIRT_DEFAULT_URI or qemu:///system. */
  readonly uri?: string;
  readonly intent?: HostIntent;
  /** Facts that somebody gave for it beside its configuration. */
  readonly facts?: HostFacts;
  readonly propIssues?: readonly PropIssue[];
  /** Nobody wrote it: it stands for what resources name, or for the default that they leave unnamed. */
  readonly implied?: boolean;
}

/** A host of the plan: one connection URI, whatever number of provider configurations and stacks name it. */
export class PlanHost implements Place {
  readonly label: string;
  readonly constructPath?: string;
  readonly unit: string;
  readonly facts?: HostFacts;
  /** The hypervisor by declaration, by URI scheme, or by facts; undefined when nothing tells. */
  readonly hypervisor?: "kvm" | "xen";
  readonly reservedMemoryKiB?: number;
  readonly dom0?: { readonly memoryKiB?: number; readonly vcpus?: number };
  /** Whether it is suspended or hibernated at times. */
  readonly sleeps: boolean;

  constructor(
    /** URI without password, as the provider gets it; undefined when the provider's default applies or it is late. */
    readonly uri: string | undefined,
    /** All provider configurations that stand for this host. */
    readonly providers: readonly RawProvider[],
  ) {
    const described = providers.find((provider) => provider.intent !== undefined) ?? providers[0]!;
    const intent = described.intent;
    this.label = intent?.name ?? described.label;
    this.constructPath = described.constructPath;
    this.unit = described.unit;
    const informed = providers.find((provider) => provider.facts ?? provider.intent?.facts);
    this.facts = informed?.facts ?? informed?.intent?.facts;
    this.reservedMemoryKiB = intent?.reservedMemoryKiB;
    this.dom0 = intent?.dom0;
    this.sleeps = intent?.sleeps === true;
    this.declaredArch = intent?.arch;
    this.hypervisor = intent?.hypervisor ?? hypervisorOfUri(uri) ?? hypervisorOfFacts(this.facts);
  }

  /** The architecture that the user declared. */
  readonly declaredArch?: string;

  /** Whether no provider configuration of the plan stands for it. */
  get implied(): boolean {
    return this.providers.every((provider) => provider.implied === true);
  }

  /** The line of the user's code that made it, formatted only when a finding needs it. */
  get source(): SourceLine | undefined {
    return (this.providers.find((provider) => provider.intent !== undefined) ?? this.providers[0])?.source;
  }

  /** The host's architecture in libvirt's spelling, declared or from its facts. */
  get arch(): string | undefined {
    return this.declaredArch ?? this.facts?.data.arch;
  }

  /** The hypervisor that the connection URI addresses. */
  get uriHypervisor(): "kvm" | "xen" | undefined {
    return hypervisorOfUri(this.uri);
  }

  /**
   * The machine behind the URI: host name with an explicit port, or the local machine with an explicit socket.
   * `qemu+ssh://h2/system` and `xen+tls://h2/system` are one machine; two ports of one address are two.
   */
  get machine(): string | undefined {
    if (this.uri === undefined) return undefined;
    const match = /^[a-z]+(?:\+[a-z0-9]+)?:\/\/(?:[^@/?]*@)?([^/?]*)/i.exec(this.uri);
    if (!match) return undefined;
    const socket = /[?&]socket=([^&]*)/.exec(this.uri)?.[1];
    return `${match[1]!.toLowerCase() || "local"}${socket ? `|${socket}` : ""}`;
  }
}

function hypervisorOfUri(uri: string | undefined): "kvm" | "xen" | undefined {
  const scheme = uri === undefined ? undefined : /^([a-z]+)[+:]/i.exec(uri)?.[1]?.toLowerCase();
  if (scheme === "qemu") return "kvm";
  return scheme === "xen" ? "xen" : undefined;
}

function hypervisorOfFacts(facts: HostFacts | undefined): "kvm" | "xen" | undefined {
  const answered = facts?.data.hypervisor;
  if (answered === "qemu") return "kvm";
  return answered === "xen" ? "xen" : undefined;
}

/** One spelling for one URI: without password, lower-case scheme and host, without a trailing slash. */
export function canonicalUri(uri: string): string {
  const match = /^([a-z0-9+.-]+):\/\/([^/?]*)(.*)$/is.exec(withoutSlashesInPassword(uri));
  if (!match) return uri;
  const [, scheme, authority, rest] = match;
  const at = authority!.lastIndexOf("@");
  const user = at < 0 ? "" : `${authority!.slice(0, at).split(":")[0]}@`;
  return `${scheme!.toLowerCase()}://${user}${authority!.slice(at + 1).toLowerCase()}${rest!.replace(/\/$/, "")}`;
}

/** A password with a slash or a question mark in it is wrong, but must not be taken for the host's name. */
function withoutSlashesInPassword(uri: string): string {
  return uri.replace(/^([a-z0-9+.-]+:\/\/[^:/?@]*):(?!\d*(?:[/?]|$))[^@]*[/?].*@/is, "$1@");
}
