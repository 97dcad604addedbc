import { hostDeviceUsedOnce } from "../../../lib/rules/pci/host-device-used-once";
import { RuleTester } from "../../../lib/testing";

const given = (name: string, ...hostdevs: unknown[]) => ({ name, devices: { hostdevs } });
const pci = (address: object) => ({ subsys_pci: { source: { address } } });
const gpu = pci({ domain: 0, bus: 0x65, slot: 0, function: 0 });
const usbIds = (vendor: string, product: string) => ({
  subsys_usb: { source: { vendor: { id: vendor }, product: { id: product } } },
});
const usbAt = (bus: number, device: number) => ({ subsys_usb: { source: { address: { bus, device } } } });
const scsi = (unit: number, shareable?: boolean) => ({
  subsys_scsi: {
    shareable,
    source: { host: { adapter: { name: "scsi_host2" }, address: { bus: 0, target: 1, unit } } },
  },
});
const mdev = (uuid: string) => ({ subsys_m_dev: { source: { address: { uuid } } } });
const vhost = (wwpn: string) => ({ subsys_scsi_host: { source: { protocol: "vhost", wwpn } } });
const UUID = "c2177883-f1bb-47f0-914d-32a22e3a8804";

const mouse = (name: string, device: number, productId = "0xc52b") => ({
  name,
  kind: "usb" as const,
  vendorId: "0x046d",
  productId,
  usbAddress: { bus: 1, device },
});

