import { hyperVPrerequisites } from "../../../lib/rules/cpu/hyper-v-prerequisites";
import { RuleTester } from "../../../lib/testing";

const on = { state: "on" };
const hyperV = (hyper_v: unknown, timers: unknown = []) => ({
  name: "a",
  features: { hyper_v },
  clock: { timer: timers },
});
const HYPERVCLOCK = [{ name: "hypervclock", present: "yes" }];

RuleTester.run(hyperVPrerequisites, {
  fails: {
    "synic alone": {
      plan: (t) => t.kvm(hyperV({ synic: on })),
      message: '"a" has the Hyper-V enlightenment synic without vpIndex, which it builds upon.',
      fix: 'set features.hyperV.vpIndex to { state: "on" }, or remove synic',
      at: "features.hyperV.synic",
    },
    "synic with vpIndex off": (t) => t.kvm(hyperV({ synic: on, vp_index: { state: "off" } })),
    "stimer alone": {
      plan: (t) => t.kvm(hyperV({ stimer: on })),
      message: "stimer without synic and hypervclock",
      fix: 'add { name: "hypervclock", present: "yes" } to clock.timer',
    },
    "stimer without the clock": {
      plan: (t) =>
        t.kvm(hyperV({ stimer: on, synic: on, vp_index: on }, [{ name: "hypervclock", present: "no" }])),
      message: "stimer without hypervclock",
    },
    "stimer without what synic needs": {
      plan: (t) => t.kvm(hyperV({ stimer: on, synic: on }, HYPERVCLOCK)),
      at: "features.hyperV.synic",
    },
    "tlbFlush, ipi and evmcs alone": {
      plan: (t) => t.kvm(hyperV({ tlb_flush: on, ipi: on, evmcs: on })),
      message: /evmcs without vapic[\s\S]*ipi without vpIndex[\s\S]*tlbFlush without vpIndex/,
      count: 3,
    },
    "a direct flush without vapic": {
      plan: (t) => t.kvm(hyperV({ vp_index: on, tlb_flush: { ...on, direct: on } })),
      message: "tlbFlush.direct without vapic",
    },
    "too few spins, and none": {
      plan: (t) => t.kvm(hyperV({ spinlocks: { ...on, retries: 100 } })).tcg(hyperV({ spinlocks: on })),
      message: /with 100 retries; libvirt wants 4095 at least[\s\S]*without retries/,
      count: 2,
    },
    "a vendor id that is too long, and none": {
      plan: (t) =>
        t.kvm(hyperV({ vendor_id: { ...on, value: "abcdefghijklm" } })).kvm(hyperV({ vendor_id: on })),
      message: /has 13 characters; it has 1 to 12[\s\S]*is missing/,
      count: 2,
    },
  },
  passes: {
    "all that is needed": (t) =>
      t.kvm(
        hyperV(
          {
            vp_index: on,
            synic: on,
            stimer: { ...on, direct: on },
            vapic: on,
            ipi: on,
            evmcs: on,
            tlb_flush: { ...on, direct: on, extended: on },
            spinlocks: { ...on, retries: 4095 },
            vendor_id: { ...on, value: "KVM Hv" },
          },
          HYPERVCLOCK,
        ),
      ),
    "those that need nothing": (t) => t.kvm(hyperV({ relaxed: on, vapic: on, runtime: on })).kvm(),
    "all off": (t) =>
      t.kvm(
        hyperV({
          synic: { state: "off" },
          stimer: { state: "off", direct: on },
          spinlocks: { state: "off" },
        }),
      ),
    "what the kernel has": (t) => t.kvm(hyperV({ mode: "passthrough", synic: on })),
    "an emulated guest, where they are ignored": (t) => t.tcg(hyperV({ synic: on })),
    "a Xen guest": (t) => t.xenHvm(hyperV({ synic: on, spinlocks: on })),
  },
  undetermined: {
    "a prerequisite that is known only at apply": (t) =>
      t.kvm(hyperV({ synic: on, vp_index: { state: "${var.s}" } })),
    "an enlightenment that is known only at apply": (t) => t.kvm(hyperV({ synic: { state: "${var.s}" } })),
    "timers that are known only at apply": (t) =>
      t.kvm(hyperV({ stimer: on, synic: on, vp_index: on }, "${var.timers}")),
  },
});
