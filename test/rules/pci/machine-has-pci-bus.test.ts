import { machineHasPciBus } from "../../../lib/rules/pci/machine-has-pci-bus";
import { RuleTester } from "../../../lib/testing";

const OFF = { mem_balloon: { model: "none" }, controllers: [{ type: "usb", model: "none" }] };
const NONE = { disks: [], interfaces: [], channels: [] };
const guest = (type_machine: string, devices: object) => ({
  name: "web",
  os: { type_machine },
  devices: { ...NONE, ...devices },
});
const with_ = (devices: object) => guest("microvm", { ...OFF, ...devices });

RuleTester.run(machineHasPciBus, {
  fails: {
    "microvm as libvirt makes it": {
      plan: (t) => t.kvm(guest("microvm", {})),
      message:
        'Machine microvm of "web" has no PCI bus, and the guest has a memory balloon (libvirt adds one) and a USB controller (libvirt adds one).',
      fix: 'use machine "q35"',
      at: "os.typeMachine",
    },
    "isapc, to which libvirt adds a balloon alone": {
      plan: (t) => t.kvm(guest("isapc", {})),
      message: "and the guest has a memory balloon (libvirt adds one).",
    },
    "a balloon and a USB controller that are asked for": {
      plan: (t) =>
        t.kvm(
          guest("isapc", {
            mem_balloon: { model: "virtio" },
            controllers: [{ type: "usb", model: "qemu-xhci" }],
          }),
        ),
      message: "has a memory balloon and a USB controller.",
    },
    disks: {
      plan: (t) =>
        t.kvm(with_({ disks: [{ target: { dev: "vda" } }, { target: { dev: "sda", bus: "sata" } }] })),
      message: "has disks on bus virtio and disks on bus sata",
    },
    "cards and inputs": {
      plan: (t) =>
        t.kvm(
          with_({
            videos: [{ model: { type: "vga" } }],
            inputs: [{ type: "tablet", bus: "virtio" }],
            channels: [{ source: { pty: {} }, target: { virt_io: { name: "a" } } }],
            interfaces: [{ source: { user: {} } }],
          }),
        ),
      message: "a video card, virtio input devices, virtio channels and network cards",
    },
    "USB devices of isapc": {
      plan: (t) =>
        t.kvm(guest("isapc", { mem_balloon: { model: "none" }, inputs: [{ type: "tablet", bus: "usb" }] })),
      message: "and the guest has USB devices.",
    },
    graphics: {
      plan: (t) => t.kvm(with_({ graphics: [{ vnc: {} }] })),
      message: "graphics (libvirt adds a video card)",
    },
  },
  passes: {
    "nothing on PCI": (t) => t.kvm(with_({ serials: [{}], videos: [{ model: { type: "ramfb" } }] })),
    "a PCI bus by hand": (t) =>
      t.kvm(guest("microvm", { controllers: [{ type: "pci", index: 0, model: "pci-root" }] })),
    "a machine with PCI": (t) => t.kvm(guest("q35", {})),
    "a late machine": (t) => t.kvm(guest("${var.machine}", {})),
    "late devices": (t) =>
      t.kvm(
        guest("microvm", {
          mem_balloon: { model: "${var.model}" },
          controllers: [{ type: "usb", model: "${var.model}" }],
        }),
      ),
  },
});
