import { namesOfLibvirt } from "../../../lib/rules/prv/names-of-libvirt";
import { RuleTester } from "../../../lib/testing";

const nic = (changes: object, guest: object = {}) => ({
  name: "web",
  devices: { interfaces: [{ source: { network: { network: "default" } }, ...changes }] },
  ...guest,
});
const bridged = { source: { network: { network: "default", bridge: "virbr0" } } };

RuleTester.run(namesOfLibvirt, {
  fails: {
    "the bridge of a network": {
      plan: (t) => t.kvm(nic(bridged)),
      fix: "remove bridge: the network brings its own",
      at: "devices.interfaces[0].source.network.bridge",
    },
    "the same of a guest that is off": (t) => t.kvm(nic(bridged, { running: false })),
    "a tap device": {
      plan: (t) => t.kvm(nic({ target: { dev: "vnet5" } })),
      message: 'is "vnet5" and comes back with the next free number',
    },
    "an alias": { plan: (t) => t.kvm(nic({ alias: { name: "nic0" } })), fix: 'call it "ua-nic0"' },
  },
  passes: {
    "a network alone": (t) => t.kvm(nic({})),
    "names of one's own": (t) => t.kvm(nic({ target: { dev: "web-lan" }, alias: { name: "ua-nic0" } })),
    "a tap device and an alias of a guest that is off": (t) =>
      t.kvm(nic({ target: { dev: "vnet5" }, alias: { name: "nic0" } }, { running: false })),
    "names that are late": (t) =>
      t.kvm(nic({ target: { dev: "vnet${var.n}" }, alias: { name: "${var.alias}" } })),
  },
});
