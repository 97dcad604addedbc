import { poolSettingsFitType } from "../../../lib/rules/sto/pool-settings-fit-type";
import { RuleTester } from "../../../lib/testing";

const pool = (type: string, source: unknown, more: object = {}) => ({ type, source, ...more });
const SECRET = { usage: "ceph" };
const auth = (given: object) =>
  pool("rbd", { auth: { type: "ceph", username: "u", secret: SECRET, ...given } });

RuleTester.run(poolSettingsFitType, {
  fails: {
    "a file system of a volume group": {
      plan: (t) => t.pool("vg", pool("logical", { format: { type: "ext4" } })),
      message: 'Pool "vg" of type logical has the format ext4.',
      fix: "use unknown or lvm2",
      at: "source.format.type",
    },
    "an export of a disk": (t) => t.pool("d", pool("disk", { format: { type: "nfs" } })),
    "a version of NFS for CIFS": {
      plan: (t) => t.pool("s", pool("netfs", { format: { type: "cifs" }, protocol: { version: "4" } })),
      at: "source.protocol.version",
    },
    "a port in words": {
      plan: (t) => t.pool("s", pool("rbd", { host: [{ name: "a" }, { name: "b", port: "x" }] })),
      message: 'has the port "x"',
      at: "source.host[1].port",
    },
    "copy on write of a volume group": {
      plan: (t) => t.pool("vg", pool("logical", {}, { features: { cow: { state: "no" } } })),
      message: "of type logical says no to copy on write",
      at: "features.cow",
    },
    "a login without user": { plan: (t) => t.pool("s", auth({ username: "" })), at: "source.auth.username" },
    "a login without secret": { plan: (t) => t.pool("s", auth({ secret: null })), at: "source.auth.secret" },
    "a secret without name": {
      plan: (t) => t.pool("s", auth({ secret: {} })),
      message: "by neither uuid nor usage",
    },
    "a secret with two names": {
      plan: (t) => t.pool("s", auth({ secret: { ...SECRET, uuid: "x" } })),
      message: "by both uuid and usage",
    },
  },
  passes: {
    "formats of their type": (t) =>
      t
        .pool("a", pool("fs", { format: { type: "hfs+" } }))
        .pool("b", pool("netfs", { format: { type: "nfs" }, protocol: { version: "4" } }))
        .pool("c", pool("netfs", { protocol: { version: "4" } }))
        .pool("d", pool("dir", { format: { type: "ext4" } }))
        .pool("e", pool("fs", { format: { type: "" } })),
    "a login": (t) => t.pool("s", auth({})),
    "copy on write of files": (t) => t.pool("f", { features: { cow: { state: "no" } } }),
    "ports and none": (t) =>
      t.pool(
        "s",
        pool("rbd", {
          host: [
            { name: "a", port: "3260" },
            { name: "b", port: "" },
          ],
        }),
      ),
  },
  undetermined: {
    "a late format": {
      plan: (t) => t.pool("vg", pool("logical", { format: { type: "${var.format}" } })),
      reason: "a setting of a pool is known only at apply",
    },
    "a late source": (t) => t.pool("vg", pool("logical", "${var.source}")),
  },
});
