import { examplePlan } from "../../lib/plan/example";
import { resourceType } from "../../lib/provider/table";
import { guests, having } from "../../lib/rule";
import { rules } from "../../lib/rules/registry.generated";

/** Whether the provider has an attribute at a path such as `devices.disks[].driver.io`. */
function exists(path: string): boolean {
  let object = resourceType("libvirt_domain");
  for (const step of path.split("=")[0]!.split(".")) {
    const type = object?.byKey(step.replace("[]", ""))?.type;
    if (type === undefined || (step.endsWith("[]") && type.kind !== "objectList")) return false;
    object = "object" in type ? type.object : undefined;
  }
  return true;
}

it.each(rules.filter((rule) => rule.on.attributes).map((rule) => [rule.code, rule.on.attributes!] as const))(
  "%s looks at attributes that the provider has",
  (_, attributes) => {
    expect(attributes.filter((attribute) => !exists(attribute))).toEqual([]);
  },
);

const plan = examplePlan((each) =>
  each
    .kvm({ name: "plain", devices: { disks: [] } })
    .kvm({ name: "io", devices: { disks: [{ target: { dev: "vda" } }, { driver: { io: "native" } }] } })
    .kvm({ name: "late io", devices: { disks: [{ driver: { io: "${var.io}" } }] } })
    .kvm({ name: "late disk", devices: { disks: ["${var.disk}"] } })
    .kvm({ name: "late devices", devices: "${var.devices}" })
    .kvm({ name: "numa", devices: { disks: [] }, cpu: { numa: { cell: [] } } }),
);

it.each([
  [["devices.disks"], ["io", "late io", "late disk", "late devices"]],
  [["devices.disks[].driver.io"], ["io", "late io", "late disk", "late devices"]],
  [["cpu.numa"], ["numa"]],
  [["devices.disks[].driver.io=native"], ["io", "late io", "late disk", "late devices"]],
  [["devices.disks[].driver.io=threads"], ["late io", "late disk", "late devices"]],
  [
    ["devices.disks[].driver.io=threads", "devices.disks[].target.dev=vda"],
    ["io", "late io", "late disk", "late devices"],
  ],
  [
    ["cpu.numa.cell", "devices.disks[].driver.cache"],
    ["late disk", "late devices"],
  ],
])("has the guests that set %s", (attributes, names) => {
  expect([...having(guests, ...attributes).of(plan)].map(({ label }) => label)).toEqual(names);
});
