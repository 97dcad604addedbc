import { backingFormatStated } from "../../../lib/rules/sto/backing-format-stated";
import { RuleTester } from "../../../lib/testing";

const on = (type: string | undefined, path = "${libvirt_volume.golden.path}") => ({
  backing_store: { path, format: type === undefined ? null : { type } },
});
const format = (type: string) => ({ target: { format: { type } } });
const UPLOAD = { target: null, create: { content: { url: "/srv/x.img" } } };

RuleTester.run(backingFormatStated, {
  fails: {
    "a qcow2 base without its format": {
      plan: (t) => t.volume("golden").volume("root", on(undefined)),
      severity: "error",
      message:
        'Volume "root.qcow2" states no format of its base, which is read as raw, but "golden.qcow2" is qcow2.',
      fix: 'set backingStore.format.type to "qcow2"',
      at: "backingStore.format",
      places: ["root.qcow2", "golden.qcow2"],
    },
    "another format than the base has": {
      plan: (t) => t.volume("golden").volume("root", on("vmdk")),
      message: 'Volume "root.qcow2" reads its base as vmdk, but "golden.qcow2" is qcow2.',
      at: "backingStore.format.type",
    },
    "a raw base as qcow2": {
      plan: (t) => t.volume("golden", { target: null }).volume("root", on("qcow2")),
      message: 'but "golden.qcow2" is raw',
      fix: 'to "raw"',
    },
    "a base by its path": (t) =>
      t
        .pool("fast", { target: { path: "/srv/fast" } })
        .volume("golden", { pool: "fast" })
        .volume("root", on(undefined, "/srv/fast/golden.qcow2")),
    "an uploaded base whose format the plan states": (t) =>
      t.volume("golden", { ...UPLOAD, ...format("qcow2") }).volume("root", on(undefined)),
    "an uploaded base of which nothing is known, as a warning": {
      plan: (t) => t.volume("golden", UPLOAD).volume("root", on(undefined)),
      severity: "warning",
      message: 'states no format of its base "golden.qcow2", which is read as raw whatever it is',
      fix: 'to "qcow2" if that is what the base is',
      at: "backingStore.format",
    },
    "a base whose name says its format, as a warning": {
      plan: (t) => t.volume("root", on(undefined, "/srv/golden.VMDK")),
      severity: "warning",
      message: "states no format of its base /srv/golden.VMDK,",
      fix: 'to "vmdk" if that',
    },
  },
  passes: {
    "the format of the base": (t) => t.volume("golden").volume("root", on("qcow2")),
    "no format of a raw base": (t) => t.volume("golden", format("raw")).volume("root", on(undefined)),
    "an ISO as raw": (t) => t.volume("golden", format("iso")).volume("root", on("raw")),
    "a base without format, which is raw": (t) =>
      t.volume("golden", { target: null }).volume("root", on(undefined)),
    "an uploaded base with a format": (t) => t.volume("golden", UPLOAD).volume("root", on("qcow2")),
    "a base that the plan does not make, with a format": (t) =>
      t.volume("root", on("raw", "/srv/golden.qcow2")),
    "a base whose name says nothing": (t) => t.volume("root", on(undefined, "/srv/golden.img")),
    "a base known only at apply": (t) => t.volume("root", on(undefined, "${var.base}")),
    "a base whose folder is known only at apply": (t) =>
      t.volume("root", on(undefined, "${var.dir}/x.qcow2")),
    "no base": (t) => t.volume("root"),
  },
  undetermined: {
    "a format known only at apply": {
      plan: (t) => t.volume("golden").volume("root", on("${var.format}")),
      reason: "the format of a base is known only at apply",
    },
    "a base whose format is known only at apply": (t) =>
      t.volume("golden", format("${var.format}")).volume("root", on("qcow2")),
  },
});
