import { defineRule, xenGuests } from "../../rule";
import { checkXenKernel } from "./xen-kernel";

/** PVH has no firmware and no boot loader: Xen jumps to an entry point that the kernel itself must have. */
export const pvhNeedsPvhKernel = defineRule({
  code: "VIRT-XEN-005",
  slug: "pvh-needs-pvh-kernel",
  severity: "error",
  stage: "boot",
  title: "A Xen PVH guest needs a kernel with the entry point for it",
  why: "PVH runs in a hardware container without BIOS, UEFI or emulated devices. Linux has the entry point since 4.11 where CONFIG_XEN_PVH is set, which several distributions leave out; Windows and macOS have none.",
  fix: "Use XenHvmGuest or KvmGuest, or an operating system whose kernel has CONFIG_XEN_PVH.",
  sources: [
    "xl.cfg(5) type=pvh",
    "Linux arch/x86/xen/Kconfig XEN_PVH",
    "the catalogue of guest operating systems, which says where each fact was read",
    "tried: Xen 4.17 boots Debian 12's kernel as PVH",
  ],
  needs: ["guest", "operating system"],
  acknowledgeable: false,
  on: xenGuests,
  check: (guest, plan) =>
    checkXenKernel(guest, plan, {
      mode: "xen-pvh",
      fact: "pvh",
      lack: "no kernel for Xen PVH",
      consequence: "boot as PVH",
      other: { fact: "pv", construct: "XenPvGuest" },
    }),
  examples: {
    bad: (plan) => plan.xenPvh({ intent: { os: "rhel-9" }, memory: 4 }),
    good: (plan) => plan.xenPvh({ intent: { os: "debian-12" } }),
  },
});
