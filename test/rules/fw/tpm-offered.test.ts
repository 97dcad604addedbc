import { join } from "node:path";
import { HostFacts, type HostFactsData } from "../../../lib/host-facts";
import { tpmOffered } from "../../../lib/rules/fw/tpm-offered";
import { RuleTester } from "../../../lib/testing";

const captured = { facts: HostFacts.fromDirectory(join(__dirname, "../../data/host-facts/kvm-debian12")) };
const tpms = (...list: unknown[]) => ({ name: "a", devices: { tpms: list } });
const swtpm = (model: string | null, version?: unknown) => ({
  ...(model === null ? {} : { model }),
  backend: { emulator: version === undefined ? {} : { version } },
});
const passthrough = { model: "tpm-crb", backend: { passthrough: { device: { path: "/dev/tpm0" } } } };
const external = { model: "tpm-crb", backend: { external: { source: { unix: { path: "/run/tpm" } } } } };
const ALL = {
  model: ["tpm-tis", "tpm-crb"],
  backendModel: ["passthrough", "emulator", "external"],
  backendVersion: ["1.2", "2.0"],
};
type Capabilities = NonNullable<HostFactsData["domainCapabilities"]>[number];
const capabilities = (
  enums: Readonly<Record<string, readonly string[]>> | undefined,
  more: Partial<Capabilities> = {},
): Capabilities => ({
  virtType: "kvm",
  arch: "x86_64",
  machine: "pc-q35-7.2",
  cpuModes: {},
  cpuModels: [],
  devices: enums === undefined ? {} : { tpm: { supported: true, enums } },
  features: {},
  ...more,
});
const host = (...domainCapabilities: Capabilities[]) => ({ facts: { domainCapabilities } });
const without = (key: string) => Object.fromEntries(Object.entries(ALL).filter(([name]) => name !== key));

