import { migratableDiskCache } from "../../../lib/rules/mig/migratable-disk-cache";
import { RuleTester } from "../../../lib/testing";

const old = { facts: { hypervisorVersion: "2.11.0" } };
const guest = (cache?: string, more: Record<string, unknown> = {}) => ({
  name: "a",
  intent: { migratable: true },
  devices: {
    disks: [{ source: { file: { file: "/nfs/a.img" } }, target: { dev: "vda" }, driver: { cache }, ...more }],
  },
});

RuleTester.run(migratableDiskCache, {
  fails: {
    "the default of an old QEMU": {
      plan: (t) => t.kvmHost("h", old).kvm(guest()),
      message: /^Disk vda of "a" has cache of QEMU's choice; QEMU 2\.11\.0 of "h"/,
      fix: 'set cache to "none"',
      at: "devices.disks[0].driver.cache",
    },
    writeback: (t) => t.kvmHost("h", old).kvm(guest("writeback")),
  },
  passes: {
    "a newer QEMU": (t) => t.kvmHost("h", { facts: { hypervisorVersion: "2.12.0" } }).kvm(guest("writeback")),
    "no cache": (t) => t.kvmHost("h", { facts: null }).kvm(guest("none")).kvm(guest("directsync")),
    "disks that cannot be stale": (t) =>
      t
        .kvmHost("h", old)
        .kvm(guest("writeback", { read_only: true }))
        .kvm(guest("writeback", { shareable: true }))
        .kvm(guest("writeback", { device: "cdrom" }))
        .kvm(guest("writeback", { source: { network: { protocol: "rbd", name: "a/b" } } })),
    "a guest that stays": (t) => t.kvmHost("h", old).kvm({ ...guest(), intent: {} }),
  },
  undetermined: {
    "a host without facts": (t) => t.kvmHost("h", { facts: null }).kvm(guest()),
    "a late mode": (t) => t.kvmHost("h", old).kvm(guest("${var.cache}")),
  },
});
