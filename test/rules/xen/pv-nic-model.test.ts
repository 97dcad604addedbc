import { pvNicModel } from "../../../lib/rules/xen/pv-nic-model";
import { RuleTester } from "../../../lib/testing";

const nics = (...models: (string | undefined)[]) => ({
  devices: {
    interfaces: models.map((type) => ({ source: { bridge: { bridge: "br0" } }, model: type && { type } })),
  },
});

RuleTester.run(pvNicModel, {
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
    "each of several": { plan: (t) => t.xenPv(nics("e1000", "netfront", "rtl8139")), count: 2 },
  },
  passes: {
    "no model, and netfront": (t) => t.xenPv(nics(undefined, "netfront")).xenPvh(nics("netfront")),
    "a device of the host": (t) =>
      t.xenPv({ devices: { interfaces: [{ source: { hostdev: { pci: {} } }, model: { type: "e1000" } }] } }),
    "emulated cards of an HVM guest": (t) => t.xenHvm(nics("e1000", "rtl8139")),
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
