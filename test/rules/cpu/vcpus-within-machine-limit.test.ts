import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { vcpusWithinMachineLimit } from "../../../lib/rules/cpu/vcpus-within-machine-limit";
import { RuleTester } from "../../../lib/testing";

const captured = (host: string) => HostFacts.fromDirectory(join(__dirname, "../../data/host-facts", host));
const machine = (type_machine: string | null, vcpu: unknown) => ({ vcpu, os: { type_machine } });
const noFacts = { facts: null };
const offering = (...machines: { name: string; canonical?: string; maxCpus?: number }[]) => ({
  facts: {
    guests: [{ osType: "hvm", arch: "x86_64", domainTypes: ["kvm", "qemu"], machines }],
    domainCapabilities: undefined,
  },
});
const capabilities = (maxVcpus: number) => [
  {
    virtType: "kvm",
    arch: "x86_64",
    machine: "pc-q35-7.2",
    maxVcpus,
    cpuModes: {},
    cpuModels: [],
    devices: {},
    features: {},
  },
];

RuleTester.run(vcpusWithinMachineLimit, {
  fails: {
    "more than any machine has, whatever the host": {
      plan: (t) => t.kvmHost("kvm1", { facts: null }).kvm({ name: "a", vcpu: 2 ** 31 }),
      message: '"a" has 2147483648 vCPUs; no machine type allows more than 16384.',
      at: "vcpu",
    },
    "one more than the captured host allows on pc": {
      plan: (t) =>
        t
          .kvmHost("h1", { facts: captured("kvm-debian12") })
          .kvm({ name: "a", host: "h1", ...machine("pc", 256) }),
      message: '"a" has 256 vCPUs, but machine pc on "h1" allows 255.',
      fix: /^set vcpu to at most 255, or set os.typeMachine to pc-q35-5.2, which allows 288$/,
      at: "vcpu",
      severity: "error",
    },
    "one more than it allows on q35": {
      plan: (t) => t.kvmHost("h1", { facts: captured("kvm-debian12") }).kvm(machine("q35", 289)),
      message: "machine q35 on",
      fix: /^set vcpu to at most 288$/,
    },
    "a versioned machine": {
      plan: (t) => t.kvmHost("h1").kvm(machine("pc-i440fx-7.2", 256)),
      message: "machine pc-i440fx-7.2 on",
    },
    "an emulated guest": (t) => t.tcg(machine("pc", 256)),
    "the machine that libvirt takes by default": {
      plan: (t) => t.kvmHost("h1", offering({ name: "pc", maxCpus: 255 })).kvm(machine(null, 256)),
      message: "machine pc on",
    },
    "a hypervisor that allows less than the machine": {
      plan: (t) =>
        t.kvmHost("h1", { facts: { domainCapabilities: capabilities(200) } }).kvm(machine("q35", 201)),
      message: "allows 200",
    },
    "a machine that allows less than the hypervisor": {
      plan: (t) =>
        t.kvmHost("h1", { facts: { domainCapabilities: capabilities(1000) } }).kvm(machine("q35", 289)),
      message: "allows 288",
    },
    "a limit that only the hypervisor states": {
      plan: (t) =>
        t
          .kvmHost("h1", {
            facts: {
              guests: [
                { osType: "hvm", arch: "x86_64", domainTypes: ["kvm"], machines: [{ name: "pc-q35-7.2" }] },
              ],
              domainCapabilities: capabilities(200),
            },
          })
          .kvm(machine("pc-q35-7.2", 201)),
      message: "allows 200",
    },
    "other hosts that allow it are named": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvmHost("h2", offering({ name: "q35", maxCpus: 300 }))
          .kvmHost("h3", offering({ name: "q35", maxCpus: 299 }))
          .kvmHost("h4", noFacts)
          .kvmHost("h5", offering({ name: "pc", maxCpus: 999 }))
          .kvm({ name: "a", host: "h1", ...machine("q35", 300) }),
      fix: /^set vcpu to at most 288, or place "a" on h2, which allows more$/,
    },
    "a machine of the same host that just suffices is named": {
      plan: (t) =>
        t
          .kvmHost("h1", offering({ name: "pc", maxCpus: 255 }, { name: "x" }, { name: "q35", maxCpus: 256 }))
          .kvm(machine("pc", 256)),
      fix: "or set os.typeMachine to q35, which allows 256",
    },
    "a machine other than Q35, without facts": {
      plan: (t) => t.kvmHost("h1", noFacts).kvm(machine("pc-i440fx-9.2", 256)),
      message: "allows 255",
      fix: /^set vcpu to at most 255$/,
    },
    "one of 32 bits, without facts": (t) =>
      t.kvmHost("h1", noFacts).kvm({ vcpu: 256, os: { type_arch: "i686", type_machine: "pc" } }),
  },
  passes: {
    "as many as the machine allows": (t) => t.kvm(machine("pc", 255)).kvm(machine("q35", 288)),
    "as many as the captured host allows": (t) =>
      t
        .kvmHost("h1", { facts: captured("kvm-debian12") })
        .kvm(machine("pc", 255))
        .kvm(machine("q35", 288)),
    "a machine for which no limit is stated": (t) =>
      t.kvmHost("h1", offering({ name: "pc-q35-7.2" })).kvm(machine("pc-q35-7.2", 5000)),
    "a machine that the host does not offer: that is another rule's": (t) =>
      t.kvmHost("h1").kvm(machine("pc-q35-9.2", 1000)),
    "vCPUs that are not stated": (t) => t.kvm(machine("pc", null)),
    "what every x86 machine allows, without facts": (t) =>
      t
        .kvmHost("h1", noFacts)
        .kvm(machine("q35", 240))
        .kvm(machine(null, 240))
        .kvm({ vcpu: 240, os: { type_arch: "i686", type_machine: "q35" } }),
    "machine pc without facts": (t) => t.kvmHost("h1", noFacts).kvm(machine("pc", 255)),
    "a Xen guest": (t) => t.xenHvm({ vcpu: 1000 }),
  },
  undetermined: {
    "vCPUs that are known only at apply": {
      plan: (t) => t.kvm({ vcpu: "${var.n}" }),
      reason: "number of vCPUs is known only at apply",
    },
    "a machine that is known only at apply": {
      plan: (t) => t.kvm(machine("${var.machine}", 2)),
      reason: "machine type is known only at apply",
    },
    "an architecture that is known only at apply": (t) => t.kvm({ os: { type_arch: "${var.arch}" } }),
    "an emulator that the facts do not describe": {
      plan: (t) => t.kvm({ vcpu: 300, devices: { emulator: "/opt/qemu/bin/qemu-system-x86_64" } }),
      reason: "do not describe the emulator",
    },
    "Q35 without facts": {
      plan: (t) => t.kvmHost("h1", noFacts).kvm(machine("q35", 241)),
      reason: 'needs facts of "h1"',
    },
    "facts without machines": (t) =>
      t.kvmHost("h1", { facts: { guests: undefined } }).kvm(machine("q35", 241)),
    "the default machine without facts": (t) => t.kvmHost("h1", noFacts).kvm(machine(null, 256)),
    "another architecture without facts": (t) =>
      t.kvmHost("h1", noFacts).kvm({ vcpu: 2, os: { type_arch: "aarch64", type_machine: "virt" } }),
    "an unknown architecture": (t) =>
      t.kvmHost("h1", noFacts).kvm({ vcpu: 2, os: { type_arch: null, type_machine: "pc" } }),
  },
});
