import { controllersIgnored } from "../../../lib/rules/xen/controllers-ignored";
import { RuleTester } from "../../../lib/testing";

const controllers = (...list: [type: string, model?: string][]) => ({
  devices: { controllers: list.map(([type, model]) => ({ type, model })) },
});

RuleTester.run(controllersIgnored, {
  fails: {
    "virtio-scsi": {
      plan: (t) => t.xenHvm({ name: "a", ...controllers(["scsi", "virtio-scsi"]) }),
      severity: "warning",
      message:
        '"a" would start without its controller of type scsi and model virtio-scsi: a SCSI disk would be on an emulated lsi53c895a.',
      fix: 'remove devices.controllers[0], and put its disks on bus "xen" (xvda)',
      at: "devices.controllers[0]",
      places: ["a"],
    },
    "PCI Express": {
      plan: (t) => t.xenHvm(controllers(["usb"], ["pci", "pcie-root"])),
      at: "devices.controllers[1]",
      fix: /^remove devices\.controllers\[1\]$/,
    },
    "one finding a controller": {
      plan: (t) => t.xenPv(controllers(["sata"], ["virtio-serial"], ["nvme"], ["ccid"])),
      count: 4,
    },
  },
  passes: {
    "what the machine has": (t) =>
      t.xenHvm(controllers(["scsi"], ["scsi", "lsilogic"], ["pci", "pci-root"], ["pci"], ["ide"], ["fdc"])),
    "what Xen builds": (t) => t.xenHvm(controllers(["usb", "qusb2"], ["xenbus"])),
    "no controllers": (t) => t.xenPv(),
    "a KVM guest": (t) => t.kvm(controllers(["scsi", "virtio-scsi"])),
  },
  undetermined: {
    "a late type": {
      plan: (t) => t.xenHvm(controllers(["${var.type}"])),
      reason: "a controller is known only at apply",
    },
    "a late model": (t) => t.xenHvm(controllers(["scsi", "${var.model}"])),
    "late controllers": (t) => t.xenHvm({ devices: { controllers: "${var.controllers}" } }),
  },
});
