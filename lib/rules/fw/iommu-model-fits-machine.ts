import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { anyOf } from "../hyp/offers";
import { isQ35Machine, machineOf } from "../machine";

/** On which machines each model exists: Q35 or ARM's virt. */
const MACHINES: Readonly<Record<string, readonly ("q35" | "virt")[]>> = {
  intel: ["q35"],
  amd: ["q35"],
  smmuv3: ["virt"],
  virtio: ["q35", "virt"],
};
/** All settings of driver are of Intel's or AMD's. */
const WITHOUT_DRIVER = ["virtio", "smmuv3"];

/** The guest's IOMMU is a part of its chipset. */
export const iommuModelFitsMachine = defineRule({
  code: "VIRT-FW-013",
  slug: "iommu-model-fits-machine",
  severity: "error",
  stage: "define",
  title: "The guest's IOMMU must be a model of its machine",
  why: "Model intel exists on Q35, smmuv3 on ARM's virt machine, virtio on both and only with ACPI, which describes it to the guest. libvirt refuses them on other machines, and settings of driver for smmuv3 and virtio.",
  fix: "Use model intel on Q35 and smmuv3 on ARM, or virtio with features.acpi.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefIOMMU; domain_validate.c virDomainIOMMUDefValidate",
    "libvirt NEWS 11.5.0 or later: model amd",
    "tried: libvirt 9.0.0, define of intel on pc: only supported with Q35 machines; of virtio on pc: Q35 and ARM Virt machines; of smmuv3 on q35: ARM Virt machines; of virtio without ACPI: requires ACPI; of virtio and smmuv3 with driver: doesn't support additional attributes; of no model: Missing required attribute 'model'; intel on q35 without ACPI starts",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.iommu"),
  *check(guest): Iterable<Outcome> {
    const { arch, host, label, domain } = guest;
    const iommu = domain.devices?.iommu;
    if (iommu === undefined) return yield notApplicable;
    const { model, driver } = iommu;
    if (isLate(model)) return yield undetermined("the model of the IOMMU is known only at apply");
    const at = "devices.iommu.model";
    const machines = MACHINES[model ?? ""];
    if (machines === undefined) {
      yield fail({
        at,
        message: `The IOMMU of "${label}" has ${model ? `model ${model}, which QEMU does not have` : "no model"}.`,
        fix: `set devices.iommu.model to ${anyOf(["intel", "virtio", "smmuv3"])}`,
      });
      return;
    }
    if (WITHOUT_DRIVER.includes(model) && Object.values(driver ?? {}).some((value) => value !== undefined)) {
      yield fail({
        at: "devices.iommu.driver",
        message: `The IOMMU of "${label}" is of model ${model}, which has no settings (driver).`,
        fix: "remove driver",
      });
    }
    if (isLate(arch) || isLate(guest.machine))
      return yield undetermined("the guest's machine is known only at apply");
    const machine = machineOf(guest);
    if (arch === undefined || machine === undefined) return yield needsFacts(host);
    const kind = isQ35Machine(machine)
      ? "q35"
      : /^virt(-|$)/.test(machine) && isArm(arch)
        ? "virt"
        : undefined;
    if (kind === undefined || !machines.includes(kind)) {
      const fitting = Object.keys(MACHINES).filter(
        (each) => kind && MACHINES[each]!.includes(kind) && each !== "amd",
      );
      yield fail({
        at,
        message: `The IOMMU of "${label}" is of model ${model}, which exists on ${anyOf(machines.map((each) => (each === "q35" ? "q35" : "ARM's virt")))} only; the machine is ${machine}.`,
        fix:
          fitting.length > 0
            ? `set devices.iommu.model to ${anyOf(fitting)}`
            : machines.includes("q35") && !isArm(arch)
              ? 'set os.typeMachine to "q35"'
              : "remove devices.iommu",
      });
    } else if (model === "virtio" && domain.features?.acpi !== true) {
      if (isLate(domain.features?.acpi)) return yield undetermined("features.acpi is known only at apply");
      yield fail({
        at: "features.acpi",
        message: `The IOMMU of "${label}" is of model virtio, which the guest finds through ACPI, and features.acpi is off.`,
        fix: "set features.acpi to true",
      });
    } else yield pass;
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { type_machine: "pc" }, devices: { iommu: { model: "intel" } } }),
    good: (plan) => plan.kvm({ os: { type_machine: "q35" }, devices: { iommu: { model: "intel" } } }),
  },
});

function isArm(arch: string): boolean {
  return arch === "aarch64" || arch === "armv7l" || arch === "armv6l";
}
