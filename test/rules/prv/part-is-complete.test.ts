import { partIsComplete } from "../../../lib/rules/prv/part-is-complete";
import { RuleTester } from "../../../lib/testing";

const device = (given: unknown) => ({ name: "web", block_io_tune: { device: [given] } });

RuleTester.run(partIsComplete, {
  fails: {
    "block I/O of no device": {
      plan: (t) => t.kvm(device({ weight: 200 })),
      message: 'blockIoTune.device[0] of "web" lacks path: the device whose I/O it weighs or limits.',
      fix: "set path, or remove blockIoTune.device[0]",
      at: "blockIoTune.device[0]",
    },
    "an empty path, which the provider leaves out": (t) => t.kvm(device({ path: "" })),
    "a resource of nothing": {
      plan: (t) => t.kvm({ resource: { fibre_channel: { app_id: "" } } }),
      message: "lacks partition and fibreChannel",
    },
    "an interface on a device without address": {
      plan: (t) =>
        t.kvm({ devices: { interfaces: [{ source: { hostdev: { usb: { vendor: { id: "0x1" } } } } }] } }),
      message: "lacks address: the address of the device",
      at: "devices.interfaces[0].source.hostdev.usb",
    },
    "SEV without policy": (t) => t.kvm({ launch_security: { sev: { cbit_pos: 47 } } }),
  },
  passes: {
    "whole parts": (t) =>
      t
        .kvm(device({ path: "/dev/sda" }))
        .kvm({ resource: { partition: "/machine" } })
        .kvm({ resource: { fibre_channel: { app_id: "app" } } })
        .kvm({ launch_security: { sev: { policy: 0 } } }),
  },
  undetermined: {
    "a late path": {
      plan: (t) => t.kvm(device({ path: "${var.path}" })),
      reason: "path of blockIoTune.device",
    },
    "a late device": (t) => t.kvm(device("${var.device}")),
  },
});
