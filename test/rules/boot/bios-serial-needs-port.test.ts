import { biosSerialNeedsPort } from "../../../lib/rules/boot/bios-serial-needs-port";
import { RuleTester } from "../../../lib/testing";

const guest = (devices: object, use_serial = "yes", type_arch?: string) => ({
  name: "web",
  os: { type_arch, bios: { use_serial } },
  devices: { serials: [], consoles: [], ...devices },
});

RuleTester.run(biosSerialNeedsPort, {
  fails: {
    "no port": {
      plan: (t) => t.kvm(guest({})),
      message: '"web" sends the output of its firmware to a serial port (useSerial), and has none.',
      fix: "add {} to devices.serials",
      at: "os.bios.useSerial",
    },
    "a virtio console": (t) => t.kvm(guest({ consoles: [{ target: { type: "virtio" } }] })),
    "another architecture": {
      plan: (t) => t.kvm(guest({ serials: [{}] }, "yes", "aarch64")),
      message: "is of aarch64",
    },
  },
  passes: {
    "a port": (t) => t.kvm(guest({ serials: [{}] })),
    "a console, which is a port": (t) => t.kvm(guest({ consoles: [{}] })),
    "no such output": (t) => t.kvm(guest({}, "no")),
  },
  undetermined: {
    "a late choice": {
      plan: (t) => t.kvm(guest({}, "${var.use}")),
      reason: "the serial output of the firmware is known only at apply",
    },
  },
});
