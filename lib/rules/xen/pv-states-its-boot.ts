import { isArm } from "../../plan/arch";
import { defineRule, fail, notApplicable, type Outcome, pass, xenGuests } from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** What boots the guest should be read in its plan, and not in a default of libvirt's Xen driver. */
export const pvStatesItsBoot = defineRule({
  code: "VIRT-XEN-020",
  slug: "pv-states-its-boot",
  severity: "warning",
  stage: "boot",
  title: "A Xen PV guest states a kernel or a boot loader",
  why: "Without either libvirt runs pygrub, which looks for a GRUB configuration inside the first disk. An empty disk, an installer or an image without one does not start.",
  fix: 'Set bootloader to "pygrub" for an image with a GRUB configuration, or os.kernel and os.initrd.',
  sources: [
    "libvirt libxl_conf.c libxlMakeDomBuildInfo; xl.cfg(5) bootloader",
    "tried: Xen 4.17, libvirt 9.0.0, PV with nothing to boot: start fails, bootloader failed; with pygrub and a partitioned disk that has a grub.cfg the kernel inside boots",
  ],
  needs: ["guest"],
  on: xenGuests,
  check: (guest): Outcome => {
    const { os, bootloader } = guest.domain;
    if (os?.kernel !== undefined || bootloader !== undefined) return notApplicable;
    const pv = isKind(guest, "xen-pv");
    if (pv === undefined) return lateKind;
    if (!pv || isArm(guest.arch)) return pass;
    return fail({
      at: "bootloader",
      message: `PV guest "${guest.label}" states neither a kernel nor a boot loader: libvirt would run pygrub on its first disk.`,
      fix: 'set bootloader to "pygrub" if its image has a GRUB configuration, else os.kernel and os.initrd',
    });
  },
  examples: {
    bad: (plan) => plan.xenPv({ os: { kernel: null, initrd: null } }),
    good: (plan) => plan.xenPv({ os: { kernel: null, initrd: null }, bootloader: "pygrub" }),
  },
});
