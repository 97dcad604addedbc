import { controllerSettingsFit } from "../../../lib/rules/pci/controller-settings-fit";
import { RuleTester } from "../../../lib/testing";

const guest = (...controllers: object[]) => ({ name: "web", devices: { controllers } });
const DRIVER = { queues: 4, cmd_per_lun: 50, max_sectors: 512, io_event_fd: "on", io_thread: 1 };

RuleTester.run(controllerSettingsFit, {
  fails: {
    "a model of another type": {
      plan: (t) => t.kvm(guest({ type: "sata", model: "ich6" })),
      message: 'Controller 1 (sata) of "web" sets model to ich6, which is for type ide; its type is sata.',
      fix: 'remove model, or set type to "ide"',
      at: "devices.controllers[0].model",
    },
    "models of each type elsewhere": {
      plan: (t) =>
        t.kvm(
          guest(
            ...["lsilogic", "virtio-transitional", "virtio", "piix3", "qemu-xhci", "pcie-root-port"].map(
              (model) => ({ type: "ccid", model }),
            ),
          ),
        ),
      count: 6,
      message:
        /for type scsi;[\s\S]*scsi or virtio-serial[\s\S]*for type virtio-serial;[\s\S]*ide[\s\S]*usb[\s\S]*pci/,
    },
    "what other hypervisors have": {
      plan: (t) =>
        t.kvm(
          guest(
            { type: "scsi", model: "buslogic" },
            { type: "usb", model: "qusb1" },
            { type: "xenbus" },
            { type: "isa" },
          ),
        ),
      count: 4,
      message: 'Controller 3 (xenbus) of "web" sets type to xenbus, which QEMU does not have.',
      fix: "remove model",
    },
    "settings of virtio-scsi on lsilogic": {
      plan: (t) => t.kvm(guest({ type: "scsi", model: "lsilogic", driver: DRIVER })),
      count: 5,
      message:
        "sets driver.queues to 4, which is for model virtio-scsi, virtio-transitional or virtio-non-transitional; its model is lsilogic",
      fix: 'remove driver.queues, or use type "scsi" with model "virtio-scsi"',
    },
    "on scsi without a model, and auto": {
      plan: (t) =>
        t.kvm(
          guest(
            { type: "scsi", driver: { queues: 4 } },
            { type: "scsi", model: "auto", driver: { io_thread: 1 } },
          ),
        ),
      count: 2,
    },
    "on another type": {
      plan: (t) => t.kvm(guest({ type: "sata", driver: { queues: 4 } })),
      message: "its model is sata",
    },
  },
  passes: {
    "settings of virtio-scsi": (t) =>
      t.kvm(
        guest(
          { type: "scsi", model: "virtio-scsi", driver: DRIVER },
          { type: "scsi", model: "virtio-non-transitional", driver: DRIVER },
        ),
      ),
    "models of their types": (t) =>
      t.kvm(
        guest(
          { type: "virtio-serial", model: "virtio-transitional" },
          { type: "usb", model: "none" },
          { type: "pci", model: "pcie-root", index: 0 },
          { type: "ide", model: "piix3" },
          { type: "sata" },
        ),
      ),
    "a model that a later libvirt may have": (t) => t.kvm(guest({ type: "usb", model: "xhci-9" })),
    "a Xen guest": (t) => t.xenHvm(guest({ type: "usb", model: "qusb2" }, { type: "xenbus" })),
  },
  undetermined: {
    "a late type": (t) => t.kvm(guest({ type: "${var.type}", model: "piix3" })),
    "a late model": {
      plan: (t) => t.kvm(guest({ type: "scsi", model: "${var.model}", driver: { queues: 2 } })),
      reason: "driver.queues or the model of a device is known only at apply",
    },
  },
});
