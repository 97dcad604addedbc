import { overlayNeedsFormat } from "../../../lib/rules/sto/overlay-needs-format";
import { RuleTester } from "../../../lib/testing";

const overlay = (type: string | undefined) => ({
  target: type === undefined ? null : { format: { type } },
  backing_store: { path: "/srv/base.img", format: { type: "raw" } },
});

RuleTester.run(overlayNeedsFormat, {
  fails: {
    "an overlay without format": {
      plan: (t) => t.volume("root", overlay(undefined)),
      severity: "error",
      message:
        'Volume "root.qcow2" has a base but no format, which makes it raw; such a volume cannot have one.',
      fix: 'set target.format.type to "qcow2"',
      at: "target.format.type",
      places: ["root.qcow2"],
    },
    "a raw overlay": { plan: (t) => t.volume("root", overlay("raw")), message: "has a base but format raw;" },
    "an ISO on a base": (t) => t.volume("root", overlay("iso")),
    "a VDI on a base": (t) => t.volume("root", overlay("vdi")),
  },
  passes: {
    "overlays of formats that name a base": (t) =>
      t
        .volume("a", overlay("qcow2"))
        .volume("b", overlay("qed"))
        .volume("c", overlay("qcow"))
        .volume("d", overlay("vmdk")),
    "a raw volume without a base": (t) => t.volume("root", { target: { format: { type: "raw" } } }),
  },
  undetermined: {
    "a format known only at apply": {
      plan: (t) => t.volume("root", overlay("${var.format}")),
      reason: "the format of a volume is known only at apply",
    },
  },
});
