import { interfaceSettingsIgnored } from "../../../lib/rules/xen/interface-settings-ignored";
import { RuleTester } from "../../../lib/testing";

const nic = (changes: object) => ({
  devices: { interfaces: [{ source: { bridge: { bridge: "xenbr0" } }, ...changes }] },
});

RuleTester.run(interfaceSettingsIgnored, {
  fails: {
    "an MTU": {
      plan: (t) => t.xenPv({ name: "a", ...nic({ mtu: { size: 9000 } }) }),
      severity: "warning",
      message: /^interface 1 of "a" would start without an MTU: /,
      fix: "remove devices.interfaces[0].mtu",
      at: "devices.interfaces[0].mtu",
      places: ["a"],
    },
    "everything that is dropped, in one finding": {
      plan: (t) =>
        t.xenHvm(
          nic({
            driver: { queues: 4 },
            rom: { file: "/srv/pxe.rom" },
            link: { state: "down" },
            bandwidth: { inbound: { average: 100 }, outbound: { average: 500, peak: 600, burst: 64 } },
          }),
        ),
      message:
        "without driver settings, a boot ROM, a link that is down, a limit on inbound traffic, a peak of outbound traffic and a burst of outbound traffic:",
      fix: /remove .*driver, .*rom, .*link\.state, .*bandwidth\.inbound, .*outbound\.peak and .*outbound\.burst$/,
    },
    "an isolated port": {
      plan: (t) => t.xenPv({ name: "a", ...nic({ port_options: { isolated: "yes" } }) }),
      severity: "error",
      message: /^interface 1 of "a" asks for an isolated port: .* reach all its neighbours/,
      fix: /remove devices\.interfaces\[0\]\.portOptions/,
      at: "devices.interfaces[0].portOptions.isolated",
    },
    "a network filter": {
      plan: (t) => t.xenHvm({ name: "a", ...nic({ filter_ref: { filter: "clean-traffic" } }) }),
      severity: "error",
      message:
        'interface 1 of "a" asks for the network filter clean-traffic: under Xen nothing would be filtered.',
      fix: /remove devices\.interfaces\[0\]\.filterRef and filter on the host's bridge/,
      at: "devices.interfaces[0].filterRef",
    },
    "a network filter of a late name": {
      plan: (t) => t.xenPv(nic({ filter_ref: { filter: "${var.filter}" } })),
      severity: "error",
      message: "asks for the network filter: under Xen",
    },
  },
  passes: {
    "what is delivered": (t) =>
      t.xenPv(nic({ bandwidth: { outbound: { average: 500 } } })).xenHvm(nic({ model: { type: "e1000" } })),
    "a link that is up, a port that is not isolated": (t) =>
      t.xenPv(nic({ link: { state: "up" }, port_options: { isolated: "no" } })),
    "a device of the host": (t) =>
      t.xenHvm(nic({ source: { hostdev: { pci: { address: { bus: 3 } } } }, mtu: { size: 9000 } })),
    "no interfaces": (t) => t.xenPv({ devices: { interfaces: [] } }),
    "a KVM guest": (t) => t.kvm(nic({ mtu: { size: 9000 } })),
  },
  undetermined: {
    "a late link state": {
      plan: (t) => t.xenPv(nic({ link: { state: "${var.state}" } })),
      reason: "whether a guest asks for a link that is down is known only at apply",
    },
    "a late isolation": (t) => t.xenPv(nic({ port_options: { isolated: "${var.isolated}" } })),
    "a late filter": (t) => t.xenPv(nic({ filter_ref: "${var.filter}" })),
    "late interfaces": {
      plan: (t) => t.xenPv({ devices: { interfaces: "${var.nics}" } }),
      reason: "a network interface is known only at apply",
    },
  },
});
