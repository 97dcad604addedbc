import { somethingToBoot } from "../../../lib/rules/boot/something-to-boot";
import { RuleTester } from "../../../lib/testing";

const disk = (more: Record<string, unknown> = {}) => ({ target: { dev: "vda", bus: "virtio" }, ...more });
const FILE = { source: { file: { file: "/d" } } };
const network = { os: { boot_devices: [{ dev: "hd" }, { dev: "network" }] } };

RuleTester.run(somethingToBoot, {
  fails: {
    "no disks": {
      plan: (t) => t.kvm({ name: "a", devices: { disks: [] } }),
      message: '"a" has nothing to boot: no disk, no kernel, and the network is not in its boot list.',
      fix: 'set os.bootDevices to [{ dev: "network" }]',
      at: "devices.disks",
      severity: "warning",
    },
    "an empty drive": {
      plan: (t) => t.tcg({ devices: { disks: [disk({ device: "cdrom" })] } }),
      message: "no medium in a drive",
    },
    "the network without an interface": (t) => t.kvm({ ...network, devices: { disks: [], interfaces: [] } }),
    "UEFI without an interface": (t) =>
      t.kvm({ os: { firmware: "efi" }, devices: { disks: [], interfaces: [] } }),
  },
  passes: {
    "a disk": (t) => t.kvm(),
    "a medium": (t) => t.kvm({ devices: { disks: [disk({ device: "cdrom", ...FILE })] } }),
    "a kernel": (t) => t.kvm({ os: { kernel: "/k" }, devices: { disks: [] } }),
    "the network": (t) => t.kvm({ ...network, devices: { disks: [] } }),
    "the network by an interface's order": (t) =>
      t.kvm({ devices: { disks: [], interfaces: [{ boot: { order: 1 } }] } }),
    "UEFI, which tries the network": (t) => t.kvm({ os: { firmware: "efi" }, devices: { disks: [] } }),
    "a device of the host": (t) =>
      t.kvm({ devices: { disks: [], hostdevs: [{ subsys_pci: { source: { address: { bus: 1 } } } }] } }),
    "a source that is known only at apply": (t) =>
      t.kvm({ devices: { disks: [disk({ source: { file: { file: "${var.file}" } } })] } }),
    "a Xen guest": (t) => t.xenHvm({ devices: { disks: [] } }),
  },
  undetermined: {
    "boot devices that are known only at apply": (t) =>
      t.kvm({ os: { boot_devices: "${var.list}" }, devices: { disks: [], interfaces: [] } }),
  },
});
