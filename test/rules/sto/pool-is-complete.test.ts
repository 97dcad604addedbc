import { poolIsComplete } from "../../../lib/rules/sto/pool-is-complete";
import { RuleTester } from "../../../lib/testing";

const HOST = { host: [{ name: "nas1" }] };

RuleTester.run(poolIsComplete, {
  fails: {
    "a folder without path": {
      plan: (t) => t.pool("images", { target: null }),
      message: 'Pool "images" of type dir has no target.path.',
      fix: "set target.path to an absolute path",
      at: "target.path",
    },
    "an empty path": (t) => t.pool("images", { target: { path: "" } }),
    "a relative path": {
      plan: (t) => t.pool("images", { target: { path: "./vms" } }),
      message: 'Pool "images" is at the relative path "./vms"',
      fix: "such as /var/lib/libvirt/vms",
      at: "target.path",
    },
    "a network file system without host and folder": {
      plan: (t) => t.pool("nfs", { type: "netfs" }),
      count: 2,
      message: /no source\.(host|dir)\.\n.*no source\.(host|dir)\./,
    },
    "a file system without device": {
      plan: (t) => t.pool("p", { type: "fs" }),
      at: "source.device",
    },
    "a disk without device": (t) => t.pool("p", { type: "disk" }),
    "a SCSI pool without adapter": { plan: (t) => t.pool("p", { type: "scsi" }), at: "source.adapter" },
    "iSCSI without host": (t) => t.pool("p", { type: "iscsi" }),
    "iSCSI by its library without IQN": {
      plan: (t) => t.pool("p", { type: "iscsi-direct", source: HOST }),
      message: "has no initiator IQN",
    },
    "RBD without its pool": { plan: (t) => t.pool("p", { type: "rbd", source: HOST }), at: "source.name" },
    "multipath without path": (t) => t.pool("p", { type: "mpath", target: null }),
    "a type that libvirt does not know": {
      plan: (t) => t.pool("p", { type: "directory" }),
      message: "is of type directory, which libvirt does not know",
      at: "type",
    },
  },
  passes: {
    "a folder": (t) => t.pool("images"),
    "a network file system": (t) =>
      t.pool("nfs", { type: "netfs", source: { ...HOST, dir: { path: "/export" } } }),
    "a volume group, which is called like its pool": (t) => t.pool("vg0", { type: "logical", target: null }),
    "RBD without path": (t) => t.pool("p", { type: "rbd", source: { ...HOST, name: "vms" }, target: null }),
    "iSCSI by its library": (t) =>
      t.pool("p", {
        type: "iscsi-direct",
        source: { ...HOST, initiator: { iqn: { name: "iqn.2013-07.com.example:a" } } },
        target: null,
      }),
  },
  undetermined: {
    "a type that is late": (t) => t.pool("p", { type: "${var.type}" }),
    "a path that is late": (t) => t.pool("p", { target: { path: "${var.path}" } }),
  },
});
