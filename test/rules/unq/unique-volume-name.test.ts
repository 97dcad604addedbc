import { uniqueVolumeName } from "../../../lib/rules/unq/unique-volume-name";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(uniqueVolumeName, {
  fails: {
    "two volumes of one name": {
      plan: (t) => t.kvmHost("h1").volume("a", { name: "x/root" }).volume("b", { name: "x/root" }),
      severity: "error",
      message: '2 volumes in pool "default" of "h1" would be called "x/root".',
      fix: "give each volume another name, or another pool",
      at: "name",
      places: ["x/root", "x/root"],
    },
    "a pool by its name and by reference": (t) =>
      t
        .pool("fast")
        .volume("a", { name: "root", pool: "fast" })
        .volume("b", { name: "root", pool: "${libvirt_pool.fast.name}" }),
    "instances of one volume": {
      plan: (t) => t.volume("root", { count: 2 }),
      fix: 'put what tells the instances apart into the name: "root-${count.index}.qcow2"',
      places: ["root.qcow2"],
    },
    "an instance and another volume": (t) =>
      t.volume("a", { name: "root-${count.index}", count: 2 }).volume("b", { name: "root-1" }),
  },
  passes: {
    "different names": (t) => t.volume("a").volume("b"),
    "one name in two pools": (t) =>
      t.volume("a", { name: "x", pool: "p" }).volume("b", { name: "x", pool: "q" }),
    "one name on two hosts": (t) =>
      t.kvmHost("h1").kvmHost("h2").volume("a", { name: "x" }, "h1").volume("b", { name: "x" }, "h2"),
    "instances whose names hold their number": (t) =>
      t.volume("a", { name: "root-${count.index}", count: 2 }),
    "volumes without pool or name: that is another rule's": (t) =>
      t.volume("a", { pool: null }).volume("b", { pool: null, name: "a.qcow2" }).volume("c", { name: null }),
    "a single name known only at apply": (t) => t.volume("a", { name: "${var.name}" }),
    "no volumes": (t) => t.kvmHost("h1"),
  },
  undetermined: {
    "a name known only at apply": {
      plan: (t) => t.volume("a").volume("b", { name: "${var.name}" }),
      reason: "the name, pool or number of a volume is known only at apply",
    },
    "a pool known only at apply": (t) => t.volume("a").volume("b", { pool: "${var.pool}" }),
  },
});
