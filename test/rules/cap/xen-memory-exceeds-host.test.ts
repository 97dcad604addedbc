import { join } from "node:path";
import { HostFacts, type HostFactsData } from "../../../lib/host-facts";
import { xenMemoryExceedsHost } from "../../../lib/rules/cap/xen-memory-exceeds-host";
import { RuleTester } from "../../../lib/testing";

const GIB = 2 ** 20;
const captured = (name: string) => HostFacts.fromDirectory(join(__dirname, "../../data/host-facts", name));
const FIXED = "placeholder dom0_mem=4096M,max:4096M console=vga";
/** A host of 64 GiB, whose dom0 has some of it now. */
const host = (dom0Gib: number | undefined, commandLine?: string) => ({
  facts: {
    memoryKiB: 64 * GIB,
    xen: {
      capabilities: [],
      virtCaps: [],
      commandLine,
      ...(dom0Gib === undefined ? {} : { dom0MemoryMiB: dom0Gib * 1024 }),
    } as HostFactsData["xen"],
  },
});
const guest = (name: string, memory: unknown, more: Record<string, unknown> = {}) => ({
  name,
  memory,
  ...more,
});

RuleTester.run(xenMemoryExceedsHost, {
  fails: {
    "more than dom0 leaves": {
      plan: (t) =>
        t
          .xenHost("x1", host(4, FIXED))
          .xenPv(guest("web", 2))
          .xenPv(guest("db1", 31))
          .xenPv(guest("db2", 32)),
      message:
        /^Xen host "x1" is short of 5 GiB: 64 GiB - dom0 4 GiB - guests 65 GiB = -5 GiB\.\ndb2 32 GiB, db1 31 GiB, web 2 GiB\. Xen does not overcommit memory\.$/,
      fix: /^shrink the guests by 5 GiB, or move one of db2, db1 to another host$/,
      at: "memory",
      severity: "error",
      places: ["db2", "db1", "web"],
    },
    "one KiB more": {
      plan: (t) =>
        t
          .xenHost("x1", host(4, FIXED))
          .xenPv(guest("a", 60))
          .xenPv(guest("b", 1, { memory_unit: "KiB" })),
      message: "short of 1 KiB",
      fix: "move one of a, b to another host",
    },
    "the overhead of hardware containers, as a line of its own": {
      plan: (t) =>
        t
          .xenHost("x1", host(4, FIXED))
          .xenHvm(guest("hvm", 30, { vcpu: 8 }))
          .xenPvh(guest("pvh", 30, { vcpu: 4 })),
      // 12 vCPUs of 1 MiB and 60 GiB of 8 KiB for each MiB.
      message: "64 GiB - dom0 4 GiB - guests 60 GiB - overhead 492 MiB = -492 MiB.",
      fix: "shrink the guests by 492 MiB",
    },
    "the overhead follows the maximum of memory and vCPUs": {
      plan: (t) =>
        t
          .xenHost("x1", host(63, FIXED))
          .xenHvm(guest("a", 4, { current_memory: 1, current_memory_unit: "GiB", vcpu: 8, vcpu_current: 1 })),
      message: "guests 1 GiB - overhead 40 MiB = -40 MiB",
    },
    "the overhead of a guest whose maximum is late": {
      plan: (t) =>
        t
          .xenHost("x1", host(63, FIXED))
          .xenHvm(
            guest("a", "${var.m}", { current_memory: 1, current_memory_unit: "GiB", vcpu: "${var.n}" }),
          ),
      message: "overhead 1 MiB",
    },
    "what the user says of dom0 wins over its facts": {
      plan: (t) => t.xenHost("x1", { ...host(4), dom0: { memoryKiB: 8 * GIB } }).xenPv(guest("a", 57)),
      message: "64 GiB - dom0 8 GiB - guests 57 GiB = -1 GiB",
      severity: "error",
    },
    "the number of dom0's vCPUs says nothing of its memory": {
      plan: (t) => t.xenHost("x1", { ...host(4, FIXED), dom0: { vcpus: 2 } }).xenPv(guest("a", 61)),
      message: "dom0 4 GiB",
      severity: "error",
    },
    "memory that dom0 has now and would have to give up": {
      plan: (t) => t.xenHost("x1", host(60, "console=vga nodom0_mem=x")).xenPv(guest("a", 8)),
      message:
        /short of 4 GiB: 64 GiB - dom0 60 GiB - guests 8 GiB = -4 GiB[\s\S]*dom0 would have to give up memory/,
      severity: "warning",
    },
    "a Xen command line that is not known": {
      plan: (t) => t.xenHost("x1", host(60)).xenPv(guest("a", 64)),
      severity: "warning",
    },
    "more than the host has, whatever dom0 gives up": {
      plan: (t) => t.xenHost("x1", host(60)).xenPv(guest("a", 65)),
      message: "Xen does not overcommit memory",
      severity: "error",
    },
    "more than the host has, with nothing known of dom0": {
      plan: (t) => t.xenHost("x1", host(undefined)).xenPv(guest("a", 65)),
      message: /: 64 GiB - guests 65 GiB = -1 GiB/,
      severity: "error",
    },
    "the captured host": {
      plan: (t) => t.xenHost("x1", { facts: captured("xen-hvm") }).xenPv(guest("a", 5)),
      message: "6 GiB - dom0 1.5 GiB - guests 5 GiB",
      severity: "error",
    },
    "a guest that comes several times": {
      plan: (t) => t.xenHost("x1", host(4, FIXED)).xenHvm(guest("web", 20, { count: 3, vcpu: 4 })),
      message: /guests 60 GiB - overhead 492 MiB = -492 MiB\.\nweb 3 x 20 GiB\./,
      fix: "or move web to another host",
    },
    "a guest for each of a map": {
      plan: (t) => t.xenHost("x1", host(4, FIXED)).xenPv(guest("web", 31, { for_each: { a: 1, b: 2 } })),
      message: "web 2 x 31 GiB",
    },
    "no single guest makes enough room": {
      plan: (t) =>
        [..."abcdefghij"].reduce(
          (plan, name) => plan.xenPv(guest(name, 10)),
          t.xenHost("x1", host(4, FIXED)),
        ),
      message: "h 10 GiB, and 2 more.",
      fix: "or move some of them to another host",
    },
    "only some of those that make room are named": {
      plan: (t) =>
        [..."abcdef"].reduce((plan, name) => plan.xenPv(guest(name, 11)), t.xenHost("x1", host(4, FIXED))),
      fix: "or move one of a, b, c to another host",
    },
    "a guest that makes room with its overhead": {
      plan: (t) =>
        t
          .xenHost("x1", host(4, FIXED))
          .xenPv(guest("a", 60))
          .xenHvm(guest("b", 1, { vcpu: 128 })),
      fix: "shrink the guests by 1.13 GiB, or move one of a, b",
    },
    "late memory cannot mend it": {
      plan: (t) => t.xenHost("x1", host(4, FIXED)).xenPv(guest("a", 61)).xenPv(guest("b", "${var.memory}")),
      message: "guests 61 GiB",
      places: ["a"],
    },
    "a guest that is off and starts with the host": (t) =>
      t.xenHost("x1", host(4, FIXED)).xenPv(guest("a", 61, { running: false, autostart: true })),
    "each host for itself": {
      plan: (t) =>
        t
          .xenHost("x1", host(4, FIXED))
          .xenHost("x2", host(4, FIXED))
          .xenPv({ host: "x1", ...guest("a", 61) })
          .xenPv({ host: "x2", ...guest("b", 62) }),
      count: 2,
      message: /"x1" is short of 1 GiB[\s\S]*"x2" is short of 2 GiB/,
    },
  },
  passes: {
    "a guest without memory: that is another rule's": (t) =>
      t.xenHost("x1", host(4, FIXED)).xenPv(guest("a", 60)).xenPv(guest("b", null)),
    "exactly what dom0 leaves": (t) => t.xenHost("x1", host(4, FIXED)).xenPv(guest("a", 60)),
    "exactly what dom0 leaves with the overhead": (t) =>
      t
        .xenHost("x1", host(4, FIXED))
        .xenHvm(guest("a", 59, { vcpu: 8 }))
        .xenPv(guest("b", 1024 - 8 - 472, { memory_unit: "MiB" })),
    "current memory counts, not the maximum": (t) =>
      t
        .xenHost("x1", host(4, FIXED))
        .xenPv(guest("a", 100, { current_memory: 60, current_memory_unit: "GiB" })),
    "less than dom0 leaves now, though it may give up more": (t) =>
      t.xenHost("x1", host(4)).xenPv(guest("a", 60)),
    "what the user says of dom0": (t) =>
      t.xenHost("x1", { ...host(60), dom0: { memoryKiB: GIB } }).xenPv(guest("a", 63)),
    "a guest that the plan keeps off": (t) =>
      t
        .xenHost("x1", host(4, FIXED))
        .xenPv(guest("a", 60))
        .xenPv(guest("b", 60, { running: false })),
    "none of a guest": (t) => t.xenHost("x1", host(4, FIXED)).xenPv(guest("a", 61, { count: 0 })),
    "guests on two hosts": (t) =>
      t
        .xenHost("x1", host(4, FIXED))
        .xenHost("x2", host(4, FIXED))
        .xenPv({ host: "x1", ...guest("a", 40) })
        .xenPv({ host: "x2", ...guest("b", 40) }),
    "a host without guests and without facts": (t) => t.xenHost("x1", { facts: null }),
    "KVM guests: that is another rule's": (t) => t.kvmHost("h1").kvm(guest("a", 1000)),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.xenHost("x1", { facts: null }).xenPv(guest("a", 1)),
      reason: 'needs facts of "x1"',
    },
    "facts without memory": (t) => t.xenHost("x1", { facts: { memoryKiB: undefined } }).xenPv(guest("a", 1)),
    "only a guest whose memory is late, without facts": (t) =>
      t.xenHost("x1", { facts: null }).xenPv(guest("a", "${var.memory}")),
    "memory that is known only at apply": {
      plan: (t) =>
        t
          .xenHost("x1", host(4, FIXED))
          .xenPv(guest("a", 1))
          .xenPv(guest("b", "${var.memory}"))
          .xenPv(guest("c", "${var.memory}")),
      reason: "the memory of 2 guests is known only at apply",
    },
    "one guest whose current memory is late": (t) =>
      t.xenHost("x1", host(4, FIXED)).xenPv(guest("a", 1, { current_memory: "${var.memory}" })),
    "a count that is known only at apply": (t) =>
      t.xenHost("x1", host(4, FIXED)).xenPv(guest("a", 1, { count: "${var.count}" })),
    "a guest that may be off": (t) =>
      t.xenHost("x1", host(4, FIXED)).xenPv(guest("a", 61, { running: "${var.running}" })),
    "guests that fit, with nothing known of dom0": {
      plan: (t) => t.xenHost("x1", host(undefined)).xenPv(guest("a", 64)),
      reason: 'how much memory dom0 of "x1" keeps is not known',
    },
  },
});
