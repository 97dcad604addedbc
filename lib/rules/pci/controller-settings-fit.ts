import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesControllers } from "../../provider/domain";
import { defineRule } from "../../rule";
import { checkSettings, type Devices, type Kind, settingSome, statedBy } from "../settings";

type Controller = Planned<DomainDevicesControllers>;

const TYPE = statedBy<Controller>("type", "type", ({ type }) => type);

const VIRTIO_SCSI = ["virtio-scsi", "virtio-transitional", "virtio-non-transitional"];
/** The model of a SCSI controller, which libvirt chooses where none is stated; of others their type says enough. */
const MODEL: Kind<Controller> = {
  ...statedBy("model", "model", modelOf),
  become: () => 'use type "scsi" with model "virtio-scsi"',
};

/** Which types of controller have each model. */
const MODELS: readonly (readonly [models: readonly string[], types: readonly string[]])[] = [
  [
    [
      "auto",
      "buslogic",
      "lsilogic",
      "lsisas1068",
      "lsisas1078",
      "vmpvscsi",
      "ibmvscsi",
      "virtio-scsi",
      "ncr53c90",
      "dc390",
      "am53c974",
    ],
    ["scsi"],
  ],
  [
    ["virtio-transitional", "virtio-non-transitional"],
    ["scsi", "virtio-serial"],
  ],
  [["virtio"], ["virtio-serial"]],
  [["piix3", "piix4", "ich6"], ["ide"]],
  [
    [
      "piix3-uhci",
      "piix4-uhci",
      "ehci",
      "ich9-ehci1",
      "ich9-uhci1",
      "ich9-uhci2",
      "ich9-uhci3",
      "vt82c686b-uhci",
      "pci-ohci",
      "nec-xhci",
      "qemu-xhci",
      "none",
    ],
    ["usb"],
  ],
  [
    [
      "pci-root",
      "pcie-root",
      "pci-bridge",
      "dmi-to-pci-bridge",
      "pcie-to-pci-bridge",
      "pcie-root-port",
      "pcie-switch-upstream-port",
      "pcie-switch-downstream-port",
      "pci-expander-bus",
      "pcie-expander-bus",
    ],
    ["pci"],
  ],
];

const CONTROLLERS: Devices<Controller> = {
  list: "devices.controllers",
  of: ({ domain }) => domain.devices?.controllers ?? [],
  label: ({ type }, index) => `Controller ${index + 1} (${type})`,
  settings: [
    ...MODELS.map(([values, only]) => ({ attribute: "model", values, kind: TYPE, only })),
    { attribute: "model", values: ["buslogic", "qusb1", "qusb2"], never: "which QEMU does not have" },
    { attribute: "type", values: ["xenbus", "isa"], never: "which QEMU does not have" },
    ...["queues", "cmdPerLun", "maxSectors", "ioEventFd", "ioThread"].map((setting) => ({
      attribute: `driver.${setting}`,
      kind: MODEL,
      only: VIRTIO_SCSI,
    })),
  ],
};

function modelOf({ model, type }: Controller, { arch }: PlanGuest): string | undefined {
  if (isLate(model)) return model;
  if (type !== "scsi") return type;
  if (model !== undefined && model !== "auto") return model;
  if (isLate(arch)) return arch;
  return isX86(arch) ? "lsilogic" : undefined;
}

/** A controller is of a type, and each type has models and settings of its own. */
export const controllerSettingsFit = defineRule({
  code: "VIRT-PCI-082",
  slug: "controller-settings-fit",
  severity: "error",
  stage: "define",
  title: "The model and the settings of a controller must be those of its type",
  why: "libvirt knows models of SCSI, USB, PCI, IDE and virtio-serial controllers, and none of the others. Queues, limits and an I/O thread are settings of virtio-scsi alone; on x86 a SCSI controller without a model is an lsilogic. Some types and models are those of other hypervisors.",
  fix: "Use a model of the controller's type, and virtio-scsi for queues and I/O threads.",
  sources: [
    "libvirt domain_conf.c virDomainControllerModelTypeFromString; domain_postparse.c virDomainControllerDefPostParse; qemu_validate.c qemuValidateDomainDeviceDefControllerAttributes, qemuValidateCheckSCSIControllerModel; qemu_domain.c qemuDomainGetSCSIControllerModel, qemuDomainControllerDefPostParse",
    "tried: libvirt 9.0.0, define of sata, fdc and ccid with any model, of scsi with piix3: Unknown model type; of scsi buslogic: Unsupported controller model; of usb qusb1: not supported in qemu; of xenbus and isa: Cannot automatically add a new PCI bus for a device with connect flags 00; of iothread, queues, cmd_per_lun, max_sectors and ioeventfd on lsilogic, on scsi without a model and on sata: only supported for virtio scsi controllers; scsi auto is lsilogic",
  ],
  needs: ["guest"],
  on: settingSome(CONTROLLERS),
  check: (guest) => checkSettings(guest, CONTROLLERS),
  examples: {
    bad: (plan) => plan.kvm(withController({ driver: { queues: 4 } })),
    good: (plan) => plan.kvm(withController({ model: "virtio-scsi", driver: { queues: 4 } })),
  },
});

function withController(changes: Record<string, unknown>): Record<string, unknown> {
  return { devices: { controllers: [{ type: "scsi", ...changes }] } };
}
