import { KVM_EXAMPLE } from "../../../lib/plan/example-facts";
import { windowsEnlightenments } from "../../../lib/rules/gos/windows-enlightenments";
import { RuleTester } from "../../../lib/testing";

const offering = (...features: string[]) => ({
  facts: {
    domainCapabilities: KVM_EXAMPLE.domainCapabilities!.map((each) => ({
      ...each,
      features: { hyperv: { supported: features.length > 0, enums: { features } } },
    })),
  },
});
const windows = (more: Record<string, unknown> = {}) => ({
  name: "a",
  intent: { os: "windows-server-2022" },
  clock: { offset: "localtime" },
  ...more,
});

RuleTester.run(windowsEnlightenments, {
  fails: {
    "none of what the host offers": {
      plan: (t) => t.kvmHost("h", offering("relaxed", "vapic", "vendor_id")).kvm(windows()),
      message: '"h" offers relaxed, vapic.',
      fix: "switch on in features.hyperV: relaxed, vapic",
      at: "features.hyperV",
    },
    "a clock in UTC": {
      plan: (t) => t.kvmHost("h", offering()).kvm(windows({ clock: { offset: "utc" } })),
      message: 'The clock of "a" is in UTC, and Windows Server 2022 takes it for local time.',
      at: "clock.offset",
    },
    "no clock, which is UTC": (t) => t.kvmHost("h", offering()).kvm(windows({ clock: null })),
  },
  passes: {
    "interfaces that were chosen": (t) =>
      t
        .kvmHost("h", offering("relaxed", "vapic"))
        .kvm(windows({ features: { hyper_v: { relaxed: { state: "on" } } } })),
    "a host that offers none": (t) => t.kvmHost("h", offering()).kvm(windows()),
    "a host that offers none of those": (t) => t.kvmHost("h", offering("vendor_id")).kvm(windows()),
    "other systems and hypervisors": (t) =>
      t
        .kvm()
        .tcg(windows({ clock: null }))
        .xenHvm(windows({ clock: null })),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h", { facts: null }).kvm(windows()),
      reason: 'needs facts of "h"',
    },
    "a late clock": (t) => t.kvmHost("h", offering()).kvm(windows({ clock: { offset: "${var.offset}" } })),
    "late interfaces": (t) =>
      t.kvmHost("h", offering()).kvm(windows({ features: { hyper_v: "${var.hyperv}" } })),
  },
});
