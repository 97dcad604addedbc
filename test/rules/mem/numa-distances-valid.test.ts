import { numaDistancesValid } from "../../../lib/rules/mem/numa-distances-valid";
import { RuleTester } from "../../../lib/testing";

const cells = (siblings: unknown, more: object = {}) => ({
  name: "web",
  vcpu: 2,
  cpu: {
    numa: {
      cell: [
        { id: 0, cpus: "0", memory: 1, unit: "GiB", distances: { siblings } },
        { id: 1, cpus: "1", memory: 1, unit: "GiB", ...more },
      ],
    },
  },
});

RuleTester.run(numaDistancesValid, {
  fails: {
    "no siblings": {
      plan: (t) => t.kvm(cells([])),
      message: 'NUMA cell 0 of "web" has distances to no other cell.',
      at: "cpu.numa.cell[0].distances.siblings",
    },
    "a cell that is none": {
      plan: (t) => t.kvm(cells([{ id: 2, value: 21 }])),
      message: "has a distance to cell 2; there are 0 to 1",
      at: "cpu.numa.cell[0].distances.siblings[0].id",
    },
    "a distance beyond the unreachable": {
      plan: (t) => t.kvm(cells([{ id: 1, value: 256 }])),
      message: "is 256 away from cell 1; distances are from 11 to 255",
    },
    "a distance nearer than here": (t) => t.kvm(cells([{ id: 1, value: 9 }])),
    "another as near as itself": {
      plan: (t) => t.kvm(cells([{ id: 1, value: 10 }])),
      message: "is 10 away from cell 1, as only from itself",
    },
    "itself away": {
      plan: (t) => t.kvm(cells([{ id: 0, value: 20 }])),
      message: "is 20 away from itself, which is always 10",
      fix: "set it to 10",
    },
    "a cell without id": {
      plan: (t) =>
        t.xenHvm(
          cells([{ id: 1, value: 21 }], { id: null, distances: { siblings: [{ id: 1, value: 21 }] } }),
        ),
      message: "NUMA cell 1",
    },
  },
  passes: {
    distances: (t) =>
      t.kvm(
        cells([
          { id: 0, value: 10 },
          { id: 1, value: 255 },
        ]),
      ),
    "one way": (t) => t.kvm(cells([{ id: 1, value: 11 }])),
  },
  undetermined: {
    "a late distance": {
      plan: (t) => t.kvm(cells([{ id: 1, value: "${var.distance}" }])),
      reason: "the distances of NUMA cells are known only at apply",
    },
  },
});
