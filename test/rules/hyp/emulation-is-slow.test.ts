import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { emulationIsSlow } from "../../../lib/rules/hyp/emulation-is-slow";
import { RuleTester } from "../../../lib/testing";

const qemuOnly = HostFacts.fromDirectory(join(__dirname, "../../data/host-facts/qemu-only-debian12"));

RuleTester.run(emulationIsSlow, {
  fails: {
    "the captured host without KVM, once for its guests": {
      plan: (t) =>
        t.kvmHost("old1", { facts: qemuOnly }).tcg({ name: "a" }).kvm({ name: "k" }).tcg({ name: "b" }),
      message: 'These guests of "old1" will be emulated: very slow, and no security boundary.',
      at: "type",
      places: ["a", "b"],
      fix: "place them on a host with KVM",
    },
    "each host for itself": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: null })
          .kvmHost("h2", { facts: null })
          .tcg({ host: "h1" })
          .tcg({ host: "h2" }),
      count: 2,
      message: 'This guest of "h2"',
    },
    "a host with KVM for another architecture": (t) =>
      t.kvmHost("h1").tcg({ os: { type_arch: "aarch64", type_machine: "virt" } }),
    "an architecture that is known only at apply": (t) =>
      t.kvmHost("h1").tcg({ os: { type_arch: "${var.arch}" } }),
    "another host of the plan has KVM": {
      plan: (t) => t.kvmHost("h1", { facts: qemuOnly }).kvmHost("h2").tcg({ host: "h1" }),
      fix: "place them on h2, which offers KVM",
    },
  },
  passes: {
    "a KVM guest": (t) => t.kvm(),
    "a host that offers KVM: that is another rule's": (t) => t.kvmHost("h1").tcg(),
    "a Xen guest": (t) => t.xenPv(),
  },
});
