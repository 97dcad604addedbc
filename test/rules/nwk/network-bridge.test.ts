import { networkBridge } from "../../../lib/rules/nwk/network-bridge";
import { RuleTester } from "../../../lib/testing";

const facts = { interfaces: [{ name: "eth0" }, { name: "br0" }] };
const on = (name: string, mode = "bridge") => ({ forward: { mode }, bridge: { name }, ips: null });

RuleTester.run(networkBridge, {
  fails: {
    "a bridge that the host does not have": {
      plan: (t) => t.kvmHost("kvm1", { facts }).network("lan", on("br7")),
      message: 'Network "lan" stands on bridge br7, which "kvm1" does not have (there: eth0, br0).',
      fix: "make br7 on kvm1",
      severity: "warning",
      at: "bridge.name",
    },
    "a name too long for a bridge that libvirt makes": {
      plan: (t) => t.network("lan", on("a123456789012345", "nat")),
      message: "a name of 16 characters; Linux takes 15",
      severity: "error",
    },
    "a name too long for one of the host": {
      plan: (t) => t.network("lan", on("a123456789012345")),
      severity: "warning",
    },
    "a slash": { plan: (t) => t.network("lan", on("a/b", "nat")), severity: "error" },
    "a space": { plan: (t) => t.network("lan", on("a b", "nat")), severity: "error" },
  },
  passes: {
    "a bridge of the host": (t) => t.kvmHost("kvm1", { facts }).network("lan", on("br0")),
    "the bridge of a network of the host": (t) => t.kvmHost("kvm1", { facts }).network("lan", on("virbr0")),
    "a bridge that libvirt makes": (t) =>
      t.kvmHost("kvm1", { facts }).network("lan", on("a12345678901234", "nat")),
    "no bridge": (t) => t.network("lan"),
  },
  undetermined: {
    "a host without facts": (t) => t.kvmHost("kvm1", { facts: null }).network("lan", on("br0")),
    "a name that is late": (t) => t.network("lan", on("${var.bridge}")),
    "a mode that is late": (t) => t.network("lan", on("br0", "${var.mode}")),
  },
});
