import { hostStaysAwake } from "../../../lib/rules/pwr/host-stays-awake";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(hostStaysAwake, {
  fails: {
    "a Xen host with a guest": {
      plan: (t) => t.xenHost("xen1", { sleeps: true }).xenPv({ name: "a" }),
      message: '"xen1" is suspended at times, and "a" runs on it: Xen does not support that.',
      places: ["xen1", "a"],
    },
    "a KVM host with guests": {
      plan: (t) => t.kvmHost("kvm1", { sleeps: true }).kvm().kvm({ running: "${var.on}" }),
      message: '"kvm1" is suspended at times, and 2 guests run on it.',
    },
  },
  passes: {
    "a host that stays awake": (t) => t.kvm(),
    "guests that are switched off": (t) => t.kvmHost("kvm1", { sleeps: true }).kvm({ running: false }),
    "no guests": (t) => t.kvmHost("kvm1", { sleeps: true }),
  },
});
