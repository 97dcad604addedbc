import { overlayCoversBase } from "../../../lib/rules/sto/overlay-covers-base";
import { RuleTester } from "../../../lib/testing";

const GIB = { capacity_unit: "GiB" };
const on = (capacity: unknown, more: object = GIB, path = "${libvirt_volume.golden.path}") => ({
  capacity,
  ...more,
  backing_store: { path, format: { type: "qcow2" } },
});

RuleTester.run(overlayCoversBase, {
  fails: {
    "an overlay smaller than its base": {
      plan: (t) => t.volume("golden", { capacity: 10, ...GIB }).volume("root", on(8)),
      severity: "warning",
      message: 'Overlay "root.qcow2" of 8 GiB is smaller than its base "golden.qcow2" of 10 GiB.',
      fix: "raise its capacity to 10 GiB or more",
      at: "capacity",
      places: ["root.qcow2", "golden.qcow2"],
    },
    "by one byte": (t) =>
      t.volume("golden", { capacity: 10, ...GIB }).volume("root", on(10 * 2 ** 30 - 1, {})),
    "a base by its path": (t) =>
      t
        .pool("fast", { target: { path: "/srv/fast" } })
        .volume("golden", { pool: "fast", capacity: 10, ...GIB })
        .volume("root", on(8, GIB, "/srv/fast/golden.qcow2")),
  },
  passes: {
    "an overlay of the same size": (t) =>
      t.volume("golden", { capacity: 10, ...GIB }).volume("root", on(10 * 2 ** 30, {})),
    "a larger overlay": (t) => t.volume("golden", { capacity: 10, ...GIB }).volume("root", on(20)),
    "an uploaded base, whose size nobody knows": (t) =>
      t
        .volume("golden", { capacity: 10, ...GIB, create: { content: { url: "/srv/x.img" } } })
        .volume("root", on(8)),
    "a base that the plan does not make": (t) => t.volume("root", on(8, GIB, "/srv/base.img")),
    "a base known only at apply": (t) => t.volume("root", on(8, GIB, "${var.base}")),
    "volumes without capacity: that is another rule's": (t) =>
      t.volume("golden", { capacity: null }).volume("root", on(8)).volume("other", on(null)),
    "a volume without a base": (t) =>
      t.volume("golden", { capacity: 10, ...GIB }).volume("root", { capacity: 1 }),
  },
  undetermined: {
    "a capacity known only at apply": {
      plan: (t) => t.volume("golden", { capacity: 10, ...GIB }).volume("root", on("${var.size}")),
      reason: "the capacity of a volume is known only at apply",
    },
    "the base's capacity known only at apply": (t) =>
      t.volume("golden", { capacity: "${var.size}" }).volume("root", on(8)),
    "a unit known only at apply": (t) =>
      t.volume("golden", { capacity: 10, ...GIB }).volume("root", on(8, { capacity_unit: "${var.unit}" })),
  },
});
