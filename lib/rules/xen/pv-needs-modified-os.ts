import { defineRule, xenGuests } from "../../rule";
import { checkXenKernel } from "./xen-kernel";

/** A PV kernel calls the hypervisor instead of the hardware; a system without one stops at its first privileged instruction. */
export const pvNeedsModifiedOs = defineRule({
  code: "VIRT-XEN-002",
  slug: "pv-needs-modified-os",
  severity: "error",
  stage: "boot",
  title: "A paravirtualized guest needs a modified operating system",
  why: "In PV mode there is no virtual hardware to boot on: the kernel itself must ask Xen for page tables, interrupts and devices. Windows, macOS and many stock kernels cannot.",
  fix: "Use XenHvmGuest on a host with VT-x or AMD-V, or KvmGuest, or an operating system with a PV kernel.",
  sources: [
    "article: Xen paravirtualization",
    "xl.cfg(5) type=pv",
    "Linux arch/x86/xen/Kconfig XEN_PV",
    "the catalogue of guest operating systems, which says where each fact was read",
  ],
  needs: ["guest", "operating system"],
  acknowledgeable: false,
  on: xenGuests,
  check: (guest, plan) =>
    checkXenKernel(guest, plan, {
      mode: "xen-pv",
      fact: "pv",
      lack: "no kernel for Xen PV",
      consequence: "boot paravirtualized",
      other: { fact: "pvh", construct: "XenPvhGuest" },
    }),
  examples: {
    bad: (plan) => plan.xenPv({ intent: { os: "windows-server-2022" }, memory: 4 }),
    good: (plan) => plan.xenPv({ intent: { os: "debian-12" } }),
  },
});
