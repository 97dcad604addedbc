import { isX86 } from "../../plan/arch";
import { isLate } from "../../plan/late";
import { defineRule, fail, needsFacts, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { isQ35Machine, machineOf } from "../machine";
import { isAtLeast } from "../versions";

/** An interrupt names its CPU with 8 bits, unless the IOMMU's extended interrupt mode gives it 32. */
const WITHOUT_EIM = 255;
/** Newer versions add an IOMMU, or switch the mode on, by themselves; one of 10.10 and 11.0 was the first. */
const ADDED_BY_LIBVIRT = "10.10.0";

/** Above 255 CPUs an x86 guest's interrupts need an IOMMU to reach all of them. */
export const manyVcpusNeedEim = defineRule({
  code: "VIRT-CPU-004",
  slug: "many-vcpus-need-eim",
  severity: "error",
  stage: "define",
  title: "More than 255 vCPUs need an IOMMU with extended interrupt mode",
  why: "An interrupt of an x86 machine names the CPU that it goes to with 8 bits. The extended interrupt mode of an IOMMU widens that. libvirt before 11 refuses a Q35 guest that can have more than 255 vCPUs without it, however many are online at start; newer versions switch it on by themselves.",
  fix: "Give the guest an IOMMU of model intel with driver.intRemap and driver.eim on, and features.ioapic.driver qemu.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainVCpuTopology, QEMU_MAX_VCPUS_WITHOUT_EIM; NEWS: Automatically add IOMMU when needed",
    "tried: libvirt 9.0.0, define on q35 with 256 and 260 vCPUs without IOMMU, with one that has no eim, with 288 of which 4 are current: more than 255 vCPUs require extended interrupt mode enabled on the iommu device; 255 without, and 260 with eim, are accepted",
  ],
  needs: ["guest", "host facts"],
  on: qemuGuests,
  check: (guest) => {
    const { vcpus, arch, host, label, domain } = guest;
    if (!isLate(vcpus) && vcpus <= WITHOUT_EIM) return notApplicable;
    const eim = domain.devices?.iommu?.driver?.eim;
    if (eim === "on" || domain.devices?.iommu?.driver?.xtSup === "on") return pass;
    if (isLate(vcpus) || isLate(eim) || isLate(arch) || isLate(guest.machine)) {
      return undetermined("the guest's vCPUs, machine or IOMMU are known only at apply");
    }
    if (arch === undefined) return needsFacts(host);
    if (!isX86(arch)) return notApplicable;
    const machine = machineOf(guest);
    if (machine === undefined) return needsFacts(host);
    // No other machine has room for so many: VIRT-CPU-003.
    if (!isQ35Machine(machine)) return notApplicable;
    const adds = isAtLeast(host.facts?.data.libvirtVersion, ADDED_BY_LIBVIRT);
    if (adds === undefined) return needsFacts(host);
    if (adds) return pass;
    return fail({
      at: "devices.iommu.driver.eim",
      message: `"${label}" can have ${vcpus} vCPUs; above ${WITHOUT_EIM} libvirt ${host.facts?.data.libvirtVersion} on "${host.label}" wants an IOMMU with extended interrupt mode.`,
      fix: `set devices.iommu to { model: "intel", driver: { intRemap: "on", eim: "on" } } and features.ioapic to { driver: "qemu" }, or vcpu to at most ${WITHOUT_EIM}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ vcpu: 260 }),
    good: (plan) =>
      plan.kvm({
        vcpu: 260,
        features: { ioapic: { driver: "qemu" } },
        devices: { iommu: { model: "intel", driver: { int_remap: "on", eim: "on" } } },
      }),
  },
  alsoFails: ["VIRT-CAP-005", "VIRT-CPU-023"],
});
