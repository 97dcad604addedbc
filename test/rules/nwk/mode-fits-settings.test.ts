import { modeFitsSettings } from "../../../lib/rules/nwk/mode-fits-settings";
import { RuleTester } from "../../../lib/testing";

const bridged = (changes: object = {}) => ({
  forward: { mode: "bridge" },
  bridge: { name: "br0" },
  ips: null,
  ...changes,
});
const external = (mode: string, changes: object = {}) => ({
  forward: { mode, dev: "eth0" },
  ips: null,
  ...changes,
});
const ips = [{ address: "10.20.0.1", prefix: 24 }];
const NAT = { nat: { ports: [{ start: 1024, end: 65535 }] } };

RuleTester.run(modeFitsSettings, {
  fails: {
    "an address on a bridge of the host": {
      plan: (t) => t.network("lan", bridged({ ips })),
      severity: "error",
      message: 'Network "lan" has forward mode bridge and an address.',
      fix: 'remove it: guests get it from what they are connected to; or use mode "nat" or "route"',
      at: "ips",
      places: ["lan"],
    },
    "an address in every mode of that kind": {
      plan: (t) => {
        for (const mode of ["private", "vepa", "passthrough", "hostdev"])
          t.network(mode, external(mode, { ips }));
      },
      count: 4,
    },
    "DNS hosts, services and texts": {
      plan: (t) =>
        t
          .network("a", bridged({ dns: { host: [{ ip: "10.0.0.1" }] } }))
          .network("b", bridged({ dns: { sr_vs: [{ service: "x" }] } }))
          .network("c", bridged({ dns: { tx_ts: [{ name: "x", value: "y" }] } })),
      count: 3,
      message: "and DNS entries",
      at: "dns",
    },
    "a domain": { plan: (t) => t.network("lan", bridged({ domain: { name: "x" } })), at: "domain" },
    "a MAC address": {
      plan: (t) => t.network("lan", bridged({ mac: { address: "52:54:00:00:00:01" } })),
      at: "mac",
    },
    "an MTU": { plan: (t) => t.network("lan", bridged({ mtu: { size: 1400 } })), at: "mtu" },
    "options of the bridge": {
      plan: (t) =>
        t
          .network("a", bridged({ bridge: { name: "br0", stp: "off" } }))
          .network("b", bridged({ bridge: { name: "br0", delay: "2" } }))
          .network("c", bridged({ bridge: { name: "br0", zone: "x" } }))
          .network("d", bridged({ bridge: { name: "br0", delay: "0", zone: "x" } })),
      count: 4,
      message: "bridge options (stp, delay or zone)",
      fix: "remove them: libvirt makes no bridge here",
      at: "bridge",
    },
    "a bridge and a device": {
      plan: (t) =>
        t
          .network("a", bridged({ forward: { mode: "bridge", dev: "eth0" } }))
          .network("b", bridged({ forward: { mode: "bridge", interfaces: [{ dev: "eth0" }] } }))
          .network("c", bridged({ forward: { mode: "bridge", pfs: [{ dev: "eth0" }] } })),
      count: 3,
      message: "both a bridge and a device",
      fix: "remove one of them",
      at: "forward",
    },
    "a bridge in a mode without one": {
      plan: (t) => t.network("lan", external("private", { bridge: { name: "br0" } })),
      message: "forward mode private and a bridge.",
      fix: 'remove it, or use mode "bridge"',
      at: "bridge.name",
    },
    "NAT options in mode route": {
      plan: (t) => t.network("lan", { forward: { mode: "route", ...NAT } }),
      message: "forward mode route and NAT options",
      fix: 'remove forward.nat, or use mode "nat"',
      at: "forward.nat",
    },
    "NAT options in mode open": (t) => t.network("lan", { forward: { mode: "open", ...NAT } }),
    "a device in mode open": {
      plan: (t) => t.network("lan", { forward: { mode: "open", dev: "eth0" } }),
      message: "forward mode open and a device.",
      fix: "remove forward.dev",
      at: "forward.dev",
    },
    "a mode that is none": {
      plan: (t) => t.network("lan", { forward: { mode: "bridged" } }),
      message: "forward mode bridged and libvirt knows no such mode.",
      fix: "use one of nat, route, open, bridge, private, vepa, passthrough, hostdev",
      at: "forward.mode",
    },
    "several settings": { plan: (t) => t.network("lan", bridged({ ips, mtu: { size: 1400 } })), count: 2 },
  },
  passes: {
    "a network on a bridge": (t) => t.network("lan", bridged()),
    "what libvirt overlooks on a bridge": (t) =>
      t
        .network("a", bridged({ dns: { enable: "no", forwarders: [{ addr: "1.1.1.1" }], host: [] } }))
        .network("b", bridged({ bridge: { name: "br0", delay: "0" } })),
    "a network on a device": (t) => t.network("a", external("bridge")).network("b", external("private")),
    "everything in modes nat and route": (t) =>
      t
        .network("a", {
          forward: { mode: "nat", dev: "eth0", ...NAT },
          bridge: { name: "x", stp: "on", delay: "2", zone: "z" },
          domain: { name: "x" },
          mac: { address: "52:54:00:00:00:01" },
          mtu: { size: 1400 },
          dns: { host: [{ ip: "10.0.0.1" }] },
        })
        .network("b", { forward: { mode: "route", dev: "eth0" }, mtu: { size: 1400 } }),
    "an open network": (t) => t.network("lan", { forward: { mode: "open" } }),
    "NAT options without a mode, which is nat": (t) => t.network("lan", { forward: { ...NAT, mode: null } }),
    "an isolated network with everything": (t) => t.network("lan", { forward: null, domain: { name: "x" } }),
    "the mode none": (t) => t.network("lan", { forward: { mode: "none" } }),
  },
  undetermined: {
    "a mode known only at apply": {
      plan: (t) => t.network("lan", { forward: { mode: "${var.mode}" } }),
      reason: "the mode of a network is known only at apply",
    },
    "a setting known only at apply": {
      plan: (t) => t.network("lan", bridged({ domain: { name: "${var.domain}" } })),
      reason: "a setting of a network is known only at apply",
    },
    "addresses known only at apply": (t) => t.network("lan", bridged({ ips: "${var.ips}" })),
  },
});
