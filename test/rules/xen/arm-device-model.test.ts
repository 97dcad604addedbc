import { armDeviceModel } from "../../../lib/rules/xen/arm-device-model";
import { RuleTester } from "../../../lib/testing";
import { facts } from "../../support/program";

const captured = facts("xen-arm64");
const ofArm = { os: { type_arch: "aarch64", type_machine: "xenpv" } };
const disk = (dev: string, name: unknown) => ({
  source: { file: { file: `/srv/${dev}.img` } },
  target: { dev, bus: "xen" },
  driver: { name, type: "raw" },
});
const guest = (devices: object) => ({ name: "a", ...ofArm, devices: { disks: [], ...devices } });

RuleTester.run(armDeviceModel, {
  fails: {
    "disks of QEMU": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: captured })
          .xenPv(guest({ disks: [disk("xvda", "phy"), disk("xvdb", "qemu"), disk("xvdc", "qemu")] })),
      severity: "warning",
      message: '"a" has disk xvdb of driver qemu and disk xvdc of driver qemu: on ARM dom0 needs a QEMU',
      fix: "driver phy",
      at: "devices.disks[1].driver.name",
      places: ["a"],
    },
    "a display": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: captured })
          .xenPv(guest({ graphics: [{ vnc: { auto_port: true } }, { vnc: {} }] })),
      message: '"a" has a display: ',
    },
    "a guest of that architecture on a host without facts": (t) =>
      t.xenHost("xen1", { facts: null }).xenPv(guest({ disks: [disk("xvda", "qemu")] })),
  },
  passes: {
    "what dom0's kernel serves": (t) =>
      t.xenHost("xen1", { facts: captured }).xenPv(guest({ disks: [disk("xvda", "phy")] })),
    "a driver that is late": (t) =>
      t.xenHost("xen1", { facts: captured }).xenPv(guest({ disks: [disk("xvda", "${var.driver}")] })),
    "a kind of guest that ARM does not have": (t) =>
      t.xenHost("xen1", { facts: captured }).xenHvm({ os: { type_arch: "aarch64" } }),
    "no devices": (t) => t.xenHost("xen1", { facts: captured }).xenPv(guest({})),
    "a host of x86": (t) => t.xenPv(),
  },
});
