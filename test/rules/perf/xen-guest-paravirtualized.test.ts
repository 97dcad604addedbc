import { xenGuestParavirtualized } from "../../../lib/rules/perf/xen-guest-paravirtualized";
import { RuleTester } from "../../../lib/testing";

const direct = { name: "a", os: { kernel: "/boot/vmlinuz" } };

RuleTester.run(xenGuestParavirtualized, {
  fails: {
    "a kernel that is booted directly": {
      plan: (t) => t.xenHvm(direct),
      message: '"a" boots the kernel of Debian 12 directly and has an emulated machine for nothing',
      fix: "use XenPvhGuest",
    },
    "a system without Xen's drivers": {
      plan: (t) => t.xenHvm({ name: "a", intent: { os: "macos-14" } }),
      message: `macOS 14 has no drivers for Xen's disks and network cards`,
      fix: 'place "a" on a KVM host',
    },
  },
  passes: {
    "a system that boots from its disk": (t) => t.xenHvm(),
    "a kernel without the entry point": (t) => t.xenHvm({ ...direct, intent: { os: "rhel-9" } }),
    "a host without PVH": (t) => t.xenHost("x", { facts: { guests: [] } }).xenHvm(direct),
    "devices that PVH lacks": (t) =>
      t
        .xenHvm({ ...direct, devices: { videos: [{ model: { type: "vga" } }] } })
        .xenHvm({ ...direct, name: "b", devices: { hostdevs: [{ subsys_pci: {} }] } }),
    Windows: (t) => t.xenHvm({ intent: { os: "windows-server-2022" } }),
    "other guests": (t) =>
      t
        .xenPv()
        .xenPvh()
        .kvm({ intent: { os: "macos-14" } }),
  },
  undetermined: {
    "drivers of which nobody knows": (t) => t.xenHvm({ intent: { os: "solaris-11.4" } }),
    "a kernel of which nobody knows": (t) => t.xenHvm({ ...direct, intent: { os: "linux" } }),
  },
});
