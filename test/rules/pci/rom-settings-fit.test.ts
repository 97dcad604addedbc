import { romSettingsFit } from "../../../lib/rules/pci/rom-settings-fit";
import { RuleTester } from "../../../lib/testing";

const nic = (rom: unknown) => ({ source: { network: { network: "default" } }, rom });
const pci = (rom: unknown) => ({
  subsys_pci: { source: { address: { domain: 0, bus: 6, slot: 2, function: 0 } } },
  rom,
});
const guest = (devices: object) => ({ name: "web", devices });

RuleTester.run(romSettingsFit, {
  fails: {
    "a bar of what is off": {
      plan: (t) => t.kvm(guest({ interfaces: [nic({ enabled: "no", bar: "off" })] })),
      message: 'devices.interfaces[0].rom of "web" is off (enabled no) and sets bar.',
      fix: "remove bar, or enabled",
      at: "devices.interfaces[0].rom.bar",
    },
    "a file of what is off": (t) => t.kvm(guest({ hostdevs: [pci({ enabled: "no", file: "/r" })] })),
  },
  passes: {
    "a ROM that is off": (t) => t.kvm(guest({ interfaces: [nic({ enabled: "no" })], hostdevs: [] })),
    "settings of one that is on": (t) =>
      t.kvm(guest({ interfaces: [nic({ enabled: "yes", bar: "off" })], hostdevs: [pci({ file: "/r" })] })),
  },
  undetermined: {
    "a late choice": {
      plan: (t) => t.kvm(guest({ interfaces: [nic({ enabled: "${var.on}", bar: "off" })] })),
      reason: "the ROM of a device is known only at apply",
    },
  },
});
