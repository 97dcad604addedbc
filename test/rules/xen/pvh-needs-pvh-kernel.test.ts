import { GuestOs } from "../../../lib/guest-os";
import { pvhNeedsPvhKernel } from "../../../lib/rules/xen/pvh-needs-pvh-kernel";
import { RuleTester } from "../../../lib/testing";
import { fromMetadata } from "./metadata";

const RHEL_9 = "http://redhat.com/rhel/9.4";

RuleTester.run(pvhNeedsPvhKernel, {
  fails: {
    "a Linux whose kernel lacks the entry point": {
      plan: (t) => t.xenHost("xen1").xenPvh({ name: "web", intent: { os: "rhel-9" } }),
      severity: "error",
      message: 'Red Hat Enterprise Linux 9 has no kernel for Xen PVH, so "web" cannot boot as PVH.',
      fix: /^use XenHvmGuest on a host with VT-x or AMD-V \(in this plan: xen1\), or KvmGuest; if it boots another kernel .* xen: \{ pvh: true \} \}\)$/,
      at: "os.type",
      places: ["web"],
    },
    Windows: { plan: (t) => t.xenPvh({ intent: { os: "windows-server-2022" } }), fix: /KvmGuest$/ },
    "a system with PV instead": {
      plan: (t) => t.xenPvh({ intent: { os: "talos" } }),
      fix: /^use XenPvGuest or XenHvmGuest on /,
    },
    "the older word for PV on the machine that makes it PVH": (t) =>
      t.xenPvh({ os: { type: "linux", type_machine: "xenpvh" }, intent: { os: "rhel-9" } }),
    "a Linux in metadata beside a kernel file, as a warning": {
      plan: fromMetadata(RHEL_9, { os: { type: "xenpvh", kernel: "/boot/vmlinuz" } }),
      severity: "warning",
      message: "unless /boot/vmlinuz is another system's kernel",
    },
  },
  passes: {
    "a system with the entry point": (t) => t.xenPvh({ intent: { os: "debian-12" } }),
    "a system with PVH and without PV": (t) => t.xenPvh({ intent: { os: "amazon-linux-2023" } }),
    "the same in metadata": fromMetadata(GuestOs.DEBIAN_12.libosinfoId!, { os: { type: "xenpvh" } }),
    "a PV guest: that is another rule's": (t) => t.xenPv({ intent: { os: "rhel-9" } }),
    "an HVM guest": (t) => t.xenHvm({ intent: { os: "rhel-9" } }),
    "a KVM guest": (t) => t.kvm({ intent: { os: "rhel-9" } }),
  },
  undetermined: {
    "a system of which it is not known": {
      plan: (t) => t.xenPvh({ intent: { os: "linux" } }),
      reason: /^whether Linux has a kernel for Xen PVH is not known \(if so configured/,
    },
    "a system of which nothing at all is known": {
      plan: (t) => t.xenPvh({ intent: { os: "solaris-11.4" } }),
      reason: /is not known$/,
    },
    "no stated system": {
      plan: fromMetadata(undefined, { os: { type: "xenpvh" } }),
      reason: "the guest's operating system is not stated",
    },
    "a kind of guest that is known only at apply": (t) =>
      t.xenPvh({ os: { type: "${var.type}" }, intent: { os: "rhel-9" } }),
    "a machine that decides and is known only at apply": (t) =>
      t.xenPvh({ os: { type: "${var.type}", type_machine: "xenpvh" }, intent: { os: "rhel-9" } }),
  },
});