RuleTester.run(hostDeviceUsedOnce, {
  fails: {
    "a PCI device in two guests": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvm(given("a", gpu))
          .kvm(given("b", usbAt(1, 2), gpu))
          .kvm({ name: "c" }),
      message: 'PCI device 0000:65:00.0 of "h1" is given to "a" and "b", and only one can have it.',
      fix: "give each guest a device of its own, or set running to false on all but one",
      severity: "error",
      at: "devices.hostdevs[0]",
      places: ["a", "b"],
    },
    "a PCI device whose absent numbers are zero": (t) =>
      t.kvm(given("a", gpu)).kvm(given("b", pci({ bus: 0x65 }))),
    "a PCI device in three guests, once": {
      plan: (t) => t.kvm(given("a", gpu)).kvm(given("b", gpu)).kvm(given("c", gpu)),
      message: 'is given to "a", "b" and "c"',
      places: ["a", "b", "c"],
    },
    "two devices in the same two guests": {
      plan: (t) => t.kvm(given("a", gpu, usbAt(1, 2))).kvm(given("b", usbAt(1, 2), gpu)),
      count: 2,
    },
    "an assigned device and an interface that is the same": (t) =>
      t.kvm(given("a", gpu)).kvm({
        name: "b",
        devices: { interfaces: [{ source: { hostdev: { pci: { address: { bus: 0x65 } } } } }] },
      }),
    "an assigned USB device and an interface that is the same": (t) =>
      t.kvm(given("a", usbAt(1, 4))).kvm({
        name: "b",
        devices: { interfaces: [{ source: { hostdev: { usb: { address: { bus: 1, device: 4 } } } } }] },
      }),
    "a USB device by its ids, however they are written": {
      plan: (t) => t.kvm(given("a", usbIds("0x046D", "0xc52b"))).kvm(given("b", usbIds("46d", "0xC52B"))),
      message: "USB device 046d:c52b",
    },
    "a USB device by its place": {
      plan: (t) => t.kvm(given("a", usbAt(1, 4))).kvm(given("b", usbAt(1, 4))),
      message: "USB device 001:004",
    },
    "a USB device by its ids and by its place, which the facts join": (t) =>
      t
        .kvmHost("h1", { facts: { nodeDevices: [mouse("usb_1_4", 4), mouse("usb_1_5", 5, "0x0001")] } })
        .kvm(given("a", usbIds("0x046d", "0xc52b")))
        .kvm(given("b", usbAt(1, 4))),
    "a SCSI device that only one shares": {
      plan: (t) => t.kvm(given("a", scsi(3, true))).kvm(given("b", scsi(3))),
      message: "SCSI device scsi_host2 0:1:3",
    },
    "a mediated device, in any case": {
      plan: (t) => t.kvm(given("a", mdev(UUID))).kvm(given("b", mdev(UUID.toUpperCase()))),
      message: `mediated device ${UUID}`,
    },
    "a SCSI host": {
      plan: (t) => t.kvm(given("a", vhost("naa.5"))).kvm(given("b", vhost("naa.5"))),
      message: "SCSI host naa.5",
    },
    "instances of one guest": {
      plan: (t) => t.kvm({ ...given("a", gpu), count: 2 }),
      message: 'is given to 2 instances of "a"',
      places: ["a"],
    },
    "a USB device of two Xen guests": (t) =>
      t.xenHvm(given("a", usbAt(1, 4))).xenHvm(given("b", usbAt(1, 4))),
    "guests that share a host by its URI": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("again", { uri: "qemu+ssh://h1/system" })
        .kvm({ ...given("a", gpu), host: "h1" })
        .kvm({ ...given("b", gpu), host: "again" }),
    "guests of which one starts with its host alone": (t) =>
      t.kvm(given("a", gpu)).kvm({ ...given("b", gpu), running: false, autostart: true }),
    "guests of which all but one are switched off, as a warning": {
      plan: (t) => t.kvm(given("a", gpu)).kvm({ ...given("b", gpu), running: false }),
      severity: "warning",
      message: 'is given to "a" and "b": they cannot run at the same time.',
      fix: "keep all but one of them switched off",
    },
    "guests that say nothing of running": (t) =>
      t.kvm({ ...given("a", gpu), running: null }).kvm({ ...given("b", gpu), running: null }),
  },
  passes: {
    "devices of their own": (t) =>
      t
        .kvm(given("a", gpu, usbAt(1, 4), scsi(1), mdev(UUID), usbIds("0x1", "0x2")))
        .kvm(
          given("b", pci({ bus: 0x65, function: 1 }), usbAt(1, 5), scsi(2), mdev("x"), usbIds("0x1", "0x3")),
        ),
    "a SCSI device that both share": (t) => t.kvm(given("a", scsi(3, true))).kvm(given("b", scsi(3, true))),
    "one device on two hosts": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2")
        .kvm({ ...given("a", gpu), host: "h1" })
        .kvm({ ...given("b", gpu), host: "h2" }),
    "a USB device by its ids and another of that kind by its place": (t) =>
      t
        .kvmHost("h1", { facts: { nodeDevices: [mouse("usb_1_4", 4), mouse("usb_1_5", 5)] } })
        .kvm(given("a", usbIds("0x046d", "0xc52b")))
        .kvm(given("b", usbAt(1, 4))),
    "two USB devices of one bus, by ids and by place": (t) =>
      t
        .kvmHost("h1", { facts: { nodeDevices: [mouse("usb_1_4", 4), mouse("usb_1_5", 5, "0x0001")] } })
        .kvm(given("a", usbIds("0x046d", "0xc52b")))
        .kvm(given("b", usbAt(1, 5))),
    "USB devices by their ports, which libvirt does not tell apart before it starts": (t) =>
      t
        .kvm(given("a", { subsys_usb: { source: { address: { port: "1" } } } }))
        .kvm(given("b", { subsys_usb: { source: { address: { port: "2" } } } })),
    "a device that one guest names twice: that is another rule's": (t) => t.kvm(given("a", gpu, gpu)),
    "one instance": (t) => t.kvm({ ...given("a", gpu), count: 1 }),
    "a guest of no instance": (t) => t.kvm(given("a", gpu)).kvm({ ...given("b", gpu), count: 0 }),
    "interfaces on a network of devices, where libvirt takes a free one": (t) =>
      t
        .network("vf", { forward: { mode: "hostdev", pfs: [{ dev: "eth0" }] }, ips: null })
        .kvm({ devices: { interfaces: [{ source: { network: { network: "vf" } } }] } })
        .kvm({ devices: { interfaces: [{ source: { network: { network: "vf" } } }] } }),
    "devices without an address: that is another rule's": (t) =>
      t
        .kvm(given("a", { subsys_pci: {} }, { subsys_usb: {} }, { subsys_scsi: {} }, {}))
        .kvm(given("b", { subsys_pci: {} })),
    "a single device known only at apply": (t) => t.kvm(given("a", pci({ bus: "${var.bus}" }))),
    "guests without host devices": (t) => t.kvm().kvm(),
  },
  undetermined: {
    "a device known only at apply beside another": {
      plan: (t) => t.kvm(given("a", gpu)).kvm(given("b", pci({ bus: "${var.bus}" }))),
      reason: "a host device is known only at apply",
    },
    "a USB place known only at apply": (t) =>
      t
        .kvm(given("a", gpu))
        .kvm(given("b", { subsys_usb: { source: { address: { bus: "${var.b}", device: 1 } } } })),
    "a USB place known only at apply beside ids": (t) =>
      t.kvm(given("a", usbIds("0x1", "0x2"))).kvm(
        given("b", {
          subsys_usb: {
            source: {
              vendor: { id: "0x1" },
              product: { id: "0x2" },
              address: { bus: "${var.b}", device: 1 },
            },
          },
        }),
      ),
    "devices known only at apply": (t) =>
      t.kvm(given("a", gpu)).kvm({ name: "b", devices: { hostdevs: "${var.devices}" } }),
    "an interface's device known only at apply": (t) =>
      t.kvm(given("a", gpu)).kvm({
        name: "b",
        devices: { interfaces: [{ source: { hostdev: { pci: { address: { bus: "${var.bus}" } } } } }] },
      }),
    "a device of each instance": {
      plan: (t) => t.kvm({ ...given("a", pci({ bus: 1, slot: "${count.index}" })), count: 2 }),
      reason: "a host device is known only at apply",
    },
    "a number of instances known only at apply": {
      plan: (t) => t.kvm({ ...given("a", gpu), count: "${var.n}" }),
      reason: "which guests run together is known only at apply",
    },
    "running known only at apply": (t) =>
      t.kvm(given("a", gpu)).kvm({ ...given("b", gpu), running: "${var.on}" }),
  },
});
