import { macInLowerCase } from "../../../lib/rules/prv/mac-in-lower-case";
import { RuleTester } from "../../../lib/testing";

const nic = (address?: string) => ({
  name: "web",
  devices: { interfaces: [{ mac: address && { address }, source: { user: {} } }] },
});

RuleTester.run(macInLowerCase, {
  fails: {
    "the MAC of an interface": {
      plan: (t) => t.kvm(nic("52:54:00:AA:bb:01")),
      message: 'is "52:54:00:AA:bb:01" and comes back in lower case',
      fix: 'write it as "52:54:00:aa:bb:01"',
      at: "devices.interfaces[0].mac.address",
    },
    "the MAC of a network": (t) => t.network("lan", { mac: { address: "52:54:00:AA:BB:01" } }),
    "a Xen guest": (t) => t.xenPv(nic("00:16:3E:00:00:01")),
  },
  passes: {
    "lower case": (t) => t.kvm(nic("52:54:00:aa:bb:01")),
    "no MAC": (t) => t.kvm(nic()).network("lan"),
    "a MAC that is late": (t) => t.kvm(nic("${upper(var.mac)}")),
    "a DHCP reservation, which keeps its case": (t) =>
      t.network("lan", {
        ips: [
          {
            address: "10.20.0.1",
            prefix: 24,
            dhcp: { hosts: [{ mac: "52:54:00:AA:BB:01", ip: "10.20.0.9" }] },
          },
        ],
      }),
  },
});
