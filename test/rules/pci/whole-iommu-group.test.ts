import { wholeIommuGroup } from "../../../lib/rules/pci/whole-iommu-group";
import { RuleTester } from "../../../lib/testing";

const node = (fn: number, driver: string | undefined, more: Record<string, unknown> = {}) => ({
  name: `pci_0000_65_00_${fn}`,
  kind: "pci" as const,
  pciAddress: `0000:65:00.${fn}`,
  iommuGroup: 14,
  driver,
  ...more,
});
const host = (...nodeDevices: ReturnType<typeof node>[]) => ({ facts: { nodeDevices } });
const pci = (fn: unknown) => ({
  subsys_pci: { source: { address: { domain: 0, bus: 0x65, slot: 0, function: fn } } },
});
const guest = (name: string, ...fns: unknown[]) => ({ name, devices: { hostdevs: fns.map(pci) } });

RuleTester.run(wholeIommuGroup, {
  fails: {
    "a device that the host uses": {
      plan: (t) => t.kvmHost("kvm1", host(node(0, "nvidia"), node(1, "snd_hda_intel"))).kvm(guest("a", 0)),
      message:
        'PCI device 0000:65:00.0 of "a" is in IOMMU group 14 with 0000:65:00.1, which "kvm1" uses (driver snd_hda_intel).',
      fix: 'give 0000:65:00.1 to "a" as well, or bind it to vfio-pci on kvm1',
      at: "devices.hostdevs[0]",
      severity: "error",
    },
    "a device of another guest": {
      plan: (t) =>
        t
          .kvmHost("kvm1", host(node(0, "vfio-pci"), node(1, "vfio-pci")))
          .kvm(guest("a", 0))
          .kvm(guest("b", 1)),
      message: /with 0000:65:00\.1, which "b" is given[\s\S]*with 0000:65:00\.0, which "a" is given/,
      places: ["a", "b"],
      count: 2,
    },
    "a device of a guest that is switched off": {
      plan: (t) =>
        t
          .kvmHost("kvm1", host(node(0, "vfio-pci"), node(1, "vfio-pci")))
          .kvm(guest("a", 0))
          .kvm({ ...guest("b", 1), running: false }),
      severity: "warning",
      count: 2,
    },
  },
  passes: {
    "the whole group": (t) =>
      t.kvmHost("kvm1", host(node(0, "nvidia"), node(1, "snd"))).kvm(guest("a", 0, 1)),
    "others that nobody uses": (t) =>
      t.kvmHost("kvm1", host(node(0, "nvidia"), node(1, "vfio-pci"), node(2, "pci-stub"))).kvm(guest("a", 0)),
    bridges: (t) =>
      t.kvmHost("kvm1", host(node(0, "nvidia"), node(1, "pcieport", { pciBridge: true }))).kvm(guest("a", 0)),
    "another group": (t) =>
      t.kvmHost("kvm1", host(node(0, "nvidia"), node(1, "snd", { iommuGroup: 15 }))).kvm(guest("a", 0)),
    "no host devices": (t) => t.kvmHost("kvm1", { facts: null }).kvm(),
  },
  undetermined: {
    "a device that is known only at apply": (t) =>
      t.kvmHost("kvm1", host(node(0, "nvidia"))).kvm(guest("a", "${var.fn}")),
    "a group that is not known": (t) =>
      t.kvmHost("kvm1", host(node(0, "nvidia", { iommuGroup: undefined }))).kvm(guest("a", 0)),
    "a driver that is not known": (t) =>
      t.kvmHost("kvm1", host(node(0, "nvidia"), node(1, undefined))).kvm(guest("a", 0)),
    "a host without facts": (t) => t.kvmHost("kvm1", { facts: null }).kvm(guest("a", 0)),
  },
});
