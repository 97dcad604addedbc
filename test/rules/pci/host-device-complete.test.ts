import { hostDeviceComplete } from "../../../lib/rules/pci/host-device-complete";
import { RuleTester } from "../../../lib/testing";

const guest = (...hostdevs: unknown[]) => ({ name: "web", devices: { hostdevs } });
const pci = (more: object = {}, others: object = {}) => ({
  subsys_pci: { source: { address: { domain: 0, bus: 6, slot: 2, function: 0 } }, ...more },
  ...others,
});
const UUID = "c2177883-f1bb-47f0-914d-32a22e3a8804";
const mdev = (more: object = {}) => ({
  subsys_m_dev: { model: "vfio-pci", source: { address: { uuid: UUID } }, ...more },
});
const ADDRESS = { bus: 0, target: 0, unit: 0 };
const scsi = (source: object, more: object = {}) => ({ subsys_scsi: { source, ...more } });
const target = (source: object) => ({ subsys_scsi_host: { source } });
const NAA = "naa.5123456789abcde0";

RuleTester.run(hostDeviceComplete, {
  fails: {
    "devices of containers": {
      plan: (t) =>
        t.kvm(
          guest(
            { caps_net: { source: { interface: "eth0" } } },
            { caps_storage: { source: { block: "/dev/sdb" } } },
          ),
        ),
      count: 2,
      message: 'Host device 1 (capability) of "web" sets capsNet, which is for containers of LXC',
      at: "devices.hostdevs[0].capsNet",
    },
    "settings of others": {
      plan: (t) =>
        t.kvm(
          guest(
            pci({ source: { address: { domain: 0, bus: 6, slot: 2, function: 0 }, write_filtering: "no" } }),
            scsi({ host: { adapter: { name: "scsi_host0" }, address: ADDRESS } }, { sgio: "unfiltered" }),
          ),
        ),
      count: 2,
      message: /writeFiltering to no, which is for Xen[\s\S]*sgio to unfiltered/,
    },
    "boot from what cannot be booted from": {
      plan: (t) =>
        t.kvm(
          guest(
            { ...mdev(), boot: { order: 1 } },
            { ...target({ protocol: "vhost", wwpn: NAA }), boot: { order: 2 } },
          ),
        ),
      count: 2,
      message: "sets boot, which is for kind PCI, USB or SCSI; its kind is mediated",
      fix: "remove boot, or boot from a PCI, USB or SCSI device",
    },
    "no device": {
      plan: (t) => t.kvm(guest({ managed: true })),
      message: 'Host device 1 of "web" says nothing of the device.',
      at: "devices.hostdevs[0]",
    },
    teams: {
      plan: (t) =>
        t.kvm(guest(pci({ teaming: { type: "persistent" } }), pci({ teaming: { type: "transient" } }))),
      count: 2,
      message: /a host device is the transient one[\s\S]*does not name the persistent one/,
      at: "devices.hostdevs[0].subsysPci.teaming",
    },
    "mediated devices": {
      plan: (t) =>
        t.kvm(
          guest(mdev({ model: undefined }), mdev({ source: {} }), mdev({ display: "on" }), {
            ...mdev({ model: "vfio-ccw" }),
            boot: { order: 2 },
          }),
        ),
      count: 3,
      message: /has no model[\s\S]*has no UUID[\s\S]*the guest has no graphics/,
      fix: /\/sys\/bus\/mdev\/devices/,
    },
    "SCSI devices": {
      plan: (t) =>
        t.kvm(
          guest(
            scsi({ host: { adapter: { name: "scsi_host0" } } }),
            scsi({ host: { adapter: { name: "scsi_host0" }, address: { bus: 0, target: 0 } } }),
            scsi({ host: { adapter: { name: "" }, address: ADDRESS } }),
          ),
        ),
      count: 3,
      message: /has no address[\s\S]*an address without unit[\s\S]*names no adapter/,
    },
    "iSCSI devices": {
      plan: (t) =>
        t.kvm(
          guest(
            scsi({ iscsi: { name: "iqn.2014-08.com.example:a/1", host: [] } }),
            scsi({ iscsi: { host: [{ name: "a" }, { name: "b" }] } }),
          ),
        ),
      count: 3,
      message: /names no host; an iSCSI device is at one[\s\S]*names 2 hosts[\s\S]*has no name/,
    },
    "vhost-scsi targets": {
      plan: (t) =>
        t.kvm(
          guest(
            target({ protocol: "vhost" }),
            target({ wwpn: NAA }),
            target({ protocol: "vhost", wwpn: "5123" }),
          ),
        ),
      count: 3,
      message: /has no WWPN[\s\S]*has no protocol; vhost is all there is[\s\S]*has "5123" for a WWPN/,
      fix: /naa\. and 16 hexadecimal digits/,
    },
  },
  passes: {
    "each in full": (t) =>
      t.kvm({
        name: "web",
        devices: {
          hostdevs: [
            pci(
              { teaming: { type: "transient", persistent: "ua-n" } },
              { boot: { order: 1 }, rom: { enabled: "no" } },
            ),
            { subsys_usb: { source: { vendor: { id: "0x1234" }, product: { id: "0x1" } } } },
            mdev({ display: "on" }),
            { ...mdev({ model: "vfio-ccw" }), boot: { order: 2 } },
            scsi({ host: { adapter: { name: "scsi_host0" }, address: ADDRESS } }, { sgio: "filtered" }),
            scsi({ iscsi: { name: "iqn.2014-08.com.example:a/1", host: [{ name: "a" }] } }),
            target({ protocol: "vhost", wwpn: NAA }),
          ],
          graphics: [{ vnc: {} }],
        },
      }),
    "late names": (t) =>
      t.kvm(
        guest(
          mdev({ source: { address: { uuid: "${var.uuid}" } } }),
          target({ protocol: "vhost", wwpn: "${var.wwpn}" }),
          scsi("${var.source}" as never),
        ),
      ),
    "a Xen guest": (t) =>
      t.xenHvm(
        guest(
          pci({ source: { address: { domain: 0, bus: 6, slot: 2, function: 0 }, write_filtering: "no" } }),
        ),
      ),
  },
  undetermined: {
    "a late device": {
      plan: (t) => t.kvm(guest("${var.device}")),
      reason: "a device of the host is known only at apply",
    },
  },
});
