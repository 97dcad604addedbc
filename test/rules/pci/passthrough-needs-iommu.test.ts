import { join } from "node:path";
import { type DomainCapabilities, HostFacts } from "../../../lib/host-facts";
import { passthroughNeedsIommu } from "../../../lib/rules/pci/passthrough-needs-iommu";
import { RuleTester } from "../../../lib/testing";

const captured = HostFacts.fromDirectory(join(__dirname, "../../data/host-facts/kvm-debian12"));
const given = (...hostdevs: unknown[]) => ({ name: "gpu1", devices: { hostdevs } });
const pci = (address: object) => ({ managed: true, subsys_pci: { source: { address } } });
const gpu = pci({ domain: 0, bus: 0x65, slot: 0, function: 0 });
const mdev = { subsys_m_dev: { source: { address: { uuid: "c2177883-f1bb-47f0-914d-32a22e3a8804" } } } };
const usb = { subsys_usb: { source: { address: { bus: 1, device: 4 } } } };
const noIommu = { iommu: false };

const capabilities = (arch: string, pciBackend: string[] | undefined): DomainCapabilities => ({
  virtType: "kvm",
  arch,
  cpuModes: {},
  cpuModels: [],
  devices: pciBackend ? { hostdev: { supported: true, enums: { pciBackend } } } : {},
  features: {},
});

RuleTester.run(passthroughNeedsIommu, {
  fails: {
    "the captured host, which has no IOMMU": {
      plan: (t) => t.kvmHost("h1", { facts: captured }).kvm(given(gpu)),
      message: '"gpu1" is given PCI device 0000:65:00.0, but "h1" has no active IOMMU.',
      fix: /enable VT-d or AMD-Vi in the firmware of h1 and intel_iommu=on .*, or use a host that has one/,
      severity: "error",
      at: "devices.hostdevs[0]",
      places: ["gpu1"],
    },
    "several devices, once, at the first": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: noIommu })
          .kvm(given(usb, gpu, pci({ domain: 1, bus: 0xaf, slot: 0x1f, function: 7 }))),
      message: "PCI device 0000:65:00.0, PCI device 0001:af:1f.7",
      at: "devices.hostdevs[1]",
    },
    "another host of the plan could take it": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: noIommu })
          .kvmHost("h2")
          .kvmHost("h3", { facts: null })
          .xenHost("x1")
          .kvm({ ...given(gpu), host: "h1" }),
      fix: 'or place "gpu1" on h2',
    },
    "an interface that is a device": {
      plan: (t) =>
        t.kvmHost("h1", { facts: noIommu }).kvm({
          devices: {
            interfaces: [{}, { source: { hostdev: { pci: { address: { bus: 3, function: 1 } } } } }],
          },
        }),
      message: "PCI device 0000:03:00.1",
      at: "devices.interfaces[1]",
    },
    "an interface on a network of devices": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: noIommu })
          .network("vf", { forward: { mode: "hostdev", pfs: [{ dev: "eth0" }] }, ips: null })
          .kvm({ devices: { interfaces: [{ source: { network: { network: "vf" } } }] } }),
      message: 'a PCI device of network "vf"',
    },
    "a device whose address is known only at apply": {
      plan: (t) => t.kvmHost("h1", { facts: noIommu }).kvm(given(pci({ bus: "${var.bus}" }))),
      message: "is given a PCI device, but",
    },
    "an emulated guest": (t) => t.kvmHost("h1", { facts: noIommu }).tcg(given(gpu)),
    "a host with an IOMMU and without VFIO": {
      plan: (t) =>
        t.kvmHost("h1", { facts: { domainCapabilities: [capabilities("x86_64", [])] } }).kvm(given(gpu)),
      message: '"h1" offers no VFIO: its domain capabilities do not list PCI backend vfio',
      fix: "load the module vfio-pci on h1",
    },
    "a host of which only the domain capabilities are known": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: { iommu: undefined, domainCapabilities: [capabilities("x86_64", [])] } })
          .kvm(given(gpu)),
      message: "offers no VFIO",
    },
  },
  passes: {
    "a host with an IOMMU": (t) => t.kvmHost("h1", { facts: { iommu: true } }).kvm(given(gpu)),
    "a host that lists VFIO": (t) =>
      t
        .kvmHost("h1", {
          facts: {
            iommu: undefined,
            domainCapabilities: [
              capabilities("x86_64", undefined),
              capabilities("x86_64", ["default", "vfio"]),
              capabilities("x86_64", []),
            ],
          },
        })
        .kvm(given(gpu)),
    "VFIO missing for another architecture alone": (t) =>
      t.kvmHost("h1", { facts: { domainCapabilities: [capabilities("aarch64", [])] } }).kvm(given(gpu)),
    "a mediated device, which its parent isolates": (t) =>
      t.kvmHost("h1", { facts: noIommu }).kvm(given(mdev)),
    "a USB device": (t) => t.kvmHost("h1", { facts: noIommu }).kvm(given(usb)),
    "an ordinary interface and a USB one": (t) =>
      t.kvmHost("h1", { facts: noIommu }).kvm({
        devices: {
          interfaces: [
            { source: { network: { network: "default" } } },
            { source: { hostdev: { usb: { address: { bus: 1, device: 2 } } } } },
          ],
        },
      }),
    "no host devices, on a host without facts": (t) => t.kvmHost("h1", { facts: null }).kvm(),
    "a Xen guest: that is another rule's": (t) => t.xenHost("x1", { facts: noIommu }).xenHvm(given(gpu)),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(given(gpu)),
      reason: 'needs facts of "h1"',
    },
    "a host whose IOMMU is not known": {
      plan: (t) => t.kvmHost("h1", { facts: { iommu: undefined } }).kvm(given(gpu)),
      reason: 'needs facts of "h1"',
    },
    "devices known only at apply": {
      plan: (t) => t.kvm({ devices: { hostdevs: "${var.devices}" } }),
      reason: "the host devices of a guest are known only at apply",
    },
  },
});
