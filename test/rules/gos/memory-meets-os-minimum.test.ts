import { memoryMeetsOsMinimum } from "../../../lib/rules/gos/memory-meets-os-minimum";
import { RuleTester } from "../../../lib/testing";

const guest = (os: string, memory: unknown, more: Record<string, unknown> = {}) => ({
  name: "a",
  intent: { os },
  memory,
  memory_unit: "MiB",
  ...more,
});

RuleTester.run(memoryMeetsOsMinimum, {
  fails: {
    "one MiB too few": {
      plan: (t) => t.kvm(guest("debian-12", 511)),
      message: /^Debian 12 needs 512 MiB of memory, "a" has 511 MiB\.$/,
      fix: /^set memory to at least 512 MiB; 1 GiB are recommended$/,
      at: "memory",
      severity: "warning",
    },
    "a system whose installer refuses less": {
      plan: (t) => t.kvm(guest("windows-11", 4095)),
      message: /^Windows 11 needs 4 GiB of memory, "a" has 4 GiB\. Its installer refuses less\.$/,
      severity: "error",
    },
    "Xen guests": {
      plan: (t) => t.xenPv(guest("debian-12", 256)).xenHvm(guest("windows-server-2022", 511)),
      count: 2,
    },
    "an emulated guest": (t) => t.tcg(guest("debian-12", 256)),
    "memory for each vCPU": {
      plan: (t) => t.kvm(guest("oracle-linux-9", 4 * 1536 - 1, { vcpu: 4 })),
      message: "Oracle Linux 9 needs 6 GiB of memory (4 vCPUs x 1.5 GiB)",
      fix: /^set memory to at least 6 GiB$/,
    },
    "a recommendation that is no more than the need": {
      plan: (t) => t.kvm(guest("oracle-linux-9", 3071, { vcpu: 2 })),
      fix: /^set memory to at least 3 GiB$/,
    },
    "one vCPU of a system that asks for memory by vCPU": {
      plan: (t) => t.kvm(guest("oracle-linux-9", 1535, { vcpu: 1 })),
      message: /needs 1.5 GiB of memory, "a"/,
    },
    "the build of another architecture": {
      plan: (t) => t.kvm(guest("windows-10", 1023, { os: { type_arch: "i686", type_machine: "pc" } })),
      message: "needs 1 GiB",
    },
    "an architecture that nobody states": (t) =>
      t.kvmHost("h1", { facts: null }).kvm(guest("debian-12", 256, { os: { type_arch: null } })),
    "all memory counts, not what the balloon leaves at start": {
      plan: (t) => t.kvm(guest("debian-12", 256, { current_memory: 128, current_memory_unit: "MiB" })),
      message: "has 256 MiB",
    },
    "the sum of NUMA cells": {
      plan: (t) =>
        t.kvm(guest("debian-12", 1024, { cpu: { numa: { cell: [{ memory: 256, unit: "MiB" }] } } })),
      message: "has 256 MiB",
    },
  },
  passes: {
    "as much as the system needs": (t) =>
      t.kvm(guest("debian-12", 512)).kvm(guest("windows-11", 4096)).xenPv(guest("debian-12", 512)),
    "memory for each vCPU": (t) => t.kvm(guest("oracle-linux-9", 4 * 1536, { vcpu: 4 })),
    "a late number of vCPUs, where it does not matter": (t) =>
      t.kvm(guest("debian-12", 512, { vcpu: "${var.n}" })),
    "the build of another architecture": (t) =>
      t.kvm(guest("windows-10", 1024, { os: { type_arch: "i686", type_machine: "pc" } })),
    "a balloon that leaves less at start": (t) =>
      t.kvm(guest("debian-12", 512, { current_memory: 128, current_memory_unit: "MiB" })),
    "no memory: that is another rule's": (t) => t.kvm(guest("debian-12", null)),
  },
  undetermined: {
    "an operating system of which nothing is known": {
      plan: (t) => t.kvm(guest("linux", 64)),
      reason: "how much memory Linux needs is not known",
    },
    "memory that is known only at apply": {
      plan: (t) => t.kvm(guest("debian-12", "${var.memory}")),
      reason: "memory, vCPUs or architecture is known only at apply",
    },
    "an architecture that is known only at apply": (t) =>
      t.kvm(guest("debian-12", 256, { os: { type_arch: "${var.arch}" } })),
    "a number of vCPUs that decides": (t) => t.kvm(guest("oracle-linux-9", 2048, { vcpu: "${var.n}" })),
    "no operating system": {
      plan: (t) =>
        t.resource("libvirt_domain", "a", { name: "a", type: "kvm", memory: 1, provider: "libvirt.kvm1" }),
      reason: "the guest's operating system is not stated",
    },
  },
});
