import { volumesExceedPool } from "../../../lib/rules/cap/volumes-exceed-pool";
import { RuleTester } from "../../../lib/testing";

const host = { facts: { pools: [{ name: "fast", active: true, capacityKiB: 20 * 2 ** 20 }] } };
const inFast = (more: Record<string, unknown> = {}) => ({ pool: "fast", ...more });

RuleTester.run(volumesExceedPool, {
  fails: {
    "more than the pool has": {
      plan: (t) =>
        t
          .kvmHost("h", host)
          .volume("a", inFast())
          .volume("b", inFast({ capacity: 11, capacity_unit: "GiB" })),
      message: 'Pool "fast" of "h" has 20 GiB, and its volumes may grow to 21 GiB.',
      fix: "make them 1 GiB smaller",
      places: ["b.qcow2", "a.qcow2"],
      at: "capacity",
    },
    instances: (t) => t.kvmHost("h", host).volume("a", inFast({ count: 3 })),
    "beside a late one": (t) =>
      t
        .kvmHost("h", host)
        .volume("a", inFast({ count: 3 }))
        .volume("b", inFast({ capacity: "${var.size}" })),
  },
  passes: {
    "as much as the pool has": (t) => t.kvmHost("h", host).volume("a", inFast()).volume("b", inFast()),
    "a pool of the plan": (t) => t.kvmHost("h", host).pool("new").volume("a", { pool: "new", count: 90 }),
    "a volume with its content's size": (t) =>
      t.kvmHost("h", host).volume("a", inFast({ capacity: null, create: { content: { url: "/a.img" } } })),
    "no volumes": (t) => t.kvmHost("h", { facts: null }).kvm(),
  },
  undetermined: {
    "a pool whose size nobody knows": { plan: (t) => t.volume("a"), reason: 'needs facts of "kvm1"' },
    "a host without facts": (t) => t.kvmHost("h", { facts: null }).volume("a"),
    "a late size": (t) => t.kvmHost("h", host).volume("a", inFast({ capacity: "${var.size}" })),
    "a late number of instances": (t) => t.kvmHost("h", host).volume("a", inFast({ count: "${var.n}" })),
  },
});
