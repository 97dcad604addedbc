import { nameIsLegal } from "../../../lib/rules/unq/name-is-legal";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(nameIsLegal, {
  fails: {
    "a guest with a slash": {
      plan: (t) => t.kvm({ name: "web/1" }),
      severity: "error",
      message: 'Guest "web/1" has the name "web/1", which libvirt refuses.',
      fix: 'use "web-1", or another name without it',
      at: "name",
      places: ["web/1"],
    },
    "a slash in each kind": {
      plan: (t) =>
        t
          .kvm({ name: "a/b" })
          .network("n", { name: "a/b" })
          .pool("p", { name: "a/b" })
          .volume("v", { name: "a/b" }),
      count: 4,
      message: /Guest[\s\S]*Network[\s\S]*Pool[\s\S]*Volume/,
    },
    "a line break in all but volumes": {
      plan: (t) => t.kvm({ name: "a\nb" }).network("n", { name: "a\nb" }).pool("p", { name: "a\nb" }),
      count: 3,
      message: 'the name "a\\nb"',
      fix: 'use "a-b"',
    },
    "an empty name in each kind": {
      plan: (t) =>
        t.kvm({ name: "" }).network("n", { name: "" }).pool("p", { name: "" }).volume("v", { name: "" }),
      count: 4,
      message: 'has the name ""',
      fix: "give it a name",
    },
    "no name": {
      plan: (t) => t.kvm({ name: null }),
      message: 'Guest "guest1" has no name, which libvirt refuses.',
    },
    "a guest called by a folder's names": {
      plan: (t) => t.kvm({ name: "." }).kvm({ name: ".." }),
      count: 2,
      fix: 'use "guest"',
    },
    "a Xen guest": (t) => t.xenPv({ name: "a/b" }),
  },
  passes: {
    "ordinary names": (t) =>
      t
        .kvm({ name: "web-1_a.b" })
        .kvm({ name: "with space" })
        .kvm({ name: "...x" })
        .network("n")
        .pool("p")
        .volume("v"),
    "a volume with a line break": (t) => t.volume("v", { name: "a\nb" }),
    "networks and pools called by a folder's names": (t) =>
      t.network("n", { name: "." }).pool("p", { name: ".." }),
    "resources of other kinds": (t) => t.resource("libvirt_cloudinit_disk", "c", { name: "a/b" }),
  },
  undetermined: {
    "a name known only at apply": {
      plan: (t) => t.kvm({ name: "${var.name}" }),
      reason: "a name is known only at apply",
    },
    "a name that is partly known only at apply": (t) => t.kvm({ name: "web-${var.a/var.b}" }),
  },
});
