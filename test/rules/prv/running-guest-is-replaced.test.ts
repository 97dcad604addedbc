import { runningGuestIsReplaced } from "../../../lib/rules/prv/running-guest-is-replaced";
import { RuleTester } from "../../../lib/testing";

const updated = { lifeCycle: { actions: ["update"] } };
const unguarded = { lifeCycle: { replacedOnChange: false } };

RuleTester.run(runningGuestIsReplaced, {
  fails: {
    "a plan that changes a running guest": {
      plan: (t) => t.kvm({ name: "a", ...updated }),
      message: /^This plan changes "a" in place, which shall run afterwards: /,
      fix: /terraform apply -replace/,
      at: "running",
      severity: "error",
    },
    "a plan that changes a guest and starts it, though somebody chose changes in place": {
      plan: (t) => t.tcg({ name: "a", ...updated, intent: { changedInPlace: true } }),
      message: /^This plan changes "a" in place/,
      severity: "error",
    },
    "a guest that its first change will meet": {
      plan: (t) => t.kvm({ name: "a", ...unguarded }),
      message: /^The first change of "a" will be made in place while it runs/,
      at: "lifecycle.replaceTriggeredBy",
      severity: "warning",
    },
  },
  passes: {
    "a guest that is replaced": (t) => t.kvm({ lifeCycle: { replacedOnChange: true } }),
    "a plan that replaces it": (t) => t.kvm({ lifeCycle: { actions: ["create", "delete"] } }),
    "a plan that leaves it": (t) => t.kvm({ lifeCycle: { actions: ["no-op"] } }),
    "a change that switches it off": (t) => t.kvm({ ...updated, running: false }),
    "a change of a guest that nobody asks to run": (t) => t.kvm({ ...updated, running: null }),
    "a guest that does not run": (t) => t.kvm({ ...unguarded, running: false }),
    "a choice of changes in place": (t) => t.kvm({ ...unguarded, intent: { changedInPlace: true } }),
    "a plan that does not tell": (t) => t.kvm(),
    "a Xen guest, of which another rule speaks": (t) => t.xenPv(updated),
    "a machine that was read from its host": (t) => t.kvm({ ...unguarded, existing: {} }),
  },
  undetermined: {
    "a guest of which only apply knows whether it runs": {
      plan: (t) => t.kvm({ ...unguarded, running: "${var.running}" }),
      reason: "whether a guest runs is known only at apply",
    },
  },
});
