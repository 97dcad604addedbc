import { vcpusOneByOne } from "../../../lib/rules/cpu/vcpus-one-by-one";
import { RuleTester } from "../../../lib/testing";

const ON = { id: 0, enabled: "yes" };
const listed = (...vcpu: object[]) => ({ name: "web", vcpu: 4, vcpus: { vcpu } });

RuleTester.run(vcpusOneByOne, {
  fails: {
    "a vCPU that the guest does not have": {
      plan: (t) => t.kvm(listed(ON, { id: 4, enabled: "yes" })),
      message: '"web" lists vCPU 4; with vcpu 4 it has 0 to 3.',
      at: "vcpus.vcpu[1].id",
    },
    "one that is neither on nor off": { plan: (t) => t.kvm(listed({ id: 0 })), at: "vcpus.vcpu[0].enabled" },
    "one that is off for ever": {
      plan: (t) => t.xenPv(listed(ON, { id: 1, enabled: "no", hotpluggable: "no" })),
      message: "is off, and not hotpluggable",
    },
    "a list without the first": {
      plan: (t) => t.kvm(listed({ id: 1, enabled: "yes" })),
      message: 'vCPU 0 of "web" is not in the list of its vCPUs',
      at: "vcpus.vcpu",
    },
    "the first switched off": {
      plan: (t) => t.kvm(listed({ id: 0, enabled: "no" })),
      message: "is switched off",
    },
    "the first listed twice, at last off": (t) => t.kvm(listed(ON, { id: 0, enabled: "no" })),
    "the first that may go": {
      plan: (t) => t.kvm(listed({ ...ON, hotpluggable: "yes" })),
      message: "is hotpluggable; a guest is never without it",
    },
    "the first as the third": {
      plan: (t) => t.kvm(listed({ ...ON, order: 3 })),
      message: "is the 3th in order; it comes first",
      at: "vcpus.vcpu[0].order",
    },
    "an order of the others alone": {
      plan: (t) => t.kvm(listed(ON, { id: 2, enabled: "yes", order: 2 })),
      message: "2 has an order and 0 has none",
    },
    "an order of the first alone": {
      plan: (t) => t.kvm(listed({ ...ON, order: 1 }, { id: 2, enabled: "yes" })),
      message: "2 has no order and 0 has",
    },
    "one that stays behind one that goes": {
      plan: (t) =>
        t.kvm(
          listed(
            ON,
            { id: 1, enabled: "yes", hotpluggable: "yes" },
            { id: 2, enabled: "yes", hotpluggable: "no" },
          ),
        ),
      message: "stays, and stands behind one that comes and goes",
      at: "vcpus.vcpu[2]",
    },
    "one that stays behind one of a higher order": (t) =>
      t.kvm(
        listed(
          { ...ON, order: 1 },
          { id: 1, enabled: "yes", order: 3 },
          { id: 2, enabled: "yes", order: 2, hotpluggable: "no" },
        ),
      ),
  },
  passes: {
    "some on, some off": (t) =>
      t.kvm(listed({ id: 3, enabled: "no" }, ON, { id: 2, enabled: "yes", hotpluggable: "no" })),
    "an order": (t) => t.kvm(listed({ ...ON, order: 1 }, { id: 1, enabled: "yes", order: 2 })),
    "those that go behind those that stay": (t) =>
      t.kvm(listed({ ...ON, hotpluggable: "no" }, { id: 1, enabled: "yes", hotpluggable: "yes" })),
    "a list without the first, of Xen": (t) => t.xenPv(listed({ id: 1, enabled: "yes" })),
  },
  undetermined: {
    "a late state": {
      plan: (t) => t.kvm(listed({ id: 0, enabled: "${var.on}" })),
      reason: "the vCPUs of a guest are known only at apply",
    },
    "a late number": (t) => t.kvm({ ...listed(ON), vcpu: "${var.vcpus}" }),
  },
});
