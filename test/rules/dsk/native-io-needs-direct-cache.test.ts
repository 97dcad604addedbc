import { nativeIoNeedsDirectCache } from "../../../lib/rules/dsk/native-io-needs-direct-cache";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const io = (driver: object, changes: object = {}) => disk("vda", { driver, ...changes });

RuleTester.run(nativeIoNeedsDirectCache, {
  fails: {
    "io native with another cache mode": {
      plan: (t) => t.kvm(withDisks(disk("vdb"), io({ io: "native", cache: "writeback" }))),
      message: 'Disk vda of "web" has io native with cache writeback; it needs cache none or directsync.',
      fix: 'set cache: "none"',
      severity: "error",
      at: "devices.disks[1].driver.cache",
      places: ["web"],
    },
    "io native without a cache mode": {
      plan: (t) => t.kvm(withDisks(io({ io: "native" }))),
      message: "io native with no cache mode;",
      at: "devices.disks[0].driver.io",
    },
    "io native with the default cache mode by name": (t) =>
      t.kvm(withDisks(io({ io: "native", cache: "default" }))),
    "io native on a CD-ROM": (t) => t.kvm(withDisks(io({ io: "native" }, { device: "cdrom" }))),
    "io native with writethrough and unsafe": {
      plan: (t) =>
        t.kvm(withDisks(io({ io: "native", cache: "writethrough" }), io({ io: "native", cache: "unsafe" }))),
      count: 2,
    },
    "an emulated guest": (t) => t.tcg(withDisks(io({ io: "native" }))),
  },
  passes: {
    "io native with cache none": (t) => t.kvm(withDisks(io({ io: "native", cache: "none" }))),
    "io native with cache directsync": (t) => t.kvm(withDisks(io({ io: "native", cache: "directsync" }))),
    "io threads with any cache": (t) => t.kvm(withDisks(io({ io: "threads", cache: "writeback" }))),
    "io_uring without a cache mode": (t) => t.kvm(withDisks(io({ io: "io_uring" }))),
    "no io": (t) => t.kvm(withDisks(io({ cache: "writeback" }), disk("vdb"))),
    "io known only at apply with cache none": (t) => t.kvm(withDisks(io({ io: "${var.io}", cache: "none" }))),
    "a cache mode known only at apply without io": (t) => t.kvm(withDisks(io({ cache: "${var.cache}" }))),
    "a Xen guest": (t) => t.xenPv(withDisks(io({ io: "native" }))),
  },
  undetermined: {
    "io known only at apply": {
      plan: (t) => t.kvm(withDisks(io({ io: "${var.io}", cache: "writeback" }))),
      reason: "io or cache of a disk is known only at apply",
    },
    "a cache mode known only at apply": (t) => t.kvm(withDisks(io({ io: "native", cache: "${var.cache}" }))),
  },
});
