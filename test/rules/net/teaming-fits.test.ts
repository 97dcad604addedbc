import { teamingFits } from "../../../lib/rules/net/teaming-fits";
import { RuleTester } from "../../../lib/testing";

const nic = (teaming: unknown, more: object = {}) => ({
  name: "web",
  devices: {
    interfaces: [
      { source: { network: { network: "default" } }, model: { type: "virtio" }, teaming, ...more },
    ],
  },
});
const TRANSIENT = { type: "transient", persistent: "ua-backup0" };

RuleTester.run(teamingFits, {
  fails: {
    "a persistent one that is not virtio": {
      plan: (t) => t.kvm(nic({ type: "persistent" }, { model: { type: "e1000e" } })),
      message: 'The interface 1 of "web" is the persistent one of its team, and of model e1000e.',
      at: "devices.interfaces[0].model.type",
    },
    "a persistent one without model": {
      plan: (t) => t.kvm(nic({ type: "persistent" }, { model: null })),
      message: "of model unstated",
    },
    "a persistent one that names another": (t) => t.kvm(nic({ ...TRANSIENT, type: "persistent" })),
    "a transient one that names none": {
      plan: (t) => t.kvm(nic({ type: "transient" })),
      message: "does not name the persistent one",
      at: "devices.interfaces[0].teaming.persistent",
    },
    "a transient one on a bridge": {
      plan: (t) => t.kvm(nic(TRANSIENT, { source: { bridge: { bridge: "br0" } } })),
      message: "on a source of kind bridge",
      at: "devices.interfaces[0].source",
    },
  },
  passes: {
    "a pair": (t) =>
      t.kvm(nic({ type: "persistent" }, { model: { type: "virtio-non-transitional" } })).kvm(nic(TRANSIENT)),
    "no team": (t) => t.kvm(nic(null)),
  },
  undetermined: {
    "a late model": {
      plan: (t) => t.kvm(nic({ type: "persistent" }, { model: { type: "${var.model}" } })),
      reason: "the teaming of an interface is known only at apply",
    },
  },
});
