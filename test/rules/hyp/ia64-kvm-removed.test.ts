import { ia64KvmRemoved } from "../../../lib/rules/hyp/ia64-kvm-removed";
import { RuleTester } from "../../../lib/testing";

const running = (kernelRelease: string) => ({ facts: { arch: "ia64", kernelRelease } });

RuleTester.run(ia64KvmRemoved, {
  fails: {
    "a host of which nothing more is known": {
      plan: (t) => t.kvmHost("old1", { arch: "ia64", facts: null }).kvm(),
      severity: "error",
      message:
        /^IA64 host "old1": KVM for IA64 was removed with Linux 3\.19, and nothing shows that this host's kernel is older\.$/,
      fix: /^replace old1 by an x86, S\/390, PowerPC or ARM machine, or capture its facts with `uname -r` if its kernel is older$/,
      places: ["old1"],
    },
    "facts without the kernel's release": (t) => t.kvmHost("old1", { facts: { arch: "ia64" } }).kvm(),
    "the first release without it": {
      plan: (t) => t.kvmHost("old1", running("3.19.0-rc1")).kvm(),
      message: /^IA64 host "old1" runs Linux 3\.19\.0-rc1: KVM for IA64 was removed with Linux 3\.19\.$/,
      fix: /machine$/,
    },
    "a later one": (t) => t.kvmHost("old1", running("5.4.0-1-mckinley")).kvm(),
    "a later one with a small second number": (t) => t.kvmHost("old1", running("4.0.1")).kvm(),
  },
  passes: {
    "the last release with it": (t) => t.kvmHost("old1", running("3.18.140")).kvm(),
    "an old one with a large second number": (t) => t.kvmHost("old1", running("2.6.32-5-mckinley")).kvm(),
    "another architecture": (t) => t.kvmHost("h1").kvm(),
    "emulated guests": (t) => t.kvmHost("old1", { arch: "ia64", facts: null }).tcg(),
    "a host without guests": (t) => t.kvmHost("old1", { arch: "ia64", facts: null }),
  },
});
