import { uniqueNetwork } from "../../../lib/rules/unq/unique-network";
import { RuleTester } from "../../../lib/testing";

const bridge = (name: string, more: object = {}) => ({ bridge: { name }, ...more });
const facts = (name: string, bridgeName: string | undefined) => ({
  facts: { networks: [{ name, active: false, bridge: bridgeName }] },
});

RuleTester.run(uniqueNetwork, {
  fails: {
    "two networks of one name": {
      plan: (t) => t.kvmHost("h1").network("a", { name: "lan" }).network("b", { name: "lan" }),
      severity: "error",
      message: '2 networks on "h1" would be called "lan".',
      fix: "give each network another name",
      at: "name",
      places: ["lan", "lan"],
    },
    "instances of one network": {
      plan: (t) => t.network("lan", { count: 2 }),
      fix: 'put what tells the instances apart into the name: "lan-${count.index}"',
      places: ["lan"],
    },
    "two networks on one bridge": {
      plan: (t) => t.kvmHost("h1").network("a", bridge("virbr7")).network("b", bridge("virbr7")),
      message: '2 networks on "h1" would have the bridge virbr7.',
      fix: "leave out bridge.name, or give each network another bridge",
      at: "bridge.name",
      places: ["a", "b"],
    },
    "an isolated network, a routed and an open one": {
      plan: (t) =>
        t
          .network("a", bridge("virbr7", { forward: null }))
          .network("b", bridge("virbr7", { forward: { mode: "route" } }))
          .network("c", bridge("virbr7", { forward: { mode: "open" } })),
      message: "3 networks",
    },
    "the bridge of a network of the host, active or not": {
      plan: (t) => t.kvmHost("h1", facts("old", "virbr7")).network("lan", bridge("virbr7")),
      message: 'Network "lan" would have the bridge virbr7, which network "old" of "h1" has.',
      fix: "leave out bridge.name, or name another bridge",
      at: "bridge.name",
      places: ["lan"],
    },
  },
  passes: {
    "names and bridges of their own": (t) =>
      t.network("a", bridge("virbr7")).network("b", bridge("virbr8")).network("c").network("d"),
    "one name on two hosts": (t) =>
      t.kvmHost("h1").kvmHost("h2").network("lan", {}, "h1").network("other", { name: "lan" }, "h2"),
    "networks that share a bridge of the host": (t) =>
      t
        .network("a", bridge("br0", { forward: { mode: "bridge" }, ips: null }))
        .network("b", bridge("br0", { forward: { mode: "bridge" }, ips: null })),
    "bridges whose number libvirt finds": (t) =>
      t.network("a", bridge("lan%d")).network("b", bridge("lan%d")),
    "the bridge that a network of the host has already": (t) =>
      t.kvmHost("h1", facts("lan", "virbr7")).network("lan", bridge("virbr7")),
    "networks of the host of whose bridges nothing is known": (t) =>
      t.kvmHost("h1", facts("old", undefined)).network("lan", bridge("virbr7")).network("other"),
    "a bridge of the host's network in mode bridge": (t) =>
      t
        .kvmHost("h1", facts("old", "virbr7"))
        .network("lan", bridge("virbr7", { forward: { mode: "bridge" }, ips: null })),
    "a single name known only at apply": (t) => t.network("lan", { name: "${var.name}" }),
    "a name known only at apply, on the bridge of a network of the host": (t) =>
      t.kvmHost("h1", facts("old", "virbr7")).network("lan", bridge("virbr7", { name: "${var.name}" })),
    "no networks": (t) => t.kvmHost("h1"),
  },
  undetermined: {
    "a name known only at apply": {
      plan: (t) => t.network("a").network("b", { name: "${var.name}" }),
      reason: "the name, bridge or number of a network is known only at apply",
    },
    "a bridge known only at apply": (t) =>
      t.network("a", bridge("virbr7")).network("b", bridge("${var.bridge}")),
  },
});
