import type { GuestOs } from "../guest-os";
import type { HostFacts } from "../host-facts";

/**
 * What the provider's schema cannot say about a guest. It travels beside the domain, on the construct that
 * emits it.
 */
export interface GuestIntent {
  /** The operating system; absent when not stated, `"late"` when it is known only at apply. */
  readonly os?: GuestOs;
  /** The guest must stay migratable to another host while it runs. */
  readonly migratable?: boolean;
  /** Construct paths of the hosts that it must be able to move to; absent when not stated. */
  readonly migratesTo?: readonly string[];
  /** Whether who administers the guest may administer its host as well; absent when not stated. */
  readonly trusted?: boolean;
  /**
   * Where a Windows guest finds its virtio drivers: already in its image, on a driver ISO that is attached, or
   * nowhere. Nobody can see into an image, so absent means unknown.
   */
  readonly virtioDrivers?: "in-image" | "iso" | "none";
  /** Whether the image of a fully virtualized Xen guest has Xen's PV drivers; absent means unknown. */
  readonly xenDrivers?: "in-image" | "none";
  /**
   * Whether a resource beside the domain removes it with virsh, or somebody has chosen that the provider does; absent
   * where nobody was asked.
   */
  readonly removedByVirsh?: boolean;
  /** Somebody has chosen that a change is made to the domain as it is, and not by replacing it. */
  readonly changedInPlace?: boolean;
}

/** What is known of a host beyond its URI. */
export interface HostIntent {
  /** The name that the user gave to the host. */
  readonly name: string;
  readonly hypervisor: "kvm" | "xen";
  /** The architecture that the user declared, in libvirt's spelling. */
  readonly arch?: string;
  readonly facts?: HostFacts;
  /** Memory that guests must leave to the host system, in KiB. */
  readonly reservedMemoryKiB?: number;
  /** What the control domain of a Xen host takes; kept out of the capacity for guests. */
  readonly dom0?: { readonly memoryKiB?: number; readonly vcpus?: number };
  /** Somebody or something suspends the host or sends it into hibernation at times. */
  readonly sleeps?: boolean;
}

/** A prop of a construct that cannot be used, found while it was made. */
export interface PropIssue {
  /** The prop, as a path: `disks[0].size`. */
  readonly prop: string;
  readonly message: string;
  readonly fix: string;
}

const INTENT = Symbol.for("virt-constructs/intent");
const ISSUES = Symbol.for("virt-constructs/prop-issues");

/** Attaches intent to the construct that emits a resource or provider. */
export function setIntent(construct: object, intent: GuestIntent | HostIntent): void {
  Object.defineProperty(construct, INTENT, { value: intent, configurable: true });
}

export function intentOf<T extends GuestIntent | HostIntent>(construct: object): T | undefined {
  return (construct as { [INTENT]?: T })[INTENT];
}

/** Adds to the issues that the gate reports for this construct. */
export function addPropIssues(construct: object, issues: readonly PropIssue[]): void {
  if (issues.length === 0) return;
  Object.defineProperty(construct, ISSUES, {
    value: [...propIssuesOf(construct), ...issues],
    configurable: true,
  });
}

export function propIssuesOf(construct: object): readonly PropIssue[] {
  return (construct as { [ISSUES]?: readonly PropIssue[] })[ISSUES] ?? [];
}
