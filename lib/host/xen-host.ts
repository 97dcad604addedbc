import type { Construct } from "constructs";
import { z } from "zod";
import { known } from "../plan/late";
import { check, choice, literal } from "../props";
import { Dom0, type Dom0Props, dom0, dom0Issues } from "./dom0";
import { Host, type HostProps, hostShape } from "./host";

/** The distribution that Xen comes from; the paths of its firmware and tools differ. */
export type XenVariant = "debian" | "suse" | "xcp-ng" | "other";

/**
 * Who removes the domain of a guest when Terraform destroys or replaces it: `virsh`, on the machine that runs
 * Terraform, or the provider, which version 0.9.7 cannot do on Xen.
 */
export type Teardown = "virsh" | "provider";

/** Props of a Xen host. */
export interface XenHostProps extends HostProps {
  /** The control domain, the first guest of Xen. @default - as the facts have it */
  readonly dom0?: Dom0Props;
  /** The distribution that Xen comes from. @default "debian" */
  readonly variant?: XenVariant;
  /**
   * Who removes the domains of guests when they are destroyed or replaced: `virsh`, which must be where Terraform
   * runs, or the provider, which version 0.9.7 cannot do on Xen.
   *
   * @default "virsh"
   */
  readonly teardown?: Teardown;
}

const schema = z.strictObject({
  ...hostShape,
  dom0: dom0.optional(),
  variant: literal(
    choice("debian", "suse", "xcp-ng", "other"),
    "paths of firmware and tools depend on it",
  ).optional(),
  teardown: literal(choice("virsh", "provider"), "resources depend on it").optional(),
});

/**
 * A host whose boot loader starts Xen, which then starts the host system as dom0. Guests are paravirtualized
 * (PV, on any CPU), or need VT-x or AMD-V (PVH and HVM).
 */
export class XenHost extends Host {
  readonly hypervisor = "xen";
  /** Whose Xen it is. */
  readonly variant: XenVariant;
  /** The host system, and what it keeps for itself. */
  readonly dom0: Dom0;
  /** Who removes the domains of guests. */
  readonly teardown: Teardown;
  /** The connection URI as virsh takes it. */
  readonly virshUri: string;

  constructor(scope: Construct, id: string, props: XenHostProps) {
    const checked = check(schema, props);
    const { variant = "debian", dom0: given = {}, teardown = "virsh", connection } = checked.usable;
    const issues = [...checked.issues, ...dom0Issues(given)];
    super(scope, id, { ...checked, issues }, "xen", {
      memoryKiB: known(given.memory?.toKiB()),
      vcpus: known(given.vcpus),
    });
    this.variant = variant;
    this.dom0 = new Dom0(given, this.node.id);
    this.teardown = teardown;
    this.virshUri = connection?.toVirshUri("xen") ?? this.uri;
  }
}
