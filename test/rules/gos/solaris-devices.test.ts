import { solarisDevices } from "../../../lib/rules/gos/solaris-devices";
import { RuleTester } from "../../../lib/testing";

const solaris = (bus: string, dev: string, model: string, os = "solaris-11.4") => ({
  name: "a",
  intent: { os },
  devices: { disks: [{ target: { dev, bus } }], interfaces: [{ model: { type: model } }] },
});

RuleTester.run(solarisDevices, {
  fails: {
    "a virtio disk": {
      plan: (t) => t.kvm(solaris("virtio", "vda", "e1000")),
      message: 'Disk vda of "a" is virtio, for which Oracle Solaris 11.4 is not known to have drivers.',
      at: "devices.disks[0].target.bus",
    },
    "a virtio network card": {
      plan: (t) => t.tcg(solaris("ide", "hda", "virtio", "solaris-10")),
      fix: 'set the model to "e1000"',
      at: "devices.interfaces[0].model.type",
    },
  },
  passes: {
    "emulated devices": (t) => t.kvm(solaris("sata", "sda", "e1000")),
    "illumos, which has the drivers": (t) => t.kvm(solaris("virtio", "vda", "virtio", "omnios")),
    "other systems and hypervisors": (t) => t.kvm().xenHvm({ intent: { os: "solaris-11.4" } }),
  },
  undetermined: {
    "a late bus": (t) => t.kvm(solaris("${var.bus}", "sda", "e1000")),
    "a late model": (t) => t.kvm(solaris("sata", "sda", "${var.model}")),
  },
});
