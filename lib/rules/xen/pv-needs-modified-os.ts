import { defineRule, fail, notApplicable, pass, undetermined, xenGuests } from "../../rule";

/** A PV kernel calls the hypervisor instead of the hardware; a system without one stops at its first privileged instruction. */
export const pvNeedsModifiedOs = defineRule({
  code: "VIRT-XEN-002",
  slug: "pv-needs-modified-os",
  severity: "error",
  stage: "boot",
  title: "A paravirtualized guest needs a modified operating system",
  why: "In PV mode there is no virtual hardware to boot on: the kernel itself must ask Xen for page tables, interrupts and devices. Windows, macOS and many stock kernels cannot.",
  fix: "Use XenHvmGuest on a host with VT-x or AMD-V, or KvmGuest, or an operating system with a PV kernel.",
  sources: ["article: Xen paravirtualization", "xl.cfg(5) type=pv", "Linux arch/x86/xen/Kconfig XEN_PV"],
  needs: ["guest", "operating system"],
  on: xenGuests,
  check: (guest, plan) => {
    if (guest.mode !== "xen-pv") return notApplicable;
    const { os, label, arch } = guest;
    if (os === undefined) return undetermined("the guest's operating system is not stated");
    if (os.xen.pv === undefined) {
      return undetermined(
        `whether ${os.name} has a PV kernel is not known${os.xen.note ? ` (${os.xen.note})` : ""}`,
      );
    }
    if (os.xen.pv) return pass;
    const hvm = plan.hostsOffering("hvm", arch ?? "x86_64", "xen").map((host) => host.label);
    return fail({
      at: "os.type",
      message: `${os.name} has no kernel for Xen PV, so "${label}" cannot boot paravirtualized.`,
      fix: `use XenHvmGuest on a host with VT-x or AMD-V (in this plan: ${hvm.join(", ") || "none is known"}), or KvmGuest`,
    });
  },
  examples: {
    bad: (plan) => plan.xenPv({ intent: { os: "windows-11" }, memory: 4 }),
    good: (plan) => plan.xenPv({ intent: { os: "debian-12" } }),
  },
  alsoFails: ["VIRT-GOS-004"],
});
