import { uniquePool } from "../../../lib/rules/unq/unique-pool";
import { RuleTester } from "../../../lib/testing";

const at = (path: string, more: object = {}) => ({ target: { path }, ...more });

RuleTester.run(uniquePool, {
  fails: {
    "two pools of one name": {
      plan: (t) => t.kvmHost("h1").pool("a", { name: "vms" }).pool("b", { name: "vms" }),
      severity: "error",
      message: '2 pools on "h1" would be called "vms".',
      fix: "give each pool another name, or use one pool",
      at: "name",
      places: ["vms", "vms"],
    },
    "two pools of one name and different types": (t) =>
      t.pool("a", { name: "vms" }).pool("b", { name: "vms", type: "logical", target: { path: "/dev/vg" } }),
    "instances of one pool": {
      plan: (t) => t.pool("vms", { count: 2, target: { path: "/srv/${count.index}" } }),
      fix: '"vms-${count.index}"',
    },
    "two pools in one folder": {
      plan: (t) => t.kvmHost("h1").pool("a", at("/srv/vms")).pool("b", at("/srv/vms/")),
      message: '2 pools on "h1" would lie in /srv/vms.',
      fix: "give each pool another folder, or use one pool",
      at: "target.path",
      places: ["a", "b"],
    },
    "the folder of a pool of the host, as a warning": {
      plan: (t) => t.kvmHost("h1").pool("images", at("/var/lib/libvirt/images/")),
      severity: "warning",
      message:
        'Pool "images" would lie in /var/lib/libvirt/images, where pool "default" of "h1" lies: libvirt refuses it if that is a folder pool too.',
      fix: 'use pool "default", or another folder',
      at: "target.path",
    },
  },
  passes: {
    "names and folders of their own": (t) => t.pool("a").pool("b"),
    "one name and folder on two hosts": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2")
        .pool("vms", {}, "h1")
        .pool("b", { name: "vms", ...at("/var/lib/libvirt/vms") }, "h2"),
    "pools of other types in one folder": (t) =>
      t
        .pool("a", at("/srv/vms", { type: "netfs" }))
        .pool("b", at("/srv/vms"))
        .pool("c", at("/srv/vms", { type: "fs" })),
    "a pool that the host has already": (t) => t.pool("default", at("/var/lib/libvirt/images")),
    "pools of the host of whose folders nothing is known": (t) =>
      t
        .kvmHost("h1", { facts: { pools: [{ name: "old", active: true }] } })
        .pool("a", { type: "rbd", target: null })
        .pool("b"),
    "the root folder": (t) => t.pool("a", at("/")),
    "a name known only at apply in the folder of a pool of the host": (t) =>
      t.pool("a", at("/var/lib/libvirt/images", { name: "${var.name}" })),
    "no pools": (t) => t.kvmHost("h1"),
  },
  undetermined: {
    "a name known only at apply": {
      plan: (t) => t.pool("a").pool("b", { name: "${var.name}" }),
      reason: "the name, folder or number of a pool is known only at apply",
    },
    "a folder known only at apply": (t) => t.pool("a").pool("b", at("${var.path}")),
  },
});
