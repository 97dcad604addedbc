import type { Construct } from "constructs";
import type { XenPvCapable } from "../guest-os";
import { fixedFlag, Guest, type GuestKind } from "./guest";
import { XenBoot } from "./xen-boot";
import { paravirtual, type XenGuestProps } from "./xen-guest";

/** Props of a paravirtualized Xen guest. */
export interface XenPvGuestProps extends XenGuestProps {
  /** The operating system; it must have a kernel that is modified for Xen PV. @default - not stated */
  readonly os?: XenPvCapable;
  /** How it starts. @default - pygrub: the boot menu inside the first disk */
  readonly boot?: XenBoot;
  /**
   * Show the guest the memory map of the host, as drivers of passed-through devices need it.
   *
   * @default - true where `hostDevices` has a PCI device
   */
  readonly e820Host?: boolean;
}

// libvirt writes the type of a PV guest back as "linux", and the provider calls any difference inconsistent.
const kind = paravirtual<XenPvGuestProps>("linux", "xenpv", {
  defaultBoot: XenBoot.pygrub(),
  shape: { e820Host: fixedFlag.optional() },
  ofKind: ({ e820Host, hostDevices = [] }) => {
    const shown = e820Host ?? hostDevices.some(({ config }) => config?.subsysPci !== undefined);
    return shown ? { features: { xen: { e820Host: { state: "on" } } } } : {};
  },
});

/**
 * A paravirtualized guest: its kernel calls Xen instead of the hardware. Runs on any CPU, with or without
 * virtualization, but only systems whose kernel is modified for it.
 */
export class XenPvGuest extends Guest {
  constructor(scope: Construct, id: string, props: XenPvGuestProps) {
    super(scope, id, props, kind as GuestKind<never>);
  }
}
