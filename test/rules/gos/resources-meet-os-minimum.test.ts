import { GuestOs } from "../../../lib/guest-os";
import { resourcesMeetOsMinimum } from "../../../lib/rules/gos/resources-meet-os-minimum";
import { RuleTester } from "../../../lib/testing";

const GIB = 2 ** 30;
/** A guest whose root disk is the volume "root". */
const guest = (os: string | GuestOs, more: Record<string, unknown> = {}) => ({
  name: "a",
  intent: { os },
  devices: {
    disks: [
      {
        source: { volume: { pool: "default", volume: "root.qcow2" } },
        target: { dev: "vda", bus: "virtio" },
      },
    ],
  },
  ...more,
});
const size = (capacity: unknown, capacity_unit?: unknown) => ({
  capacity,
  ...(capacity_unit === undefined ? {} : { capacity_unit }),
});
const BARE = GuestOs.of({ id: "bare", name: "Bare OS", family: "linux", minimum: { vcpus: 1 } });
const UNKNOWN = GuestOs.of({ id: "unknown", name: "Unknown OS", family: "linux" });

RuleTester.run(resourcesMeetOsMinimum, {
  fails: {
    "a volume that is one byte too small": {
      plan: (t) => t.volume("root", size(10 * GIB - 1)).kvm(guest("debian-12")),
      message: /^Debian 12 needs a root disk of 10 GiB, "a" has 10 GiB \(root.qcow2\)\.$/,
      fix: "set the capacity of root.qcow2 to at least 10 GiB",
      at: "capacity",
      severity: "warning",
      places: ["root.qcow2", "a"],
    },
    "a volume in another unit": {
      plan: (t) => t.volume("root", size(9, "GiB")).kvm(guest("debian-12")),
      message: '"a" has 9 GiB',
    },
    "a system whose installer refuses less": {
      plan: (t) => t.volume("root", size(63, "GiB")).kvm(guest("windows-11")),
      message: /needs a root disk of 64 GiB, .* Its installer refuses less\.$/,
      severity: "error",
    },
    "too few vCPUs": {
      plan: (t) => t.volume("root", size(20, "GiB")).kvm(guest("oracle-linux-9", { vcpu: 1 })),
      message: /^Oracle Linux 9 needs 2 vCPUs, "a" has 1\.$/,
      fix: "set vcpu to at least 2",
      at: "vcpu",
      severity: "warning",
    },
    "too few vCPUs for an installer that refuses": {
      plan: (t) => t.kvm(guest("windows-11", { vcpu: null })),
      message: /^Windows 11 needs 2 vCPUs, "a" has 1\. Its installer refuses less\.$/,
      severity: "error",
    },
    "a build of another architecture": {
      plan: (t) =>
        t
          .volume("root", size(15, "GiB"))
          .kvm(guest("windows-7", { os: { type_arch: "i686", type_machine: "pc" } })),
      message: "needs a root disk of 16 GiB",
    },
    "Xen guests": (t) => t.volume("root", size(1, "GiB"), "xen1").xenHost("xen1").xenPv(guest("debian-12")),
    both: {
      plan: (t) => t.volume("root", size(1, "GiB")).kvm(guest("windows-11", { vcpu: 1 })),
      severity: "error",
      count: 2,
    },
  },
  passes: {
    "just enough of both": (t) =>
      t
        .volume("root", size(64 * GIB))
        .kvm(guest("windows-11", { vcpu: 2 }))
        .kvm(guest("debian-12", { vcpu: 1 })),
    "a disk that is no volume of the plan": (t) => t.kvm(guest("debian-12")),
    "a volume without a size of its own": (t) => t.volume("root", size(null)).kvm(guest("debian-12")),
    "late vCPUs of a system that needs one": (t) => t.kvm(guest("debian-12", { vcpu: "${var.n}" })),
    "a second disk that is small": (t) =>
      t
        .volume("root", size(20, "GiB"))
        .volume("data", size(1, "GiB"))
        .kvm(
          guest("debian-12", {
            devices: {
              disks: [
                ...guest("debian-12").devices.disks,
                { source: { volume: { pool: "default", volume: "data.qcow2" } }, target: { dev: "vdb" } },
              ],
            },
          }),
        ),
    "no disk": (t) => t.kvm(guest("debian-12", { devices: null })),
  },
  undetermined: {
    "a size that is known only at apply": {
      plan: (t) => t.volume("root", size("${var.size}")).kvm(guest("debian-12")),
      reason: "the size of a root volume is known only at apply",
    },
    "disks that are known only at apply": {
      plan: (t) => t.kvm(guest("debian-12", { devices: { disks: "${var.disks}" } })),
      reason: "the guest's root disk is known only at apply",
    },
    "vCPUs that are known only at apply": {
      plan: (t) => t.kvm(guest("windows-11", { vcpu: "${var.n}" })),
      reason: "the number of vCPUs is known only at apply",
    },
    "a system that says nothing of disks": {
      plan: (t) => t.volume("root").kvm(guest(BARE)),
      reason: "how large a disk Bare OS needs is not known",
    },
    "a system that says nothing of vCPUs": {
      plan: (t) => t.kvm(guest(UNKNOWN)),
      reason: "how many vCPUs Unknown OS needs is not known",
    },
    "no operating system": {
      plan: (t) => t.resource("libvirt_domain", "a", { name: "a", type: "kvm", provider: "libvirt.kvm1" }),
      reason: "the guest's operating system is not stated",
    },
  },
});
