import { uniqueGuestName } from "../../../lib/rules/unq/unique-guest-name";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(uniqueGuestName, {
  fails: {
    "two guests of one name": {
      plan: (t) => t.kvmHost("h1").kvm({ name: "web" }).kvm({ name: "db" }).kvm({ name: "web" }),
      message: '2 guests on "h1" are called "web".',
      fix: "give each of them another name, or place them on different hosts",
      severity: "error",
      at: "name",
      places: ["web", "web"],
    },
    "a KVM guest and an emulated one": (t) => t.kvm({ name: "web" }).tcg({ name: "web" }),
    "two Xen guests": (t) => t.xenPv({ name: "web" }).xenHvm({ name: "web" }),
    "providers with one URI, however it is written": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvmHost("again", { uri: "QEMU+SSH://H1/system/" })
          .kvm({ name: "web", host: "h1" })
          .kvm({ name: "web", host: "again" }),
      message: 'on "h1"',
    },
    "another stack": (t) =>
      t
        .kvmHost("h1")
        .provider({ label: "h1", unit: "other", uri: "qemu+ssh://h1/system" })
        .kvm({ name: "web" })
        .kvm({ name: "web" }),
    "instances of one guest with a literal name": {
      plan: (t) => t.kvmHost("h1").kvm({ name: "web", count: 3 }),
      message: '3 instances of one guest on "h1" are all called "web".',
      fix: 'put what tells them apart into the name: "web-${count.index}"',
      places: ["web"],
    },
    "instances of a map with a literal name": {
      plan: (t) => t.kvm({ name: "web", for_each: { a: {}, b: {} } }),
      fix: '"web-${each.key}"',
    },
    "an instance and a guest of that name": {
      plan: (t) => t.kvm({ name: "web-${count.index + 1}", count: 2 }).kvm({ name: "web-2" }),
      message: 'called "web-2"',
    },
    "instances of two guests, once": {
      plan: (t) =>
        t
          .kvm({ name: "web-${count.index}", count: 5 })
          .kvm({ name: "web-${each.key}", for_each: { 0: {}, 1: {}, x: {} } }),
      message: '2 guests on "kvm1" are called "web-0"',
    },
    "two guests of one name beside one whose name is known only at apply": (t) =>
      t.kvm({ name: "web" }).kvm({ name: "web" }).kvm({ name: "${var.name}" }),
    "two names, each of two guests": {
      plan: (t) => t.kvm({ name: "a" }).kvm({ name: "b" }).kvm({ name: "a" }).kvm({ name: "b" }),
      count: 2,
    },
  },
  passes: {
    "different names": (t) => t.kvm({ name: "web1" }).kvm({ name: "web2" }),
    "names that differ in case, which libvirt tells apart": (t) =>
      t.kvm({ name: "web" }).kvm({ name: "Web" }),
    "one name on two hosts": (t) =>
      t.kvmHost("h1").kvmHost("h2").kvm({ name: "web", host: "h1" }).kvm({ name: "web", host: "h2" }),
    "instances whose names hold their index": (t) => t.kvm({ name: "web-${count.index}", count: 3 }),
    "one instance": (t) => t.kvm({ name: "web", count: 1 }),
    "no instance of a second guest": (t) => t.kvm({ name: "web" }).kvm({ name: "web", count: 0 }),
    "a single guest whose name is known only at apply": (t) => t.kvm({ name: "${var.name}" }),
    "guests without a name: that is another rule's": (t) => t.kvm({ name: null }).kvm({ name: null }),
    "a host without guests": (t) => t.kvmHost("h1"),
  },
  undetermined: {
    "a name known only at apply beside another": {
      plan: (t) => t.kvm({ name: "web" }).kvm({ name: "${var.name}" }),
      reason: "the name or the number of a guest is known only at apply",
    },
    "a literal name in a number known only at apply": (t) => t.kvm({ name: "web", count: "${var.n}" }),
    "a name of which one more may come": (t) =>
      t.kvm({ name: "web" }).kvm({ name: "web", count: "${var.n}" }),
    "instances whose names are known only at apply": (t) =>
      t.kvm({ name: "${var.env}-${count.index}", count: 2 }),
  },
});
