import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { kvmNeedsCpuVirtualization } from "../../../lib/rules/hyp/kvm-needs-cpu-virtualization";
import { RuleTester } from "../../../lib/testing";

const captured = (host: string) => HostFacts.fromDirectory(join(__dirname, "../../data/host-facts", host));
const noKvm = { guests: [{ osType: "hvm", arch: "x86_64", domainTypes: ["qemu"], machines: [] }] };

RuleTester.run(kvmNeedsCpuVirtualization, {
  fails: {
    "the captured host without KVM": {
      plan: (t) => t.kvmHost("h1", { facts: captured("qemu-only-debian12") }).kvm({ name: "db1" }),
      severity: "error",
      message:
        /KVM guest "db1" cannot start on "h1": its capabilities offer no domain type kvm \(they offer qemu\)/,
      fix: 'accelerator: "tcg"',
      at: "type",
      places: ["db1"],
    },
    "another host of the plan could take it": {
      plan: (t) => t.kvmHost("h1", { facts: noKvm }).kvmHost("h2").kvm({ host: "h1", name: "db1" }),
      fix: 'place "db1" on h2',
    },
    "a host that offers KVM without the CPU flag, as one warning for its guests": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: captured("kvm-debian12") })
          .kvm({ name: "a" })
          .tcg()
          .kvm({ name: "b" }),
      severity: "warning",
      message: "neither vmx nor svm",
      at: "type",
      places: ["a", "b"],
    },
    "such a host, whose first guest's architecture is known only at apply": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: captured("kvm-debian12") })
          .kvm({ name: "a", os: { type_arch: "${var.arch}" } })
          .kvm({ name: "b" }),
      severity: "warning",
      places: ["b"],
    },
    "no other host": {
      plan: (t) => t.kvmHost("h1", { facts: noKvm }).kvm(),
      fix: "capture its facts again, place it on a host with KVM, or set",
    },
    "two other hosts": {
      plan: (t) =>
        t.kvmHost("h1", { facts: noKvm }).kvmHost("h2").kvmHost("h3").kvm({ host: "h1", name: "db1" }),
      fix: 'capture its facts again, place "db1" on h2 or h3, or set',
    },
    "a host that offers several other types": {
      plan: (t) =>
        t
          .kvmHost("h1", {
            facts: { guests: [{ ...noKvm.guests[0]!, domainTypes: ["qemu", "hvf"] }, noKvm.guests[0]!] },
          })
          .kvm(),
      message: "(they offer qemu, hvf)",
    },
  },
  passes: {
    "a host that offers KVM": (t) => t.kvmHost("h1").kvm(),
    "a host that offers KVM and whose CPU flag is not known": (t) =>
      t.kvmHost("h1", { facts: { cpu: undefined } }).kvm(),
    "an emulated guest": (t) => t.kvmHost("h1", { facts: noKvm }).tcg(),
    "a guest of another architecture: that is another rule's": (t) =>
      t.kvmHost("h1").kvm({ os: { type_arch: "aarch64", type_machine: "virt" } }),
    "a Xen guest": (t) => t.xenPv(),
    "a KVM guest on a Xen host: that is another rule's": (t) => t.xenHost("xen1").kvm({ host: "xen1" }),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(),
      reason: 'needs facts of "h1"',
    },
    "a host whose capabilities were not captured": (t) =>
      t.kvmHost("h1", { facts: { guests: undefined } }).kvm(),
    "an architecture that is known only at apply": (t) => t.kvm({ os: { type_arch: "${var.arch}" } }),
  },
});
