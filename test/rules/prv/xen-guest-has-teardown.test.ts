import { xenGuestHasTeardown } from "../../../lib/rules/prv/xen-guest-has-teardown";
import { RuleTester } from "../../../lib/testing";

const nobody = { intent: { removedByVirsh: undefined } };
const actions = (...actions: string[]) => ({ lifeCycle: { actions } });

RuleTester.run(xenGuestHasTeardown, {
  fails: {
    "a plan that changes a guest in place": {
      plan: (t) => t.xenPv({ name: "a", ...actions("update") }),
      message: /^This plan changes the Xen guest "a" in place: .* leaves it off\.$/,
      severity: "error",
    },
    "a plan that replaces a guest that nothing removes": {
      plan: (t) => t.xenHvm({ name: "a", ...actions("delete", "create"), ...nobody }),
      message:
        /^This plan destroys the Xen guest "a", which the provider cannot: "unsupported flags \(0x24\)/,
      severity: "error",
    },
    "a guest that nothing removes": {
      plan: (t) => t.xenPvh({ name: "a", ...nobody }),
      message: /^Nothing removes the Xen guest "a" with virsh/,
      severity: "warning",
    },
    "a guest that is changed in place": {
      plan: (t) => t.xenPv({ name: "a", lifeCycle: { replacedOnChange: false } }),
      message: /^A change of the Xen guest "a" will be made in place/,
      at: "lifecycle.replaceTriggeredBy",
      severity: "warning",
    },
  },
  passes: {
    "a guest as this package makes it": (t) => t.xenPv({ lifeCycle: { replacedOnChange: true } }),
    "a plan that replaces a guest that virsh removes": (t) => t.xenPv(actions("delete", "create")),
    "a plan that makes a guest": (t) => t.xenPv(actions("create")),
    "a choice of a provider that can": (t) =>
      t.xenPv({ ...actions("update"), intent: { removedByVirsh: false } }),
    "a machine that was read from its host": (t) => t.xenPv({ ...nobody, existing: {} }),
    "a KVM guest": (t) => t.kvm(actions("update")),
  },
});
