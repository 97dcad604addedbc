import { devicesThatStayBehind } from "../../../lib/rules/mig/devices-that-stay-behind";
import { RuleTester } from "../../../lib/testing";

const guest = (devices: Record<string, unknown>) => ({ name: "a", intent: { migratable: true }, devices });
const disk = { source: { file: { file: "/nfs/a.img" } }, target: { dev: "vda" } };
const virtiofs = { driver: { type: "virtiofs" }, target: { dir: "share" } };
const shmem = (role?: string, type = "ivshmem-plain") => ({ name: "m", role, model: { type } });

RuleTester.run(devicesThatStayBehind, {
  fails: {
    "a transient disk": {
      plan: (t) => t.kvm(guest({ disks: [{ ...disk, transient: {} }] })),
      message: '"a" must stay migratable, but its disk vda is transient.',
      at: "devices.disks[0].transient",
    },
    virtiofs: {
      plan: (t) => t.kvm(guest({ filesystems: [virtiofs] })),
      message: "its file system share is virtiofs",
      severity: "error",
    },
    "virtiofs of a newer or unknown libvirt": {
      plan: (t) =>
        t
          .kvmHost("new", { facts: { libvirtVersion: "10.0.0" } })
          .kvm(guest({ filesystems: [virtiofs] }))
          .kvmHost("any", { facts: null })
          .kvm({ ...guest({ filesystems: [virtiofs] }), host: "any" }),
      severity: "warning",
      count: 2,
    },
    "shared memory of another guest": (t) => t.kvm(guest({ shmems: [shmem("peer")] })),
    "shared memory that says no role": {
      plan: (t) => t.kvm(guest({ shmems: [shmem()] })),
      message: "role peer",
    },
    "the old model": {
      plan: (t) => t.kvm(guest({ shmems: [shmem("master", "ivshmem")] })),
      message: "old model ivshmem",
    },
  },
  passes: {
    "what moves along": (t) => t.kvm(guest({ disks: [disk], shmems: [shmem("master")] })),
    "other file systems": (t) => t.kvm(guest({ filesystems: [{ driver: { type: "path" } }] })),
    "a guest that stays": (t) => t.kvm({ ...guest({ filesystems: [virtiofs] }), intent: {} }),
  },
  undetermined: {
    "a late driver": (t) => t.kvm(guest({ filesystems: [{ driver: { type: "${var.type}" } }] })),
    "a late role": (t) => t.kvm(guest({ shmems: [shmem("${var.role}")] })),
  },
});
