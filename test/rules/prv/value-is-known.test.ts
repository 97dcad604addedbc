import { valueIsKnown } from "../../../lib/rules/prv/value-is-known";
import { RuleTester } from "../../../lib/testing";

const disk = (driver: Record<string, unknown>) => ({
  devices: { disks: [{ source: { file: { file: "/a" } }, target: { dev: "vda", bus: "virtio" }, driver }] },
});

RuleTester.run(valueIsKnown, {
  fails: {
    "a misspelt cache mode": {
      plan: (t) => t.kvm({ name: "web", ...disk({ cache: "writeback2" }) }),
      message:
        '"web": devices.disks[0].driver.cache is "writeback2", for which libvirt has no such word: it takes default, directsync, none, unsafe, writeback or writethrough.',
      fix: 'write "writeback"',
      at: "devices.disks[0].driver.cache",
      places: ["web"],
    },
    "a word of another list": {
      plan: (t) => t.kvm({ on_crash: "reboot" }),
      message: /it takes coredump-destroy, coredump-restart, destroy, preserve, .* or restart\.$/,
      at: "onCrash",
    },
    "a word like none": {
      plan: (t) => t.kvm({ on_poweroff: "shutdown -h now" }),
      fix: "write one of them, or remove onPoweroff",
    },
    "capitals, which libvirt tells apart": {
      plan: (t) => t.kvm(disk({ cache: "None" })),
      fix: 'write "none"',
    },
    "true for a switch": {
      plan: (t) => t.kvm(disk({ copy_on_read: "true" })),
      message: /it takes off or on\.$/,
    },
    "each of several": { plan: (t) => t.kvm(disk({ cache: "a", io: "b" })), count: 2 },
    "a guest of Xen": { plan: (t) => t.xenHvm({ on_reboot: "again" }) },
    "the format of a volume": { plan: (t) => t.volume("data", { target: { format: { type: "qcow3" } } }) },
    "a pool": { plan: (t) => t.pool("p", { refresh: { volume: { allocation: "none" } } }) },
    "the tag of a network's VLAN": {
      plan: (t) => t.network("lan", { vlan: { tags: [{ id: 5, native_mode: "native" }] } }),
    },
  },
  passes: {
    "ordinary guests": (t) => t.kvm().xenPv().xenPvh().xenHvm(),
    "a word of a later libvirt": (t) => t.kvm({ features: { ras: { state: "on" } } }),
    "a word beyond libvirt's schemas": (t) => t.network("lan", { forward: { mode: "none" } }),
    "an empty text, which is not sent": (t) => t.kvm(disk({ cache: "" })),
    "free text": (t) => t.kvm({ title: "reboot" }),
  },
  undetermined: {
    "a late value": {
      plan: (t) => t.kvm(disk({ cache: "${var.cache}" })),
      reason: "devices.disks.driver.cache is known only at apply",
    },
  },
});
