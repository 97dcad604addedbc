import { uploadBringsCapacity } from "../../../lib/rules/sto/upload-brings-capacity";
import { RuleTester } from "../../../lib/testing";

const upload = (capacity: unknown, capacity_unit?: string) => ({
  capacity,
  capacity_unit,
  create: { content: { url: "/srv/x.img" } },
});

RuleTester.run(uploadBringsCapacity, {
  fails: {
    "an upload with a unit": {
      plan: (t) => t.volume("root", upload(20, "GiB")),
      severity: "error",
      message: 'Volume "root.qcow2" is uploaded: its size in bytes would be taken for GiB.',
      fix: "leave out capacityUnit; for a larger disk make an overlay",
      at: "capacityUnit",
      places: ["root.qcow2"],
    },
    "a unit alone": (t) => t.volume("root", upload(null, "GiB")),
    "a small unit, with which a small image passes": {
      plan: (t) => t.volume("root", upload(300, "MiB")),
      severity: "warning",
      at: "capacityUnit",
    },
    "a unit that libvirt does not know": (t) => t.volume("root", upload(300, "Mibi")),
    "a capacity in bytes, as a warning": {
      plan: (t) => t.volume("root", upload(2 ** 30)),
      severity: "warning",
      message:
        'Capacity 1073741824 of volume "root.qcow2" has no effect: the upload is as large as its source.',
      fix: "leave out capacity;",
      at: "capacity",
    },
    "a capacity with the unit bytes, as a warning": {
      plan: (t) => t.volume("root", upload(2 ** 30, "bytes")),
      severity: "warning",
    },
    "a capacity known only at apply, as a warning": {
      plan: (t) => t.volume("root", upload("${var.size}")),
      severity: "warning",
      message: 'Capacity of volume "root.qcow2" has no effect',
    },
  },
  passes: {
    "an upload alone": (t) => t.volume("root", upload(null)),
    "an upload with the unit bytes": (t) => t.volume("root", upload(null, "bytes")),
    "a volume that is not uploaded": (t) => t.volume("root", { capacity: 20, capacity_unit: "GiB" }),
  },
  undetermined: {
    "a unit known only at apply": {
      plan: (t) => t.volume("root", upload(20, "${var.unit}")),
      reason: "the unit of a capacity is known only at apply",
    },
  },
});
