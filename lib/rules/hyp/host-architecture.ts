import { defineRule, fail, hosts, needsFacts, notApplicable, pass } from "../../rule";

/** Where Linux has KVM, or had it once: IA64 is refused by a rule of its own, which knows since when. */
const KVM = new Set([
  ...["x86_64", "i686", "s390x", "s390", "ia64", "ppc", "ppc64", "ppc64le"],
  // Later than the article: KVM for ARM, RISC-V, LoongArch and MIPS.
  ...["aarch64", "armv7l", "riscv64", "riscv32", "loongarch64", "mips", "mipsel", "mips64", "mips64el"],
]);

const XEN = new Set(["x86_64", "i686", "aarch64", "armv7l"]);

/** A hypervisor exists for a few architectures only. */
export const hostArchitecture = defineRule({
  code: "VIRT-HYP-003",
  slug: "host-architecture",
  severity: "error",
  stage: "define",
  title: "KVM and Xen exist for certain host architectures only",
  why: "KVM is part of Linux on x86, S/390, PowerPC and formerly IA64, and by now also on ARM, RISC-V, LoongArch and MIPS. Xen runs on x86 and ARM. On any other machine there is only emulation.",
  fix: "Use a host of a supported architecture, or emulate the guests (domain type qemu).",
  sources: [
    "article: KVM runs on x86, S/390, IA64 and PowerPC; Xen on x86 and ARM",
    "Linux arch/*/kvm: arm64, loongarch, mips, powerpc, riscv, s390, x86 (32-bit ARM until 5.7)",
    "Xen SUPPORT.md",
  ],
  needs: ["host facts"],
  on: hosts,
  check: (host, plan) => {
    const guests = plan.guestsOn(host);
    const kind = guests.some((guest) => guest.isXen)
      ? "Xen"
      : guests.some((guest) => guest.mode === "kvm")
        ? "KVM"
        : undefined;
    if (kind === undefined) return notApplicable;
    if (host.arch === undefined) return needsFacts(host);
    if ((kind === "Xen" ? XEN : KVM).has(host.arch)) return pass;
    return fail({
      message: `"${host.label}" (${host.arch}) cannot be a ${kind} host: ${kind} hosts are ${
        kind === "Xen"
          ? "x86 (Intel and AMD) and ARM machines"
          : "x86, S/390 and PowerPC machines, by extension ARM, RISC-V, LoongArch and MIPS, and formerly IA64"
      }.`,
      fix: `place its guests on another host${kind === "KVM" ? ', or emulate them: accelerator "tcg"' : ""}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("old1", { arch: "sparc64", facts: null }).kvm(),
    good: (plan) =>
      plan
        .kvmHost("arm1", { arch: "aarch64", facts: null })
        .kvm({ os: { type_arch: "aarch64", type_machine: "virt", firmware: "efi" } }),
  },
});
