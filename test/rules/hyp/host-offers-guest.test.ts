import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { hostOffersGuest } from "../../../lib/rules/hyp/host-offers-guest";
import { RuleTester } from "../../../lib/testing";

const captured = (host: string) => HostFacts.fromDirectory(join(__dirname, "../../data/host-facts", host));
const offer = (arch: string, domainTypes: string[], emulator?: string) => ({
  ...{ osType: "hvm", arch, domainTypes, machines: [{ name: "virt" }] },
  ...(emulator === undefined ? {} : { emulator }),
});
const pvOnly = { guests: [{ osType: "xen", arch: "x86_64", domainTypes: ["xen"], machines: [] }] };
const arm = { type_arch: "aarch64", type_machine: "virt" };

RuleTester.run(hostOffersGuest, {
  fails: {
    "a KVM guest of another architecture on the captured host": {
      plan: (t) => t.kvmHost("h1", { facts: captured("kvm-debian12") }).kvm({ name: "edge", os: arm }),
      severity: "error",
      message:
        '"h1" offers no hvm guest of type kvm for aarch64, which "edge" is. It offers hvm (qemu, kvm) for i686 and x86_64.',
      fix: /^set os\.typeArch to i686 or x86_64$/,
      at: "os.typeArch",
      places: ["edge"],
    },
    "an emulated guest without an emulator for it": {
      plan: (t) => t.kvmHost("h1", { facts: captured("qemu-only-debian12") }).tcg({ os: arm }),
      message: "offers no hvm guest of type qemu for aarch64",
    },
    "a KVM guest that another host takes and this one could emulate": {
      plan: (t) =>
        t
          .kvmHost("h1", {
            facts: { guests: [offer("x86_64", ["qemu", "kvm"]), offer("aarch64", ["qemu"])] },
          })
          .kvmHost("h2", { facts: { arch: "aarch64", guests: [offer("aarch64", ["kvm"])] } })
          .kvmHost("h3", { facts: { arch: "aarch64", guests: [offer("aarch64", ["kvm"])] } })
          .kvmHost("h4", { facts: { arch: "aarch64", guests: [offer("aarch64", ["kvm"])] } })
          .kvm({ host: "h1", name: "edge", os: arm }),
      message: "It offers hvm (qemu, kvm) for x86_64; hvm (qemu) for aarch64.",
      fix: /^place "edge" on h2, h3 or h4, or set os\.typeArch to x86_64, or set accelerator: "tcg" and accept that it is very slow$/,
    },
    "a guest that one other host takes": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvmHost("h2", { facts: { arch: "aarch64", guests: [offer("aarch64", ["kvm"])] } })
          .kvm({ host: "h1", name: "edge", os: arm }),
      fix: /^place "edge" on h2, or set/,
    },
    "an emulated guest is not told to be emulated": {
      plan: (t) => t.kvmHost("h1", { facts: { guests: [offer("x86_64", ["qemu"])] } }).tcg({ os: arm }),
      fix: /^set os\.typeArch to x86_64$/,
    },
    "an architecture that libvirt does not know": {
      plan: (t) => t.kvm({ os: { type_arch: "amd64" } }),
      message: "for amd64",
      at: "os.typeArch",
    },
    "a domain type of another system": {
      plan: (t) => t.kvm({ name: "mac", type: "hvf" }),
      message: "offers no hvm guest of type hvf for x86_64",
      fix: 'place "mac" on a host that offers it',
      at: "type",
    },
    "x86 PV on ARM": {
      plan: (t) =>
        t
          .xenHost("xen1", {
            facts: { arch: "aarch64", guests: [{ ...pvOnly.guests[0]!, arch: "aarch64" }] },
          })
          .xenPv({ os: { type_arch: "i686" } }),
      message:
        'offers no xen guest of type xen for i686, which "guest1" is. It offers xen (xen) for aarch64.',
      at: "os.typeArch",
    },
    "a host that offers nothing": {
      plan: (t) => t.kvmHost("h1", { facts: { guests: [] } }).tcg(),
      message: "It offers no guests at all.",
    },
    "an emulator of the host's own, for another architecture": (t) =>
      t
        .kvmHost("h1", { facts: { guests: [offer("x86_64", ["qemu"], "/usr/bin/qemu")] } })
        .tcg({ os: arm, devices: { emulator: "/usr/bin/qemu" } }),
    "a guest without os type, whatever the host": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm({ name: "web", os: { type: null } }),
      message: '"web" states no os type, and libvirt refuses a domain without one.',
      fix: /^set os\.type to "hvm"$/,
      at: "os.type",
    },
    "a Xen guest without os type": {
      plan: (t) => t.xenPv({ os: { type: null } }),
      fix: /^set os\.type to "hvm", "xen" \(PV\) or "xenpvh"$/,
    },
  },
  passes: {
    "32-bit PV where there is only 64-bit, which another rule says": (t) =>
      t.xenHost("xen1", { facts: captured("xen-hvm") }).xenPv({ os: { type_arch: "i686" } }),
    "an HVM guest on ARM, which another rule refuses": (t) =>
      t
        .xenHost("xen1", {
          facts: { arch: "aarch64", guests: [{ ...pvOnly.guests[0]!, arch: "aarch64" }] },
        })
        .xenHvm({ os: { type_arch: null } }),
    "KVM and emulated guests on the captured host": (t) =>
      t
        .kvmHost("h1", { facts: captured("kvm-debian12") })
        .kvm()
        .tcg()
        .kvm({ os: { type_arch: "i686" } }),
    "the host's architecture where the guest states none": (t) => t.kvm({ os: { type_arch: null } }),
    "all kinds of Xen guests": (t) =>
      t
        .xenHost("xen1", { facts: captured("xen-hvm") })
        .xenPv()
        .xenPvh()
        .xenHvm()
        .xenHvm({ os: { type_arch: "i686" } }),
    "libvirt's older word for PV": (t) => t.xenPv({ os: { type: "linux" } }),
    "a boot loader in place of the os type": (t) => t.xenPv({ os: { type: null }, bootloader: "pygrub" }),
    "a KVM guest on a host without KVM: that is another rule's": (t) =>
      t.kvmHost("h1", { facts: captured("qemu-only-debian12") }).kvm(),
    "HVM and PVH without CPU virtualization: that is another rule's": (t) =>
      t
        .xenHost("xen1", { facts: captured("xen-pv-only") })
        .xenHvm()
        .xenPvh(),
    "a PV os type under KVM: that is another rule's": (t) => t.kvm({ os: { type: "xen" } }),
    "a Xen guest on a KVM host: that is another rule's": (t) => t.kvmHost("h1").xenPv({ host: "h1" }),
    "a KVM guest on a Xen host: that is another rule's": (t) => t.xenHost("h1").kvm({ host: "h1" }),
    "a KVM guest on a host that only its facts tell to be Xen": (t) =>
      t
        .provider({
          label: "x",
          alias: "x",
          uri: undefined,
          intent: { name: "x", hypervisor: "xen", facts: captured("xen-hvm") },
        })
        .kvm({ host: "x" }),
    "an emulator that the facts describe": (t) =>
      t
        .kvmHost("h1", { facts: { guests: [offer("x86_64", ["qemu"], "/usr/bin/qemu")] } })
        .tcg({ devices: { emulator: "/usr/bin/qemu" } }),
    "a Xen guest's emulator, which libvirt does not ask": (t) =>
      t.xenHvm({ devices: { emulator: "/usr/bin/other" } }),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(),
      reason: 'needs facts of "h1"',
    },
    "a host whose capabilities were not captured": {
      plan: (t) => t.kvmHost("h1", { facts: { guests: undefined } }).kvm(),
      reason: 'needs facts of "h1"',
    },
    "a late domain type": { plan: (t) => t.kvm({ type: "${var.type}" }), reason: "known only at apply" },
    "a late os type": { plan: (t) => t.kvm({ os: { type: "${var.type}" } }), reason: "known only at apply" },
    "a late architecture": {
      plan: (t) => t.kvm({ os: { type_arch: "${var.arch}" } }),
      reason: "known only at apply",
    },
    "an architecture that nobody states": {
      plan: (t) => t.kvmHost("h1", { facts: { arch: undefined } }).kvm({ os: { type_arch: null } }),
      reason: "known only at apply",
    },
    "an emulator that the facts do not describe": {
      plan: (t) => t.kvmHost("h1").kvm({ os: arm, devices: { emulator: "/opt/qemu" } }),
      reason: 'the facts of "h1" do not describe the emulator /opt/qemu',
    },
    "a late emulator": {
      plan: (t) => t.kvm({ devices: { emulator: "${var.emulator}" } }),
      reason: "the guest's emulator is known only at apply",
    },
  },
});
