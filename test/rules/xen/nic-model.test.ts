import { nicModel } from "../../../lib/rules/xen/nic-model";
import { RuleTester } from "../../../lib/testing";

const nics = (...models: (string | undefined)[]) => ({
  devices: {
    interfaces: models.map((type) => ({ source: { bridge: { bridge: "br0" } }, model: type && { type } })),
  },
});

RuleTester.run(nicModel, {
  fails: {
    "virtio on a PV guest": {
      plan: (t) => t.xenPv({ name: "a", ...nics(undefined, "virtio") }),
      severity: "error",
      message: 'PV guest "a" asks for a network card of model virtio: it can have netfront only.',
      fix: 'remove the model or set it to "netfront"; emulated cards need XenHvmGuest',
      at: "devices.interfaces[1].model.type",
      places: ["a"],
    },
    "e1000 on a PVH guest": {
      plan: (t) => t.xenPvh({ name: "a", ...nics("e1000") }),
      message: 'PVH guest "a"',
    },
    "virtio on an HVM guest": {
      plan: (t) => t.xenHvm({ name: "a", ...nics("virtio") }),
      message: 'HVM guest "a" asks for a network card of model virtio: Xen\'s device model does not know it.',
      fix: 'remove the model, or set it to "netfront" or to an emulated card such as "e1000"',
    },
    "the other virtio models on an HVM guest": {
      plan: (t) => t.xenHvm(nics("virtio-transitional", "virtio-non-transitional")),
      count: 2,
    },
    "virtio on a late kind of guest, as none has it": {
      plan: (t) => t.xenHvm({ name: "a", os: { type: "${var.type}" }, ...nics("virtio") }),
      message: 'Xen guest "a" asks for a network card of model virtio',
    },
    "each of several": { plan: (t) => t.xenPv(nics("e1000", "netfront", "rtl8139")), count: 2 },
  },
  passes: {
    "no model, and netfront": (t) => t.xenPv(nics(undefined, "netfront")).xenPvh(nics("netfront")),
    "a device of the host": (t) =>
      t.xenPv({ devices: { interfaces: [{ source: { hostdev: { pci: {} } }, model: { type: "e1000" } }] } }),
    "emulated cards of an HVM guest": (t) => t.xenHvm(nics("e1000", "rtl8139", "virtio-net-pci", undefined)),
    "a KVM guest": (t) => t.kvm(),
    "a late kind of guest without a model": (t) =>
      t.xenPv({ os: { type: "${var.type}" }, ...nics(undefined, "netfront") }),
  },
  undetermined: {
    "a late model": {
      plan: (t) => t.xenPv(nics("${var.model}")),
      reason: "the model of a network interface is known only at apply",
    },
    "late interfaces": {
      plan: (t) => t.xenPv({ devices: { interfaces: "${var.nics}" } }),
      reason: "a network interface is known only at apply",
    },
    "a late kind of guest with a model": {
      plan: (t) => t.xenPv({ os: { type: "${var.type}" }, ...nics("e1000") }),
      reason: "the guest's type is known only at apply",
    },
  },
});
