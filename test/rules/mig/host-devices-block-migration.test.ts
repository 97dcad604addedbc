import { hostDevicesBlockMigration } from "../../../lib/rules/mig/host-devices-block-migration";
import { RuleTester } from "../../../lib/testing";

const intent = { migratable: true };
const given = (...hostdevs: unknown[]) => ({ name: "gpu1", intent, devices: { hostdevs } });
const pci = { subsys_pci: { source: { address: { bus: 0x65 } } } };
const mdev = { subsys_m_dev: { source: { address: { uuid: "c2177883" } } } };
const usb = { subsys_usb: { source: { address: { bus: 1, device: 2 } } } };
const scsi = { subsys_scsi: { source: { host: { adapter: { name: "scsi_host2" } } } } };
const vhost = { subsys_scsi_host: { source: { wwpn: "naa.5" } } };
const qemu = (hypervisorVersion: string | undefined) => ({ facts: { hypervisorVersion } });

RuleTester.run(hostDevicesBlockMigration, {
  fails: {
    "a PCI device": {
      plan: (t) => t.kvm(given(usb, pci)),
      message:
        '"gpu1" must stay migratable but is given PCI device 0000:65:00.0: QEMU before 8.1 migrates no such device.',
      fix: 'teaming type "transient"',
      severity: "error",
      at: "devices.hostdevs[1]",
      places: ["gpu1"],
    },
    "a mediated device": {
      plan: (t) => t.kvm(given(mdev)),
      fix: "remove the device, or take back migratable",
    },
    "a SCSI host": { plan: (t) => t.kvm(given(vhost)), message: "vhost-scsi blocks migration" },
    "a SCSI host under a new QEMU": (t) => t.kvmHost("h1", qemu("9.2.0")).kvm(given(vhost)),
    "an interface that is a device": {
      plan: (t) =>
        t.kvm({
          intent,
          devices: { interfaces: [{ source: { hostdev: { pci: { address: { bus: 3 } } } } }] },
        }),
      at: "devices.interfaces[0]",
    },
    "a device that stays, of a team": (t) =>
      t.kvm(given({ subsys_pci: { ...pci.subsys_pci, teaming: { type: "persistent" } } })),
    "each device": { plan: (t) => t.kvm(given(pci, mdev)), count: 2 },
    "a PCI device under the last QEMU that refuses it": (t) => t.kvmHost("h1", qemu("8.0.5")).kvm(given(pci)),
    "a PCI device under a QEMU of which nothing is known": (t) =>
      t.kvmHost("h1", { facts: null }).kvm(given(pci)),
    "a PCI device under the first QEMU that leaves it to the driver, as a warning": {
      plan: (t) => t.kvmHost("h1", qemu("8.1.0")).kvm(given(pci)),
      severity: "warning",
      message: "QEMU migrates it only if the device's own driver can",
    },
    "a SCSI device, as a warning": {
      plan: (t) => t.kvmHost("h1", qemu("6.0.0")).kvm(given(scsi)),
      severity: "warning",
      message: "only to a host that has the same device under the same address",
      fix: "remove the device",
    },
    "a SCSI device under a QEMU of which nothing is known, as a warning": {
      plan: (t) => t.kvmHost("h1", qemu(undefined)).kvm(given(scsi)),
      severity: "warning",
    },
    "a SCSI device under an old QEMU": {
      plan: (t) => t.kvmHost("h1", qemu("5.2.0")).kvm(given(scsi)),
      message: "with a QEMU before 6.0",
    },
    "any device of a Xen guest": {
      plan: (t) => t.xenHvm(given(usb)),
      message: "Xen migrates no guest with a host device",
      fix: "remove the device",
    },
    "a PCI device of a Xen guest": { plan: (t) => t.xenPv(given(pci)), fix: "remove the device" },
    "devices of a Xen guest that are known only at apply": (t) =>
      t.xenHvm({ intent, devices: { hostdevs: "${var.devices}" } }),
  },
  passes: {
    "a USB device": (t) => t.kvm(given(usb)),
    "a device that leaves its team before": (t) =>
      t.kvm(
        given({ subsys_pci: { ...pci.subsys_pci, teaming: { type: "transient", persistent: "ua-net0" } } }),
      ),
    "an interface that leaves its team before": (t) =>
      t.kvm({
        intent,
        devices: {
          interfaces: [
            { source: { hostdev: { pci: { address: { bus: 3 } } } }, teaming: { type: "transient" } },
            { source: { network: { network: "default" } }, teaming: { type: "persistent" } },
          ],
        },
      }),
    "a guest that need not migrate": (t) => t.kvm({ devices: { hostdevs: [pci] } }),
    "a guest that must not migrate": (t) => t.kvm({ ...given(pci), intent: { migratable: false } }),
    "a migratable guest without host devices": (t) => t.kvm({ intent }).xenPv({ intent }),
    "a guest of another hypervisor": (t) => t.kvm({ ...given(pci), type: "lxc" }),
  },
  undetermined: {
    "devices known only at apply": {
      plan: (t) => t.kvm({ intent, devices: { hostdevs: "${var.devices}" } }),
      reason: "the host devices of a guest are known only at apply",
    },
    "a type known only at apply": {
      plan: (t) => t.kvm({ ...given(pci), type: "${var.type}" }),
      reason: "the type of a guest is known only at apply",
    },
  },
});
