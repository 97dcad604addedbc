import { hostCpuFitsDestinations } from "../../../lib/rules/mig/host-cpu-fits-destinations";
import { RuleTester } from "../../../lib/testing";

const cpu = (model: string, ...features: string[]) => ({ facts: { cpu: { model, features, threads: 4 } } });
const guest = (mode: string, ...migratesTo: string[]) => ({
  name: "a",
  cpu: { mode },
  intent: { migratesTo },
});

RuleTester.run(hostCpuFitsDestinations, {
  fails: {
    "another model": {
      plan: (t) =>
        t
          .kvmHost("h1", cpu("Skylake-Server"))
          .kvmHost("h2", cpu("EPYC"))
          .kvm(guest("host-passthrough", "h2")),
      message: `"a" sees the CPU of "h1" (Skylake-Server), and "h2", where it must be able to move, has another (EPYC).`,
      places: ["a", "h2"],
      at: "cpu.mode",
    },
    "other features": (t) =>
      t.kvmHost("h1", cpu("EPYC", "svm")).kvmHost("h2", cpu("EPYC")).kvm(guest("maximum", "h2")),
    "each unlike host": {
      plan: (t) =>
        t
          .kvmHost("h1", cpu("EPYC"))
          .kvmHost("h2", cpu("EPYC-Rome"))
          .kvmHost("h3", cpu("EPYC-Milan"))
          .kvm(guest("host-passthrough", "h2", "h3")),
      count: 2,
    },
  },
  passes: {
    "like hosts": (t) =>
      t
        .kvmHost("h1", cpu("EPYC", "a", "b"))
        .kvmHost("h2", cpu("EPYC", "b", "a"))
        .kvm(guest("host-passthrough", "h2")),
    "other modes": (t) => t.kvmHost("h1").kvmHost("h2", cpu("EPYC")).kvm(guest("host-model", "h2")),
    "its own host": (t) => t.kvmHost("h1").kvm(guest("host-passthrough", "h1")),
    "a guest that stays": (t) => t.kvm({ cpu: { mode: "host-passthrough" } }),
  },
  undetermined: {
    "hosts that nobody stated": {
      plan: (t) => t.kvm({ cpu: { mode: "host-passthrough" }, intent: { migratable: true } }),
      reason: "migratesTo",
    },
    "a host without facts": {
      plan: (t) => t.kvmHost("h1").kvmHost("h2", { facts: null }).kvm(guest("host-passthrough", "h2")),
      reason: 'needs facts of "h2"',
    },
    "a late mode": (t) => t.kvmHost("h1").kvmHost("h2").kvm(guest("${var.mode}", "h2")),
  },
});
