import { currentMachine } from "../../../lib/rules/fw/current-machine";
import { RuleTester } from "../../../lib/testing";

const guest = (os: string, type_machine: string | null) => ({
  name: "a",
  intent: { os },
  os: { type_machine },
});
const machines = {
  facts: {
    guests: [
      {
        osType: "hvm",
        arch: "x86_64",
        domainTypes: ["kvm"],
        machines: [{ name: "pc-q35-2.4", deprecated: true }, { name: "pc-q35-7.2" }],
      },
    ],
  },
};

RuleTester.run(currentMachine, {
  fails: {
    "a system of today on i440FX": {
      plan: (t) => t.kvm(guest("RHEL_9", "pc")),
      message: 'of "a" is on machine pc-i440fx-7.2, the i440FX chipset without PCI Express.',
      fix: 'set os.typeMachine to "q35"',
      severity: "warning",
      at: "os.typeMachine",
    },
    "a version of a machine that goes": {
      plan: (t) => t.kvmHost("kvm1", machines).kvm(guest("DEBIAN_12", "pc-q35-2.4")),
      message: 'Machine pc-q35-2.4 of "a" is one that QEMU on "kvm1" will drop',
    },
    "the machine that libvirt takes": (t) => t.kvmHost("kvm1", machines).kvm(guest("DEBIAN_12", null)),
  },
  passes: {
    q35: (t) =>
      t
        .kvm(guest("RHEL_9", "q35"))
        .kvmHost("kvm2", machines)
        .kvm({ host: "kvm2", ...guest("RHEL_9", "pc-q35-7.2") }),
    "an older system on i440FX": (t) => t.kvm(guest("RHEL_7", "pc")).kvm(guest("DEBIAN_12", "pc")),
    "another architecture": (t) => t.kvm({ os: { type_arch: "aarch64", type_machine: "virt" } }),
    "a Xen guest": (t) => t.xenHvm({ intent: { os: "RHEL_9" } }),
  },
  undetermined: {
    "a machine that is known only at apply": (t) => t.kvm(guest("RHEL_9", "${var.machine}")),
    "no machine, and a host without facts": (t) =>
      t.kvmHost("kvm1", { facts: null }).kvm(guest("RHEL_9", null)),
  },
});
