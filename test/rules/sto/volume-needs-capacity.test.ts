import { buildPlan } from "../../../lib/plan/build";
import { volumeNeedsCapacity } from "../../../lib/rules/sto/volume-needs-capacity";
import { RuleTester } from "../../../lib/testing";
import { validate } from "../../../lib/validation/validate";

const none = { capacity: null };

RuleTester.run(volumeNeedsCapacity, {
  fails: {
    "no capacity": {
      plan: (t) => t.volume("ok").volume("root", none),
      severity: "error",
      message: 'Volume "root.qcow2" has no capacity and is not uploaded.',
      fix: 'set capacity and capacityUnit, such as 20 and "GiB"',
      at: "capacity",
      places: ["root.qcow2"],
    },
    "an overlay without capacity, for which libvirt would go by the base": {
      plan: (t) => t.volume("root", { ...none, backing_store: { path: "/srv/base.img" } }),
      fix: "set capacity to that of the base or more: the provider asks for it on overlays as well",
    },
    "a unit alone": (t) => t.volume("root", { ...none, capacity_unit: "GiB" }),
    "a negative capacity": {
      plan: (t) => t.volume("root", { capacity: -1 }),
      message: 'Capacity -1 of volume "root.qcow2" is negative.',
      at: "capacity",
    },
    "a unit that libvirt does not know": {
      plan: (t) => t.volume("root", { capacity: 20, capacity_unit: "Gigs" }),
      message: 'Capacity unit "Gigs" of volume "root.qcow2" is none that libvirt knows.',
      fix: "use bytes, KiB, MiB, GiB or TiB",
      at: "capacityUnit",
    },
  },
  passes: {
    "a capacity with and without a unit": (t) =>
      t
        .volume("a", { capacity: 2 ** 30 })
        .volume("b", { capacity: 20, capacity_unit: "GiB" })
        .volume("c", { capacity: 0 }),
    "an upload": (t) => t.volume("root", { ...none, create: { content: { url: "/srv/x.img" } } }),
    "an upload with a unit that libvirt does not know: that is another rule's": (t) =>
      t.volume("root", { ...none, capacity_unit: "Gigs", create: { content: { url: "/srv/x.img" } } }),
    "a capacity known only at apply": (t) => t.volume("root", { capacity: "${var.size}" }),
    "a unit known only at apply": (t) => t.volume("root", { capacity: 2, capacity_unit: "${var.unit}" }),
  },
});

it("leaves a volume whose size could not be used to the construct that says so", () => {
  const volume = {
    type: "libvirt_volume",
    name: "v",
    label: "v",
    unit: "stack",
    attributes: { name: "v", pool: "p" },
  };
  const propIssues = [{ prop: "size", message: "5 is no size", fix: "give a size" }];
  const codes = (resource: typeof volume) =>
    validate(buildPlan({ providers: [], resources: [resource] }), [volumeNeedsCapacity]).findings.length;
  expect(codes(volume)).toBe(1);
  expect(codes({ ...volume, propIssues } as typeof volume)).toBe(0);
});
