import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { tcgAlthoughKvmOffered } from "../../../lib/rules/hyp/tcg-although-kvm-offered";
import { RuleTester } from "../../../lib/testing";

const captured = (host: string) => HostFacts.fromDirectory(join(__dirname, "../../data/host-facts", host));
const arm = { type_arch: "aarch64", type_machine: "virt" };

RuleTester.run(tcgAlthoughKvmOffered, {
  fails: {
    "an emulated guest on the captured host with KVM": {
      plan: (t) => t.kvmHost("h1", { facts: captured("kvm-debian12") }).tcg({ name: "ci" }),
      severity: "warning",
      message: '"ci" is emulated although "h1" offers KVM for x86_64: it will be very slow',
      fix: 'set accelerator: "kvm" (domain type kvm)',
      at: "type",
      places: ["ci"],
    },
    "a guest that states neither architecture nor os type": (t) =>
      t.tcg({ os: { type: null, type_arch: null } }),
    "an emulator that the facts describe": (t) =>
      t
        .kvmHost("h1", {
          facts: {
            guests: [
              { osType: "hvm", arch: "x86_64", domainTypes: ["kvm"], emulator: "/usr/bin/q", machines: [] },
            ],
          },
        })
        .tcg({ devices: { emulator: "/usr/bin/q" } }),
  },
  passes: {
    "a KVM guest": (t) => t.kvm(),
    "a host without KVM": (t) => t.kvmHost("h1", { facts: captured("qemu-only-debian12") }).tcg(),
    "another architecture than KVM's": (t) => t.kvmHost("h1").tcg({ os: arm }),
    "a Xen guest": (t) => t.xenHvm(),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).tcg(),
      reason: 'needs facts of "h1"',
    },
    "a host whose capabilities were not captured": (t) =>
      t.kvmHost("h1", { facts: { guests: undefined } }).tcg(),
    "a late architecture": {
      plan: (t) => t.tcg({ os: { type_arch: "${var.arch}" } }),
      reason: "the guest's architecture is known only at apply",
    },
    "a late os type": (t) => t.tcg({ os: { type: "${var.type}" } }),
    "an architecture that nobody states": (t) =>
      t.kvmHost("h1", { facts: { arch: undefined } }).tcg({ os: { type_arch: null } }),
    "an emulator that the facts do not describe": {
      plan: (t) => t.tcg({ devices: { emulator: "/opt/qemu" } }),
      reason: "do not describe the emulator /opt/qemu",
    },
  },
});