RuleTester.run(tpmOffered, {
  fails: {
    "a host without swtpm": {
      plan: (t) => t.kvmHost("h1", captured).kvm(tpms(swtpm("tpm-crb", "2.0"))),
      message: '"a" wants an emulated TPM, which "h1" does not offer: it offers passthrough.',
      fix: "install swtpm on h1 (packages swtpm and swtpm-tools) and capture its facts again, or remove devices.tpms[0]",
      at: "devices.tpms[0].backend.emulator",
      severity: "error",
    },
    "an emulated guest on it": (t) => t.kvmHost("h1", captured).tcg(tpms(swtpm("tpm-crb", "2.0"))),
    "a version that swtpm does not have": {
      plan: (t) =>
        t
          .kvmHost("h1", host(capabilities({ ...ALL, backendVersion: ["2.0"] })))
          .kvm(tpms(swtpm("tpm-tis", "1.2"))),
      message: '"a" wants TPM version 1.2, which "h1" does not offer: it offers 2.0.',
      at: "devices.tpms[0].backend.emulator.version",
    },
    "the version that libvirt takes": {
      plan: (t) =>
        t.kvmHost("h1", host(capabilities({ ...ALL, backendVersion: ["2.0"] }))).kvm(tpms(swtpm("tpm-tis"))),
      message: "wants TPM version 1.2",
    },
    "a model that QEMU does not have": {
      plan: (t) => t.kvmHost("h1", host(capabilities(ALL))).kvm(tpms(swtpm("tpm-spapr", "2.0"))),
      message: '"a" wants TPM model tpm-spapr, which "h1" does not offer: it offers tpm-tis or tpm-crb.',
      fix: "set devices.tpms[0].model to tpm-tis or tpm-crb, or remove devices.tpms[0]",
      at: "devices.tpms[0].model",
    },
    "the model that libvirt takes": {
      plan: (t) =>
        t.kvmHost("h1", host(capabilities({ ...ALL, model: ["tpm-crb"] }))).kvm(tpms(swtpm(null, "2.0"))),
      message: "wants TPM model tpm-tis",
    },
    "a backend that QEMU does not have": {
      plan: (t) =>
        t
          .kvmHost("h1", host(capabilities({ ...ALL, backendModel: ["emulator"] })))
          .kvm(tpms(passthrough))
          .kvm(tpms(external)),
      message:
        /wants TPM backend external[\s\S]*wants TPM backend passthrough|wants TPM backend passthrough[\s\S]*external/,
      fix: "use one of emulator, or remove devices.tpms[0]",
      at: "devices.tpms[0].backend.passthrough",
      count: 2,
    },
    "a QEMU without TPMs": {
      plan: (t) =>
        t
          .kvmHost("h1", host(capabilities(undefined, { devices: { tpm: { supported: false, enums: {} } } })))
          .kvm(tpms(swtpm("tpm-crb", "2.0"))),
      message: '"a" wants a TPM, which "h1" does not offer.',
      fix: 'place "a" on a host whose QEMU has TPMs, or remove devices.tpms[0]',
      at: "devices.tpms[0].model",
    },
    "the capabilities of the guest's machine": {
      plan: (t) =>
        t
          .kvmHost(
            "h1",
            host(
              capabilities(ALL, { machine: "pc-i440fx-7.2" }),
              capabilities({ ...ALL, backendModel: ["passthrough"] }),
            ),
          )
          .kvm(tpms(swtpm("tpm-crb", "2.0"))),
      message: "an emulated TPM",
    },
    "the capabilities of another machine, where those are missing": (t) =>
      t
        .kvmHost("h1", host(capabilities({ ...ALL, backendModel: [] }, { machine: "pc-i440fx-7.2" })))
        .kvm(tpms(swtpm("tpm-crb", "2.0"))),
    "the second TPM": {
      plan: (t) => t.kvmHost("h1", captured).kvm(tpms(passthrough, swtpm("tpm-crb", "2.0"))),
      at: "devices.tpms[1].backend.emulator",
    },
  },
  passes: {
    "a TPM that the host offers": (t) =>
      t
        .kvmHost("h1", host(capabilities(ALL)))
        .kvm(tpms(swtpm("tpm-crb", "2.0")))
        .kvm(tpms(swtpm("tpm-tis", "1.2")))
        .kvm(tpms(passthrough))
        .kvm(tpms(external)),
    "the host's own TPM on the captured host": (t) => t.kvmHost("h1", captured).kvm(tpms(passthrough)),
    "capabilities that do not list everything": (t) =>
      ["model", "backendModel", "backendVersion"].reduce(
        (plan, key) =>
          plan
            .kvmHost(key, host(capabilities(without(key))))
            .kvm({ host: key, ...tpms(swtpm("tpm-crb", "2.0")) }),
        t,
      ),
    "a machine without a name": (t) =>
      t
        .kvmHost("h1", host(capabilities(ALL)))
        .kvm({ ...tpms(swtpm("tpm-crb", "2.0")), os: { type_machine: null } }),
    "no backend: that is another rule's": (t) => t.kvmHost("h1", captured).kvm(tpms({ model: "tpm-crb" })),
    "no TPM, even without facts": (t) => t.kvmHost("h1", { facts: null }).kvm().kvm({ devices: null }),
    "a Xen guest, for which it is dropped": (t) => t.xenHvm(tpms(swtpm("tpm-crb", "2.0"))),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(tpms(swtpm("tpm-crb", "2.0"))),
      reason: 'needs facts of "h1"',
    },
    "capabilities that say nothing of TPMs": (t) =>
      t.kvmHost("h1", host(capabilities(undefined))).kvm(tpms(swtpm("tpm-crb", "2.0"))),
    "capabilities of another type": (t) =>
      t.kvmHost("h1", host(capabilities(ALL))).tcg(tpms(swtpm("tpm-crb", "2.0"))),
    "an architecture that nobody states": (t) =>
      t
        .kvmHost("h1", { facts: { arch: undefined, domainCapabilities: undefined } })
        .kvm({ ...tpms(swtpm("tpm-crb", "2.0")), os: { type_arch: null } }),
    "an emulator that the facts do not describe": {
      plan: (t) =>
        t
          .kvmHost("h1", captured)
          .kvm({ devices: { ...tpms(swtpm("tpm-crb", "2.0")).devices, emulator: "/opt/qemu" } }),
      reason: "do not describe the emulator",
    },
    "a version that is known only at apply": {
      plan: (t) => t.kvmHost("h1", captured).kvm(tpms(swtpm("tpm-crb", "${var.version}"))),
      reason: "a TPM or the machine is known only at apply",
    },
    "a machine that is known only at apply": {
      plan: (t) =>
        t
          .kvmHost("h1", captured)
          .kvm({ ...tpms(swtpm("tpm-crb", "2.0")), os: { type_machine: "${var.machine}" } }),
      reason: "a TPM or the machine is known only at apply",
    },
  },
});
