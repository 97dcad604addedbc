import type { Construct } from "constructs";
import { Memory } from "../memory";
import { known } from "../plan/late";
import { Host, type HostProps } from "./host";

/** The distribution that Xen comes from; the paths of its firmware and tools differ. */
export type XenVariant = "debian" | "suse" | "xcp-ng" | "other";

export interface Dom0Props {
  /** Memory that dom0 keeps: it is not available to guests. @default - the facts' */
  readonly memory?: Memory;
  /** vCPUs of dom0. @default - the facts' */
  readonly vcpus?: number;
}

export interface XenHostProps extends HostProps {
  /** The control domain, the first guest of Xen. */
  readonly dom0?: Dom0Props;
  /** @default "debian" */
  readonly variant?: XenVariant;
}

/**
 * A host whose boot loader starts Xen, which then starts the host system as dom0. Guests are paravirtualized
 * (PV, on any CPU), or need VT-x or AMD-V (PVH and HVM).
 */
export class XenHost extends Host {
  readonly hypervisor = "xen";
  readonly variant: XenVariant;
  readonly dom0: Dom0Props;

  constructor(scope: Construct, id: string, props: XenHostProps) {
    const dom0 = props?.dom0;
    super(scope, id, props, "xen", {
      memoryKiB: Memory.isMemory(dom0?.memory) ? known(dom0.memory.toKiB()) : undefined,
      vcpus: known(dom0?.vcpus),
    });
    this.variant = props?.variant ?? "debian";
    this.dom0 = dom0 ?? {};
  }
}
