import { iommuInterrupts } from "../../../lib/rules/cpu/iommu-interrupts";
import { RuleTester } from "../../../lib/testing";

const iommu = (driver: unknown, ioapic?: string) => ({
  name: "a",
  devices: { iommu: { model: "intel", driver } },
  ...(ioapic && { features: { ioapic: { driver: ioapic } } }),
});

RuleTester.run(iommuInterrupts, {
  fails: {
    "remapping without an I/O APIC in QEMU": {
      plan: (t) => t.kvm(iommu({ int_remap: "on" })),
      message: "features.ioapic.driver is not set",
      fix: 'set features.ioapic to { driver: "qemu" }',
      at: "features.ioapic.driver",
    },
    "remapping with the kernel's": {
      plan: (t) => t.kvm(iommu({ int_remap: "on" }, "kvm")),
      message: 'features.ioapic.driver is "kvm"',
    },
    "extended mode alone": {
      plan: (t) => t.kvm(iommu({ eim: "on" }, "qemu")),
      message: 'The IOMMU of "a" has extended interrupt mode (driver.eim) without interrupt remapping',
      at: "devices.iommu.driver.intRemap",
    },
    "extended mode with remapping off": (t) => t.tcg(iommu({ eim: "on", int_remap: "off" }, "qemu")),
    "both without an I/O APIC": {
      plan: (t) => t.kvm(iommu({ eim: "on", int_remap: "on" })),
      at: "features.ioapic.driver",
    },
  },
  passes: {
    both: (t) => t.kvm(iommu({ eim: "on", int_remap: "on" }, "qemu")),
    "both off": (t) => t.kvm(iommu({ eim: "off", int_remap: "off" })),
    "an IOMMU without either": (t) => t.kvm(iommu({ caching_mode: "on" })).kvm(),
    "a guest so large that libvirt may complete it": (t) => t.kvm({ ...iommu({ eim: "on" }), vcpu: 260 }),
    "a Xen guest": (t) => t.xenHvm(iommu({ int_remap: "on" })),
  },
  undetermined: {
    "an I/O APIC that is known only at apply": (t) => t.kvm(iommu({ int_remap: "on" }, "${var.ioapic}")),
    "an IOMMU that is known only at apply": (t) => t.kvm({ devices: { iommu: "${var.iommu}" } }),
  },
});
