import { noNumaCellsForPv } from "../../../lib/rules/xen/no-numa-cells-for-pv";
import { RuleTester } from "../../../lib/testing";

const numa = (cells: number) => ({
  cpu: {
    numa: { cell: [...Array(cells).keys()].map((id) => ({ id, cpus: `${id}`, memory: 1, unit: "GiB" })) },
  },
});

RuleTester.run(noNumaCellsForPv, {
  fails: {
    "a PV guest with cells": {
      plan: (t) => t.xenPv({ name: "a", ...numa(2) }),
      severity: "error",
      message: 'PV guest "a" has 2 NUMA cells; Xen supports virtual NUMA for HVM and PVH guests only.',
      fix: "remove cpu.numa, or use XenHvmGuest",
      at: "cpu.numa",
      places: ["a"],
    },
    "a single cell": { plan: (t) => t.xenPv(numa(1)), message: "has 1 NUMA cell;" },
  },
  passes: {
    "a PV guest without": (t) => t.xenPv().xenPv(numa(0)),
    "HVM and PVH guests": (t) => t.xenHvm(numa(2)).xenPvh(numa(2)),
    "a KVM guest": (t) => t.kvm(numa(2)),
    "a late kind of guest without cells": (t) => t.xenPv({ os: { type: "${var.type}" } }),
  },
  undetermined: {
    "late cells": {
      plan: (t) => t.xenPv({ cpu: { numa: { cell: "${var.cells}" } } }),
      reason: "the guest's NUMA cells are known only at apply",
    },
    "a late kind of guest with cells": {
      plan: (t) => t.xenPv({ os: { type: "${var.type}" }, ...numa(2) }),
      reason: "the guest's type is known only at apply",
    },
  },
});
