import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { knownMachineType } from "../../../lib/rules/hyp/known-machine-type";
import { RuleTester } from "../../../lib/testing";

const captured = (host: string) => HostFacts.fromDirectory(join(__dirname, "../../data/host-facts", host));
const listing = (machines: { name: string; canonical?: string; deprecated?: boolean }[], more = {}) => ({
  facts: { guests: [{ osType: "hvm", arch: "x86_64", domainTypes: ["kvm", "qemu"], machines, ...more }] },
});
const machine = (name: string) => ({ os: { type_machine: name } });

RuleTester.run(knownMachineType, {
  fails: {
    "a version that is too new for the captured host": {
      plan: (t) =>
        t.kvmHost("h1", { facts: captured("kvm-debian12") }).kvm({ name: "web", ...machine("pc-q35-9.2") }),
      severity: "error",
      message:
        'machine pc-q35-9.2 of "web" is not known to QEMU 7.2.22 on "h1", whose newest pc-q35 is pc-q35-7.2.',
      fix: /^set os\.typeMachine to "pc-q35-7\.2" \(or "q35", which follows the host's QEMU\)$/,
      at: "os.typeMachine",
      places: ["web"],
    },
    "a version that is too old, under its family's first name": {
      plan: (t) => t.kvmHost("h1", { facts: captured("kvm-debian12") }).kvm(machine("pc-1.0")),
      message: "whose newest pc-i440fx is pc-i440fx-7.2.",
      fix: /^set os\.typeMachine to "pc-i440fx-7\.2" \(or "pc", /,
    },
    "an emulated guest": (t) =>
      t.kvmHost("h1", { facts: captured("qemu-only-debian12") }).tcg(machine("pc-q35-9.2")),
    "a host that has it": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvmHost("h2", listing([{ name: "q35", canonical: "pc-q35-9.2" }, { name: "pc-q35-9.2" }]))
          .kvmHost("h3", listing([{ name: "pc-q35-9.2" }]))
          .kvm({ host: "h1", name: "web", ...machine("pc-q35-9.2") }),
      fix: /, or place "web" on h2 or h3, which has it$/,
    },
    "the newest by its number where no alias tells, deprecated ones left out": {
      plan: (t) =>
        t
          .kvmHost(
            "h1",
            listing([
              { name: "pc-q35-6.2" },
              { name: "pc-q35-10.2", deprecated: true },
              { name: "pc-q35-9.1" },
              { name: "pc-q35-10.0" },
              { name: "pc-i440fx-9.9" },
            ]),
          )
          .kvm(machine("pc-q35-10.1")),
      message: "whose newest pc-q35 is pc-q35-10.0.",
      fix: /^set os\.typeMachine to "pc-q35-10\.0"$/,
    },
    "an alias to a deprecated machine is no advice": {
      plan: (t) =>
        t
          .kvmHost(
            "h1",
            listing([{ name: "q35", canonical: "pc-q35-9.1", deprecated: true }, { name: "pc-q35-8.0" }]),
          )
          .kvm(machine("pc-q35-9.2")),
      fix: /^set os\.typeMachine to "pc-q35-8\.0"$/,
    },
    "a distribution's own version": {
      plan: (t) =>
        t
          .kvmHost(
            "h1",
            listing([{ name: "q35", canonical: "pc-q35-rhel9.4.0" }, { name: "pc-q35-rhel9.4.0" }]),
          )
          .kvm(machine("pc-q35-7.2")),
      fix: 'set os.typeMachine to "pc-q35-rhel9.4.0" (or "q35"',
    },
    "one host that has it": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvmHost("h2", listing([{ name: "pc-q35-9.2" }]))
          .kvm({ host: "h1", ...machine("pc-q35-9.2") }),
      fix: /, or place "guest1" on h2, which has it$/,
    },
    "an alias that the host does not have, by its family": {
      plan: (t) =>
        t
          .kvmHost("h1", listing([{ name: "pc-i440fx-4.2" }, { name: "pc-q35-4.2" }]))
          .kvm(machine("pc"))
          .kvm(machine("q35")),
      count: 2,
      fix: /^set os\.typeMachine to "pc-i440fx-4\.2"\nset os\.typeMachine to "pc-q35-4\.2"$/,
    },
    "an alias of a family that the host does not have": {
      plan: (t) => t.kvmHost("h1", listing([{ name: "q35", canonical: "pc-q35-9.1" }])).kvm(machine("pc")),
      fix: /^set os\.typeMachine to one of q35$/,
    },
    "a misspelt alias": {
      plan: (t) => t.kvm(machine("q53")),
      message: /^machine q53 of "guest1" is not known to QEMU 7\.2\.22 on "kvm1"\.$/,
      fix: 'did you mean "q35"?',
    },
    "another architecture's machine, with the aliases": {
      plan: (t) => t.kvm(machine("s390-ccw-virtio")),
      fix: /^set os\.typeMachine to one of q35, pc$/,
    },
    "another architecture's machine, where there are no aliases": {
      plan: (t) => t.kvmHost("h1", listing([{ name: "pc-q35-7.2" }])).kvm(machine("s390-ccw-virtio")),
      fix: "set os.typeMachine to one of pc-q35-7.2",
    },
    "facts without QEMU's version": {
      plan: (t) => t.kvmHost("h1", { facts: { hypervisorVersion: undefined } }).kvm(machine("pc-q35-9.2")),
      message: 'is not known to QEMU on "h1", whose',
    },
  },
  passes: {
    "an alias, its version and an older version on the captured host": (t) =>
      t
        .kvmHost("h1", { facts: captured("kvm-debian12") })
        .kvm(machine("q35"))
        .kvm(machine("pc-q35-7.2"))
        .kvm(machine("pc-i440fx-2.4"))
        .tcg(machine("pc")),
    "a deprecated machine": (t) =>
      t.kvmHost("h1", listing([{ name: "pc-q35-2.4", deprecated: true }])).kvm(machine("pc-q35-2.4")),
    "no machine type": (t) => t.kvmHost("h1", { facts: null }).kvm({ os: { type_machine: null } }),
    "an architecture that the host does not offer: that is another rule's": (t) =>
      t.kvm({ os: { type_arch: "aarch64", type_machine: "virt" } }),
    "KVM that the host does not offer: that is another rule's": (t) =>
      t.kvmHost("h1", { facts: captured("qemu-only-debian12") }).kvm(machine("pc-q35-9.2")),
    "a Xen guest, whose machine the driver does not look at": (t) => t.xenHvm(machine("q35")),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(),
      reason: 'needs facts of "h1"',
    },
    "a host whose capabilities were not captured": (t) =>
      t.kvmHost("h1", { facts: { guests: undefined } }).kvm(),
    "a late machine": {
      plan: (t) => t.kvm(machine("${var.machine}")),
      reason: "the guest's machine type or architecture is known only at apply",
    },
    "a late architecture": (t) => t.kvm({ os: { type_arch: "${var.arch}" } }),
    "an architecture that nobody states": (t) =>
      t.kvmHost("h1", { facts: { arch: undefined } }).kvm({ os: { type_arch: null } }),
    "facts without machines": {
      plan: (t) => t.kvmHost("h1", listing([])).kvm(),
      reason: 'the facts of "h1" list no machine types',
    },
    "an emulator that the facts do not describe": {
      plan: (t) => t.kvm({ ...machine("pc-q35-9.2"), devices: { emulator: "/opt/qemu" } }),
      reason: "do not describe the emulator /opt/qemu",
    },
  },
});
