import { migrationSetIsAlike } from "../../../lib/rules/mig/migration-set-is-alike";
import { RuleTester } from "../../../lib/testing";

const vendor = (name: string, more: Record<string, unknown> = {}) => ({
  facts: { cpu: { vendor: name, features: [] }, ...more },
});
const to = (...migratesTo: string[]) => ({ name: "a", intent: { migratesTo } });

RuleTester.run(migrationSetIsAlike, {
  fails: {
    "another hypervisor": {
      plan: (t) => t.kvmHost("h1").xenHost("x1").kvm(to("x1")),
      message: '"a" must be able to move from "h1" to "x1", but their hypervisors differ: kvm and xen.',
      places: ["a", "x1"],
    },
    "another architecture": {
      plan: (t) => t.kvmHost("h1").kvmHost("h2", { arch: "aarch64" }).kvm(to("h2")),
      message: "their architectures differ: x86_64 and aarch64",
    },
    "the host's CPU of another vendor": {
      plan: (t) => t.kvmHost("h1", vendor("Intel")).kvmHost("h2", vendor("AMD")).kvm(to("h2")),
      message: "their CPU vendors differ: Intel and AMD",
      severity: "error",
    },
    "a model that both vendors may have": {
      plan: (t) =>
        t
          .kvmHost("h1", vendor("Intel"))
          .kvmHost("h2", vendor("AMD"))
          .kvm({ ...to("h2"), cpu: { mode: "custom", model: "kvm64" } }),
      severity: "warning",
    },
    "Xen before 4.22": {
      plan: (t) => t.xenHost("x1", vendor("Intel")).xenHost("x2", vendor("AMD")).xenPv(to("x2")),
      severity: "warning",
    },
    "Xen 4.22": {
      plan: (t) =>
        t
          .xenHost("x1", vendor("Intel", { hypervisorVersion: "4.22.0" }))
          .xenHost("x2", vendor("AMD"))
          .xenPv(to("x2")),
      severity: "error",
    },
  },
  passes: {
    "hosts that are alike": (t) => t.kvmHost("h1", vendor("AMD")).kvmHost("h2", vendor("AMD")).kvm(to("h2")),
    "an emulated guest": (t) => t.kvmHost("h1", vendor("Intel")).kvmHost("h2", vendor("AMD")).tcg(to("h2")),
    "a guest that stays": (t) => t.kvm(),
  },
  undetermined: {
    "hosts that nobody stated": {
      plan: (t) => t.kvm({ intent: { migratable: true } }),
      reason: "migratesTo",
    },
    "a vendor that nobody knows": (t) => t.kvmHost("h1", vendor("AMD")).kvmHost("h2").kvm(to("h2")),
    "an architecture that nobody knows": (t) =>
      t.kvmHost("h1", vendor("AMD")).kvmHost("h2", { facts: null }).kvm(to("h2")),
    "a late mode": (t) =>
      t
        .kvmHost("h1", vendor("Intel"))
        .kvmHost("h2", vendor("AMD"))
        .kvm({ ...to("h2"), cpu: { mode: "${var.mode}" } }),
  },
});
