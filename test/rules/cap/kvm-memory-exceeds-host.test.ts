import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { kvmMemoryExceedsHost } from "../../../lib/rules/cap/kvm-memory-exceeds-host";
import { RuleTester } from "../../../lib/testing";

const GIB = 2 ** 20;
const host = (gib: number, reservedGib?: number) => ({
  facts: { memoryKiB: gib * GIB },
  ...(reservedGib === undefined ? {} : { reservedMemoryKiB: reservedGib * GIB }),
});
const guest = (name: string, memory: unknown, more: Record<string, unknown> = {}) => ({
  name,
  memory,
  ...more,
});
const captured = (name: string) => HostFacts.fromDirectory(join(__dirname, "../../data/host-facts", name));
const pci = { devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 1 } } } }] } };
const usb = { devices: { hostdevs: [{ subsys_usb: { source: { address: { bus: 1, device: 2 } } } }] } };
const vf = { devices: { interfaces: [{ source: { hostdev: { pci: { address: { bus: 1 } } } } }] } };
const mixed = {
  devices: {
    hostdevs: [...usb.devices.hostdevs, ...pci.devices.hostdevs],
    interfaces: [{ source: { network: { network: "default" } } }],
  },
};

RuleTester.run(kvmMemoryExceedsHost, {
  fails: {
    "more than the host has": {
      plan: (t) => t.kvmHost("h1", host(64)).kvm(guest("web", 1)).kvm(guest("db", 64)),
      message: /^"h1" is overcommitted: 64 GiB - guests 65 GiB = -1 GiB\.\ndb 64 GiB, web 1 GiB\.$/,
      fix: /^shrink the guests by 1 GiB, or move/,
      at: "memory",
      severity: "warning",
      places: ["db", "web"],
    },
    "one KiB more than the reserve leaves": {
      plan: (t) =>
        t
          .kvmHost("h1", host(64, 4))
          .kvm(guest("a", 60 * GIB, { memory_unit: "KiB" }))
          .kvm(guest("b", 1, { memory_unit: "KiB" })),
      message: "64 GiB - reserve 4 GiB - guests 60 GiB = -1 KiB",
      severity: "warning",
    },
    "the captured host": {
      plan: (t) => t.kvmHost("h1", { facts: captured("kvm-debian12") }).kvm(guest("a", 10)),
      message: "9.46 GiB - guests 10 GiB",
    },
    "all memory counts, not what the balloon leaves at start": (t) =>
      t.kvmHost("h1", host(4)).kvm(guest("a", 5, { current_memory: 1, current_memory_unit: "GiB" })),
    "emulated guests count as well": {
      plan: (t) => t.kvmHost("h1", host(4)).tcg(guest("a", 3)).kvm(guest("b", 2)),
      places: ["a", "b"],
    },
    "a guest that comes several times": {
      plan: (t) => t.kvmHost("h1", host(8)).kvm(guest("web", 3, { count: 3 })),
      message: "guests 9 GiB = -1 GiB.\nweb 3 x 3 GiB.",
    },
    "a guest for each of a map": {
      plan: (t) => t.kvmHost("h1", host(8)).kvm(guest("web", 3, { for_each: { a: 1, b: 2, c: 3 } })),
      message: "web 3 x 3 GiB",
    },
    "many guests, of which eight are named": {
      plan: (t) =>
        [..."abcdefghij"].reduce((plan, name) => plan.kvm(guest(name, 1)), t.kvmHost("h1", host(8))),
      message: "h 1 GiB, and 2 more.",
      places: [..."abcdefghij"],
    },
    "exactly eight, all named": {
      plan: (t) => [..."abcdefgh"].reduce((plan, name) => plan.kvm(guest(name, 1)), t.kvmHost("h1", host(7))),
      message: /h 1 GiB\.$/,
    },
    "late memory cannot mend it": {
      plan: (t) => t.kvmHost("h1", host(4)).kvm(guest("a", 5)).kvm(guest("b", "${var.memory}")),
      message: "guests 5 GiB",
      places: ["a"],
    },
    "a guest that is off and starts with the host": (t) =>
      t.kvmHost("h1", host(4)).kvm(guest("a", 5, { running: false, autostart: true })),
    "huge pages beyond the host": {
      plan: (t) =>
        t
          .kvmHost("h1", host(8, 1))
          .kvm(guest("web", 1))
          .kvm(guest("db", 8, { memory_backing: { memory_huge_pages: {} } })),
      message:
        /^Guests pin more memory than "h1" has: 8 GiB - reserve 1 GiB - pinned 8 GiB = -1 GiB\.\ndb 8 GiB\. Huge pages, locked/,
      fix: /^shrink the guests by 1 GiB, or/,
      places: ["db"],
      severity: "error",
    },
    "locked memory beyond the host": {
      plan: (t) => t.kvmHost("h1", host(4)).kvm(guest("a", 5, { memory_backing: { memory_locked: true } })),
      severity: "error",
    },
    "passed-through PCI devices": {
      plan: (t) =>
        t
          .kvmHost("h1", host(4))
          .kvm(guest("a", 3, pci))
          .kvm(guest("b", 2, vf)),
      message: "pinned 5 GiB",
      places: ["a", "b"],
      severity: "error",
    },
    "a passed-through PCI device among others": {
      plan: (t) => t.kvmHost("h1", host(4)).kvm(guest("a", 5, mixed)),
      severity: "error",
    },
    "a passed-through network interface among others": {
      plan: (t) =>
        t.kvmHost("h1", host(4)).kvm(
          guest("a", 5, {
            devices: { interfaces: [...mixed.devices.interfaces, ...vf.devices.interfaces] },
          }),
        ),
      severity: "error",
    },
    "pinned memory that just fits": {
      plan: (t) =>
        t
          .kvmHost("h1", host(4))
          .kvm(guest("a", 4, pci))
          .kvm(guest("b", 1)),
      places: ["a", "b"],
      severity: "warning",
    },
    "what pins nothing": {
      plan: (t) =>
        t
          .kvmHost("h1", host(4))
          .kvm(guest("a", 5, { memory_backing: { memory_locked: false } }))
          .kvm(guest("b", 5, usb))
          .kvm(guest("c", 5, { memory_backing: { memory_locked: "${var.locked}" } }))
          .kvm(guest("d", 5, { memory_backing: "${var.backing}" }))
          .kvm(guest("e", 5, { devices: { hostdevs: "${var.devices}", interfaces: "${var.nics}" } })),
      severity: "warning",
    },
    "each host for itself": {
      plan: (t) =>
        t
          .kvmHost("h1", host(4))
          .kvmHost("h2", host(4))
          .kvm({ host: "h1", ...guest("a", 5) })
          .kvm({ host: "h2", ...guest("b", 5) }),
      count: 2,
      message: /"h1" is over[\s\S]*"h2" is over/,
    },
  },
  passes: {
    "a guest without memory: that is another rule's": (t) => t.kvmHost("h1", host(0)).kvm(guest("a", null)),
    "exactly what the host has": (t) => t.kvmHost("h1", host(64)).kvm(guest("a", 60)).kvm(guest("b", 4)),
    "exactly what the reserve leaves": (t) => t.kvmHost("h1", host(64, 4)).kvm(guest("a", 60)),
    "guests on two hosts": (t) =>
      t
        .kvmHost("h1", host(4))
        .kvmHost("h2", host(4))
        .kvm({ host: "h1", ...guest("a", 3) })
        .kvm({ host: "h2", ...guest("b", 3) }),
    "a guest that the plan keeps off": (t) =>
      t
        .kvmHost("h1", host(4))
        .kvm(guest("a", 4))
        .kvm(guest("b", 4, { running: false })),
    "none of a guest": (t) => t.kvmHost("h1", host(4)).kvm(guest("a", 5, { count: 0 })),
    "a host without guests and without facts": (t) =>
      t.kvmHost("h1", { facts: null }).kvm(guest("a", 5, { host: "h2" })),
    "Xen guests: that is another rule's": (t) => t.xenHost("x1").xenPv(guest("a", 1000)),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(guest("a", 5)),
      reason: 'needs facts of "h1"',
    },
    "facts without memory": (t) => t.kvmHost("h1", { facts: { memoryKiB: undefined } }).kvm(guest("a", 5)),
    "memory that is known only at apply": {
      plan: (t) =>
        t
          .kvmHost("h1", host(4))
          .kvm(guest("a", 1))
          .kvm(guest("b", "${var.memory}"))
          .kvm(guest("c", "${var.memory}")),
      reason: "the memory of 2 guests is known only at apply",
    },
    "a count that is known only at apply": (t) =>
      t.kvmHost("h1", host(4)).kvm(guest("a", 1, { count: "${var.count}" })),
    "a guest that may be off": (t) =>
      t.kvmHost("h1", host(4)).kvm(guest("a", 5, { running: "${var.running}" })),
    "only a guest whose memory is late, without facts": (t) =>
      t.kvmHost("h1", { facts: null }).kvm(guest("a", "${var.memory}")),
  },
});
