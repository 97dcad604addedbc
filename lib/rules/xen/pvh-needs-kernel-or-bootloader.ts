import { defineRule, fail, notApplicable, pass, xenGuests } from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** For PV libvirt falls back to pygrub; for PVH it hands Xen an empty path. */
export const pvhNeedsKernelOrBootloader = defineRule({
  code: "VIRT-XEN-019",
  slug: "pvh-needs-kernel-or-bootloader",
  severity: "error",
  stage: "start",
  title: "A Xen PVH guest needs a kernel or a boot loader",
  why: "PVH has no firmware that would look for a boot sector. Without kernel and boot loader there is nothing to start; libvirt 9.0.0 even crashes, and leaves the guest behind without an owner.",
  fix: 'Set os.kernel (and os.initrd), or bootloader to "pygrub" for an image with a GRUB configuration.',
  sources: [
    "xl.cfg(5), PVH guest options",
    "libvirt libxl_conf.c libxlMakeDomBuildInfo: pygrub is the default for PV alone",
    "measured: libvirt 9.0.0, Xen 4.17, start: libvirtd crashes (3 of 3)",
  ],
  needs: ["guest"],
  on: xenGuests,
  check: (guest) => {
    const { os, bootloader } = guest.domain;
    if (os?.kernel !== undefined || bootloader !== undefined) return notApplicable;
    const pvh = isKind(guest, "xen-pvh");
    if (pvh === undefined) return lateKind;
    if (!pvh) return pass;
    return fail({
      at: "os.kernel",
      message: `PVH guest "${guest.label}" has nothing to boot: neither a kernel nor a boot loader.`,
      fix: 'set os.kernel (and os.initrd), or bootloader to "pygrub" if its disk has a GRUB configuration',
    });
  },
  examples: {
    bad: (plan) => plan.xenPvh({ os: { kernel: null, initrd: null } }),
    good: (plan) => plan.xenPvh({ os: { kernel: null, initrd: null }, bootloader: "pygrub" }),
  },
});
