import { defineRule, fail, notApplicable, pass, xenGuests } from "../../rule";
import { isKind, kindName, lateKind } from "./xen-mode";

/** Only HVM has virtual hardware that firmware could set up. */
export const firmwareNeedsHvm = defineRule({
  code: "VIRT-XEN-018",
  slug: "firmware-needs-hvm",
  severity: "error",
  stage: "silent",
  title: "Firmware settings need an HVM guest on Xen",
  why: "PV and PVH guests start at an entry point of their kernel. libvirt's Xen driver ignores firmware, loader and NVRAM for them, without a word.",
  fix: "Remove the firmware settings and give a kernel or a boot loader, or use XenHvmGuest.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDomBuildInfo: firmware and loader are read for HVM alone",
    "xl.cfg(5), PVH guest options",
    "measured: libvirt 9.0.0, Xen 4.17: a PV guest starts although its loader does not exist",
  ],
  needs: ["guest"],
  on: xenGuests,
  check: (guest) => {
    const { os } = guest.domain;
    const setting = (
      ["firmware", "loader", "loaderType", "loaderSecure", "nvRam", "firmwareInfo"] as const
    ).find((each) => os?.[each] !== undefined);
    if (setting === undefined) return notApplicable;
    const concerned = isKind(guest, "xen-pv", "xen-pvh");
    if (concerned === undefined) return lateKind;
    if (!concerned) return pass;
    const boots = os?.kernel !== undefined || guest.domain.bootloader !== undefined;
    return fail({
      at: `os.${setting}`,
      message: `${kindName(guest)} "${guest.label}" has no firmware: os.${setting} would be ignored.`,
      fix: `remove os.${setting}${boots ? "" : ' and set os.kernel, or bootloader to "pygrub"'}, or use XenHvmGuest`,
    });
  },
  examples: {
    bad: (plan) => plan.xenPvh({ os: { firmware: "efi" } }),
    good: (plan) => plan.xenHvm({ os: { firmware: "efi" } }),
  },
});
