import { oneHypervisorPerMachine } from "../../../lib/rules/hyp/one-hypervisor-per-machine";
import type { PlanExample } from "../../../lib/testing";
import { RuleTester } from "../../../lib/testing";

const aarch64 = { osType: "hvm", arch: "aarch64", domainTypes: ["kvm"], machines: [{ name: "virt" }] };

/** A machine that both connections reach. */
const both = (t: PlanExample) =>
  t.kvmHost("h2-kvm", { uri: "qemu+ssh://root@h2/system" }).xenHost("h2-xen", { uri: "xen+tls://H2/system" });

RuleTester.run(oneHypervisorPerMachine, {
  fails: {
    "KVM and Xen guests on one machine by two connections": {
      plan: (t) => both(t).xenPv({ name: "dom1" }).kvm({ name: "a" }).kvm({ name: "b" }).kvm({ name: "c" }),
      severity: "error",
      message:
        '"h2-kvm" and "h2-xen", which are one machine (h2), would run KVM guests ("a", "b" and "c") and Xen guests ("dom1").\n' +
        "Under Xen the host system is dom0, a guest itself: it has no VT-x or AMD-V to give to KVM.",
      fix: /^move "a", "b" and "c" to a machine with KVM, or make Xen guests of them$/,
      at: "type",
      places: ["a", "b", "c", "dom1"],
    },
    "with another machine that has KVM": {
      plan: (t) => both(t).kvmHost("h3").kvmHost("h4").xenPv().kvm({ name: "a", host: "h2-kvm" }),
      fix: /^move "a" to h3 or h4, /,
    },
    "with one more machine of its architecture": {
      plan: (t) =>
        both(t)
          .kvmHost("h3")
          .kvmHost("arm1", { facts: { arch: "aarch64", guests: [aarch64] } })
          .xenPv()
          .kvm({ name: "a", host: "h2-kvm", os: { type_arch: "aarch64" } }),
      fix: /^move "a" to arm1, /,
    },
    "a guest without architecture": {
      plan: (t) =>
        t
          .kvmHost("h2-kvm", { uri: "qemu+ssh://h2/system", facts: null })
          .xenHost("h2-xen", { uri: "xen+ssh://h2/system" })
          .kvmHost("h3")
          .xenPv()
          .kvm({ name: "a", host: "h2-kvm", os: { type_arch: null } }),
      fix: /^move "a" to h3, /,
    },
    "the local machine": (t) =>
      t.kvmHost("k", { uri: "qemu:///system" }).xenHost("x", { uri: "xen:///system" }).kvm().xenHvm(),
    "one host whose connection tells nothing": {
      plan: (t) => t.provider({ label: "h1", alias: "h1" }).kvm({ host: "h1" }).xenPv({ host: "h1" }),
      message: /^"h1" would run KVM guests/,
    },
    "guests that are not started: their definition is refused as well": (t) =>
      both(t).kvm({ running: false }).xenPv({ running: false }),
    "guests whose number is known only at apply": (t) => both(t).kvm({ count: "${var.n}" }).xenPv(),
    "beside a guest whose domain type is late": (t) => both(t).kvm().xenPv().kvm({ type: "${var.type}" }),
  },
  passes: {
    "two machines": (t) => t.kvmHost("h1").xenHost("h2").kvm().xenPv(),
    "two ports of one address, which may be two machines": (t) =>
      t
        .kvmHost("k", { uri: "qemu+tcp://lab:1/system" })
        .xenHost("x", { uri: "xen+tcp://lab:2/system" })
        .kvm()
        .xenPv(),
    "two sockets of the local machine": (t) =>
      t
        .kvmHost("k", { uri: "qemu:///system?socket=/a" })
        .xenHost("x", { uri: "xen:///system?socket=/b" })
        .kvm()
        .xenPv(),
    "two connections without URI": (t) =>
      t
        .provider({ label: "k", alias: "k" })
        .provider({ label: "x", alias: "x" })
        .kvm({ host: "k" })
        .xenPv({ host: "x" }),
    "emulated guests in dom0": (t) => both(t).tcg().xenPv(),
    "only KVM guests, and only Xen guests": (t) =>
      both(t).kvm().kvmHost("h3").xenHost("h4").xenPv({ host: "h4" }),
    "guests of which there will be none": (t) => both(t).kvm({ count: 0 }).xenPv(),
    "late domain types alone": (t) => both(t).kvm({ type: "${var.type}" }),
  },
  undetermined: {
    "a Xen guest beside one whose domain type is late": {
      plan: (t) => both(t).xenPv().kvm({ type: "${var.type}" }),
      reason: 'the domain types of guests on "h2-kvm" are known only at apply',
    },
    "a KVM guest beside one": (t) => both(t).kvm().kvm({ type: "${var.type}" }),
  },
});
