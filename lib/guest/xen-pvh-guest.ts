import type { Construct } from "constructs";
import type { XenPvhCapable } from "../guest-os";
import { Guest, type GuestKind } from "./guest";
import type { XenBoot } from "./xen-boot";
import { paravirtual, type XenGuestProps } from "./xen-guest";

/** Props of a Xen PVH guest. */
export interface XenPvhGuestProps extends XenGuestProps {
  /** The operating system; it must have a kernel with Xen's PVH entry point. @default - not stated */
  readonly os?: XenPvhCapable;
  /** A kernel of dom0, or a boot loader. There is no default: libvirt crashes on a PVH guest with nothing to boot. */
  readonly boot: XenBoot;
}

const kind = paravirtual<XenPvhGuestProps>("xenpvh", "xenpvh");

/**
 * A PVH guest: a modified kernel in a hardware container, without emulated devices. Needs VT-x or AMD-V; no PCI
 * passthrough, no firmware.
 */
export class XenPvhGuest extends Guest {
  constructor(scope: Construct, id: string, props: XenPvhGuestProps) {
    super(scope, id, props, kind as GuestKind<never>);
  }
}
