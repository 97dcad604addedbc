import { oneSerialPort } from "../../../lib/rules/xen/one-serial-port";
import { RuleTester } from "../../../lib/testing";

const ports = (serials: number, parallels = 0) => ({
  devices: {
    serials: Array.from({ length: serials }, (_, port) => ({ target: { port } })),
    parallels: Array.from({ length: parallels }, (_, port) => ({ target: { port } })),
  },
});

RuleTester.run(oneSerialPort, {
  fails: {
    "two serial ports": {
      plan: (t) => t.xenHost("xen1").xenHvm({ name: "a", ...ports(2) }),
      severity: "error",
      message: 'HVM guest "a" has 2 serial ports: starting it crashes libvirtd on "xen1".',
      fix: /^keep one of devices\.serials/,
      at: "devices.serials[1]",
      places: ["a"],
    },
    "a parallel port": {
      plan: (t) => t.xenHvm({ name: "a", ...ports(1, 1) }),
      message: 'HVM guest "a" has a parallel port',
      at: "devices.parallels",
    },
  },
  passes: {
    "one serial port, and none": (t) => t.xenHvm(ports(1)).xenHvm(ports(0)).xenHvm(),
    "PV and PVH guests": (t) => t.xenPv(ports(2)).xenPvh(ports(2, 1)),
    "a KVM guest": (t) => t.kvm(ports(2)),
  },
  undetermined: {
    "late serial ports": {
      plan: (t) => t.xenHvm({ devices: { serials: "${var.serials}" } }),
      reason: "the guest's serial and parallel ports are known only at apply",
    },
    "late parallel ports": (t) => t.xenHvm({ devices: { parallels: "${var.parallels}" } }),
    "a late kind of guest": {
      plan: (t) => t.xenHvm({ os: { type: "${var.type}" }, ...ports(2) }),
      reason: "the guest's type is known only at apply",
    },
  },
});
