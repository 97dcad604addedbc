import { hostArchitecture } from "../../../lib/rules/hyp/host-architecture";
import { type PlanExample, RuleTester } from "../../../lib/testing";

const kvmOn = (t: PlanExample, arch: string) =>
  t.kvmHost(`k-${arch}`, { arch, facts: null }).kvm({ host: `k-${arch}` });
const xenOn = (t: PlanExample, arch: string) =>
  t.xenHost(`x-${arch}`, { arch, facts: null }).xenPv({ host: `x-${arch}` });

RuleTester.run(hostArchitecture, {
  fails: {
    "KVM on SPARC": {
      plan: (t) => t.kvmHost("h3", { arch: "sparc64", facts: null }).kvm(),
      severity: "error",
      message:
        '"h3" (sparc64) cannot be a KVM host: KVM hosts are x86, S/390 and PowerPC machines, by extension ARM, RISC-V, LoongArch and MIPS, and formerly IA64.',
      fix: /^place its guests on another host, or emulate them: accelerator "tcg"$/,
      places: ["h3"],
    },
    "Xen on S/390": {
      plan: (t) => t.xenHost("h3", { arch: "s390x", facts: null }).xenPv(),
      message: '"h3" (s390x) cannot be a Xen host: Xen hosts are x86 (Intel and AMD) and ARM machines.',
      fix: /^place its guests on another host$/,
    },
    "the architecture of the facts": (t) => t.kvmHost("h3", { facts: { arch: "alpha" } }).kvm(),
    "each architecture that has neither": {
      plan: (t) => {
        for (const arch of ["sparc", "alpha", "m68k", "parisc64", "sh4", "armv6l"]) kvmOn(t, arch);
      },
      count: 6,
    },
    "each architecture that has KVM and no Xen": {
      plan: (t) => {
        for (const arch of ["s390x", "ia64", "ppc64", "ppc64le", "riscv64", "loongarch64"]) xenOn(t, arch);
      },
      count: 6,
    },
  },
  passes: {
    "KVM where the article has it": (t) => {
      for (const arch of ["x86_64", "i686", "s390x", "s390", "ppc", "ppc64", "ppc64le"]) kvmOn(t, arch);
    },
    "IA64, of which another rule speaks": (t) => kvmOn(t, "ia64"),
    "KVM where it came later": (t) => {
      for (const arch of ["aarch64", "armv7l", "riscv64", "riscv32", "loongarch64"]) kvmOn(t, arch);
      for (const arch of ["mips", "mipsel", "mips64", "mips64el"]) kvmOn(t, arch);
    },
    "Xen on x86 and ARM": (t) => {
      for (const arch of ["x86_64", "i686", "aarch64", "armv7l"]) xenOn(t, arch);
    },
    "emulated guests, which run everywhere": (t) => t.kvmHost("h3", { arch: "sparc64", facts: null }).tcg(),
    "a host without guests": (t) => t.kvmHost("h3", { arch: "sparc64", facts: null }),
  },
  undetermined: {
    "a host of unknown architecture": {
      plan: (t) => t.kvmHost("h3", { facts: null }).kvm(),
      reason: 'needs facts of "h3"',
    },
  },
});
