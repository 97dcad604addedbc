import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";

/** The most vCPUs for which newer versions of libvirt switch nothing on by themselves. */
const NOTHING_ADDED = 255;

/** An IOMMU can translate interrupts only where QEMU, not the kernel, has the I/O APIC that raises them. */
export const iommuInterrupts = defineRule({
  code: "VIRT-CPU-005",
  slug: "iommu-interrupts",
  severity: "error",
  stage: "define",
  title: "Interrupt remapping needs an I/O APIC in QEMU, and extended interrupt mode needs remapping",
  why: "driver.intRemap lets the guest's IOMMU translate interrupts, which takes an I/O APIC that QEMU emulates (features.ioapic.driver qemu); by default the kernel does. driver.eim widens what is translated, so it needs intRemap.",
  fix: 'Set features.ioapic to { driver: "qemu" } with intRemap, and intRemap to "on" with eim.',
  sources: [
    "libvirt domain_validate.c virDomainDefIOMMUValidate",
    "tried: libvirt 9.0.0, define of intremap=on without ioapic and with driver kvm: IOMMU interrupt remapping requires split I/O APIC; of eim=on without intremap and with it off: IOMMU eim requires interrupt remapping to be enabled; with ioapic qemu it starts",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.iommu"),
  *check(guest): Iterable<Outcome> {
    const { domain, label, vcpus } = guest;
    const driver = domain.devices?.iommu?.driver;
    if (driver?.intRemap === undefined && driver?.eim === undefined) return yield notApplicable;
    const ioapic = domain.features?.ioapic?.driver;
    // Beyond that libvirt 11 completes the IOMMU by itself, and older ones say what is missing.
    if (isLate(vcpus) || vcpus > NOTHING_ADDED) return yield notApplicable;
    if (isLate(driver.intRemap) || isLate(driver.eim) || isLate(ioapic)) {
      return yield undetermined("the IOMMU or the I/O APIC is known only at apply");
    }
    if (driver.eim === "on" && driver.intRemap !== "on") {
      yield fail({
        at: "devices.iommu.driver.intRemap",
        message: `The IOMMU of "${label}" has extended interrupt mode (driver.eim) without interrupt remapping (driver.intRemap).`,
        fix: 'set devices.iommu.driver.intRemap to "on" and features.ioapic to { driver: "qemu" }, or remove eim',
      });
    } else if (driver.intRemap === "on" && ioapic !== "qemu") {
      yield fail({
        at: "features.ioapic.driver",
        message: `The IOMMU of "${label}" remaps interrupts (driver.intRemap), which needs the I/O APIC in QEMU; features.ioapic.driver is ${ioapic === undefined ? "not set" : `"${ioapic}"`}.`,
        fix: 'set features.ioapic to { driver: "qemu" }, or remove intRemap',
      });
    } else yield pass;
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { iommu: { model: "intel", driver: { int_remap: "on" } } } }),
    good: (plan) =>
      plan.kvm({
        features: { ioapic: { driver: "qemu" } },
        devices: { iommu: { model: "intel", driver: { int_remap: "on" } } },
      }),
  },
});
