import { migratableDiskIsShared } from "../../../lib/rules/mig/migratable-disk-is-shared";
import { RuleTester } from "../../../lib/testing";

const guest = (source: unknown, more: Record<string, unknown> = {}) => ({
  name: "a",
  intent: { migratable: true },
  devices: { disks: [{ source, target: { dev: "vda" }, ...more }] },
});
const inPool = (pool: string) => ({ volume: { pool, volume: "root.qcow2" } });

RuleTester.run(migratableDiskIsShared, {
  fails: {
    "a volume of a local pool": {
      plan: (t) => t.pool("vg0", { type: "logical" }).kvm(guest(inPool("vg0"))),
      message: '"a" must stay migratable, and its disk vda is local to "kvm1" (pool "vg0" of type logical).',
      fix: "or migrate with --copy-storage-all",
      at: "devices.disks[0].source",
    },
    "the path of a volume": (t) =>
      t
        .pool("vg0", { type: "logical", target: { path: "/dev/vg0" } })
        .volume("root", { pool: "vg0", name: "root" })
        .kvm(guest({ block: { dev: "/dev/vg0/root" } })),
    "an NVMe device": (t) => t.kvm(guest({ nvme: { namespace: 1 } })),
    "a Xen guest": {
      plan: (t) =>
        t
          .xenHost("x")
          .pool("vg0", { type: "disk", target: { path: "/dev" } })
          .volume("root", { pool: "vg0", name: "sdb1" })
          .xenPv(guest({ block: { dev: "/dev/sdb1" } })),
      fix: /^put it on storage that the hosts share$/,
    },
    "a guest that says where to": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2")
        .pool("vg0", { type: "logical" })
        .kvm({ ...guest(inPool("vg0")), intent: { migratesTo: ["h2"] } }),
  },
  passes: {
    "shared pools": (t) => t.pool("nfs", { type: "netfs" }).kvm(guest(inPool("nfs"))),
    "a disk on the network": (t) => t.kvm(guest({ network: { protocol: "rbd", name: "vms/a" } })),
    "what is only read": (t) =>
      t
        .pool("vg0", { type: "logical" })
        .kvm(guest(inPool("vg0"), { read_only: true }))
        .kvm(guest(inPool("vg0"), { device: "cdrom" })),
    "a guest that stays": (t) =>
      t.pool("vg0", { type: "logical" }).kvm({ ...guest(inPool("vg0")), intent: {} }),
  },
  undetermined: {
    "a folder, which may be a share": {
      plan: (t) => t.pool("p").kvm(guest(inPool("p"))),
      reason: "on shared storage is not known",
    },
    "a pool of the host": (t) => t.kvm(guest(inPool("default"))),
    "a late pool": (t) => t.kvm(guest(inPool("${var.pool}"))),
  },
});
