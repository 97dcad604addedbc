import { numaCellsCoverVcpus } from "../../../lib/rules/mem/numa-cells-cover-vcpus";
import { RuleTester } from "../../../lib/testing";

const cells = (...cpus: unknown[]) => ({
  name: "a",
  vcpu: 8,
  cpu: { numa: { cell: cpus.map((each, id) => ({ id, cpus: each, memory: 1, unit: "GiB" })) } },
});

RuleTester.run(numaCellsCoverVcpus, {
  fails: {
    "vCPUs in no cell": {
      plan: (t) => t.kvm(cells("0-1", "2,5")),
      message: 'vCPUs 3-4, 6-7 of "a" are in no NUMA cell.',
      fix: "add them to the cpus of a cell, or set vcpu to 4",
      severity: "warning",
    },
  },
  passes: {
    "all in cells": (t) => t.kvm(cells("0-3", "4-7")),
    "cells without vCPUs": (t) => t.kvm(cells(null, null)),
    "no cells": (t) => t.kvm(),
    "a Xen guest": (t) => t.xenHvm(cells("0")),
  },
  undetermined: {
    "a number of vCPUs that is known only at apply": (t) => t.kvm({ ...cells("0"), vcpu: "${var.vcpus}" }),
    "cpus that are known only at apply": (t) => t.kvm(cells("0", "${var.cpus}")),
  },
});
