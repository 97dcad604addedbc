import { iommuModelFitsMachine } from "../../../lib/rules/fw/iommu-model-fits-machine";
import { RuleTester } from "../../../lib/testing";

const guest = (iommu: unknown, type_machine: string | null = "q35", more: Record<string, unknown> = {}) => ({
  name: "a",
  os: { type_machine },
  devices: { iommu },
  ...more,
});
const arm = (model: string, features: unknown = { acpi: true }) => ({
  os: { type_arch: "aarch64", type_machine: "virt-7.2" },
  devices: { iommu: { model } },
  features,
});

RuleTester.run(iommuModelFitsMachine, {
  fails: {
    "intel on i440FX": {
      plan: (t) => t.kvm(guest({ model: "intel" }, "pc")),
      message: 'The IOMMU of "a" is of model intel, which exists on q35 only; the machine is pc-i440fx-7.2.',
      fix: 'set os.typeMachine to "q35"',
      at: "devices.iommu.model",
    },
    "virtio on i440FX": {
      plan: (t) => t.tcg(guest({ model: "virtio" }, "pc")),
      message: "q35 or ARM's virt only",
    },
    "ARM's on Q35": {
      plan: (t) => t.kvm(guest({ model: "smmuv3" })),
      fix: "set devices.iommu.model to intel or virtio",
    },
    "Intel's on ARM": { plan: (t) => t.kvm(arm("intel")), fix: "smmuv3 or virtio" },
    "virtio without ACPI": {
      plan: (t) => t.kvm(guest({ model: "virtio" }, "q35", { features: { acpi: null } })),
      at: "features.acpi",
    },
    "settings that the model does not have": {
      plan: (t) => t.kvm(guest({ model: "virtio", driver: { int_remap: "on" } })),
      message: "which has no settings (driver)",
      at: "devices.iommu.driver",
    },
    "no model, and one that does not exist": {
      plan: (t) => t.kvm(guest({})).kvm({ ...guest({ model: "vtd" }), name: "b" }),
      message: /has no model[\s\S]*model vtd, which QEMU does not have/,
      count: 2,
    },
  },
  passes: {
    "each on its machine": (t) =>
      t
        .kvm(guest({ model: "intel", driver: { int_remap: "on" } }))
        .kvm(guest({ model: "virtio" }))
        .kvm(guest({ model: "amd" }))
        .kvm(arm("smmuv3", { acpi: null }))
        .kvm(arm("virtio")),
    "intel without ACPI": (t) => t.kvm(guest({ model: "intel" }, "pc-q35-7.2", { features: { acpi: null } })),
    none: (t) => t.kvm(),
  },
  undetermined: {
    "a model that is known only at apply": (t) => t.kvm(guest({ model: "${var.model}" })),
    "a machine that is known only at apply": (t) => t.kvm(guest({ model: "intel" }, "${var.machine}")),
    "ACPI that is known only at apply": (t) =>
      t.kvm(guest({ model: "virtio" }, "q35", { features: { acpi: "${var.acpi}" } })),
    "a machine that the host chooses": (t) =>
      t.kvmHost("kvm1", { facts: null }).kvm(guest({ model: "intel" }, null)),
  },
});
