import { usbHostDeviceUnambiguous } from "../../../lib/rules/usb/usb-host-device-unambiguous";
import { RuleTester } from "../../../lib/testing";

const usb = (device: number, productId = "0x6001") => ({
  name: `usb_1_${device}`,
  kind: "usb" as const,
  vendorId: "0x0403",
  productId,
  usbAddress: { bus: 1, device },
});
const host = { facts: { nodeDevices: [usb(2), usb(3), usb(4, "0x6010")] } };
const source = (source: unknown) => ({ name: "a", devices: { hostdevs: [{ subsys_usb: { source } }] } });
const ids = (vendor: string, product: string, more: Record<string, unknown> = {}) =>
  source({ vendor: { id: vendor }, product: { id: product }, ...more });

RuleTester.run(usbHostDeviceUnambiguous, {
  fails: {
    "several of a model": {
      plan: (t) => t.kvmHost("kvm1", host).kvm(ids("0x403", "0x6001")),
      message: '"a" is given USB device 0x403:0x6001, of which "kvm1" has 2: bus 1 device 2, bus 1 device 3.',
      fix: "tell which with address.bus and address.device",
      at: "devices.hostdevs[0].subsysUsb.source",
    },
    "none of a model": {
      plan: (t) => t.kvmHost("kvm1", host).tcg(ids("0x1234", "0x6001")),
      message: 'which "kvm1" does not have.',
      fix: 'set startUpPolicy to "optional"',
    },
    "a model that is elsewhere": {
      plan: (t) => t.kvmHost("kvm1", host).kvm(ids("0x0403", "0x6001", { address: { bus: 1, device: 9 } })),
      message: 'on bus 1 as device 9, which "kvm1" does not have there',
    },
    "one id alone": {
      plan: (t) => t.kvm(source({ vendor: { id: "0x1" } })).kvm(source({ product: { id: "0x1" } })),
      message: /by its vendor \(0x1\) alone[\s\S]*by its product/,
      count: 2,
    },
    "an id without 0x": {
      plan: (t) => t.kvm(ids("1d6b", "0x0002")),
      message: 'The vendor id of a USB device of "a" is "1d6b"',
      fix: 'such as "0x1d6b"',
    },
    "an id of 0": (t) => t.kvm(ids("0x1", "0x0")),
  },
  passes: {
    "one of a model": (t) => t.kvmHost("kvm1", host).kvm(ids("0x0403", "0x6010")),
    "one of several by its place": (t) =>
      t.kvmHost("kvm1", host).kvm(ids("0x0403", "0x6001", { address: { bus: 1, device: 3 } })),
    "a device that may be absent": (t) =>
      t.kvmHost("kvm1", host).kvm(ids("0x1234", "0x1", { start_up_policy: "optional" })),
    "a place alone": (t) => t.kvmHost("kvm1", host).kvm(source({ address: { bus: 1, device: 9 } })),
    "other devices": (t) =>
      t.kvm({ devices: { hostdevs: [{ subsys_pci: { source: { address: { bus: 1 } } } }] } }).kvm(),
  },
  undetermined: {
    "an id that is known only at apply": (t) => t.kvmHost("kvm1", host).kvm(ids("${var.vendor}", "0x1")),
    "an id in octal": (t) => t.kvmHost("kvm1", host).kvm(ids("02003", "0x6001")),
    "a host without facts": (t) => t.kvmHost("kvm1", { facts: null }).kvm(ids("0x0403", "0x6001")),
  },
});
