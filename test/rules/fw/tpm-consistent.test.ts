import { tpmConsistent } from "../../../lib/rules/fw/tpm-consistent";
import { RuleTester } from "../../../lib/testing";

const tpms = (...list: unknown[]) => ({ name: "a", devices: { tpms: list } });
const swtpm = (model: string | null, version?: unknown, more: Record<string, unknown> = {}) => ({
  ...(model === null ? {} : { model }),
  backend: { emulator: { ...(version === undefined ? {} : { version }), ...more } },
});
const banks = (...names: string[]) => ({
  active_pcr_banks: Object.fromEntries(names.map((name) => [name, true])),
});
const arm = { os: { type_arch: "aarch64", type_machine: "virt" } };
const power = { os: { type_arch: "ppc64le", type_machine: "pseries" } };

RuleTester.run(tpmConsistent, {
  fails: {
    "TPM 1.2 as tpm-crb": {
      plan: (t) => t.kvm(tpms(swtpm("tpm-crb", "1.2"))),
      message: '"a" asks for TPM 1.2 with model tpm-crb on x86_64; TPM 1.2 exists only as tpm-tis on x86.',
      fix: 'set devices.tpms[0].backend.emulator.version to "2.0"',
      at: "devices.tpms[0].backend.emulator.version",
      severity: "error",
    },
    "TPM 1.2 on POWER": {
      plan: (t) => t.kvm({ ...tpms(swtpm("tpm-spapr", "1.2")), ...power }),
      message: "model tpm-spapr on ppc64le",
    },
    "TPM 1.2 on POWER without a model": {
      plan: (t) => t.kvm({ ...tpms(swtpm(null, "1.2")), ...power }),
      message: "model tpm-spapr on ppc64le",
    },
    "TPM 1.2 on ARM": {
      plan: (t) =>
        t
          .kvm({ ...tpms(swtpm("tpm-tis", "1.2")), ...arm })
          .tcg({ ...tpms(swtpm("tpm-tis", "1.2")), os: { type_arch: "armv7l", type_machine: "virt" } }),
      message: /tpm-tis on aarch64[\s\S]*tpm-tis on armv7l/,
      count: 2,
    },
    "a version that does not exist": {
      plan: (t) => t.kvm(tpms(swtpm("tpm-tis", "2.1"))),
      message: '"a" asks for TPM version 2.1; there are 1.2 and 2.0.',
      fix: 'set devices.tpms[0].backend.emulator.version to "2.0"',
      at: "devices.tpms[0].backend.emulator.version",
    },
    "PCR banks of TPM 1.2": {
      plan: (t) => t.kvm(tpms(swtpm("tpm-tis", "1.2", banks("sha1", "sha256")))),
      message: '"a" chooses PCR banks (sha1, sha256) for a TPM of version 1.2; only TPM 2.0 has them.',
      at: "devices.tpms[0].backend.emulator.version",
    },
    "PCR banks of the version that libvirt takes": {
      plan: (t) => t.kvm(tpms(swtpm("tpm-tis", undefined, banks("sha256")))),
      message: "(sha256) for a TPM of version 1.2, which libvirt takes when none is given; only",
      fix: 'set devices.tpms[0].backend.emulator.version to "2.0"',
    },
    "PCR banks without a model or version": (t) => t.kvm(tpms(swtpm(null, undefined, banks("sha256")))),
    "no backend": {
      plan: (t) => t.kvm(tpms({ model: "tpm-crb" })),
      message: 'The TPM of "a" has no backend.',
      fix: 'set devices.tpms[0].backend to { emulator: { version: "2.0" } }',
      at: "devices.tpms[0].backend",
    },
    "an empty backend": { plan: (t) => t.kvm(tpms({ backend: {} })), at: "devices.tpms[0].backend" },
    "two TPMs": {
      plan: (t) => t.kvm(tpms(swtpm("tpm-crb"), swtpm("tpm-tis", "2.0"))),
      message: '"a" has 2 TPMs; a guest can have one TPM.',
      fix: "keep devices.tpms[0] and remove the others",
      at: "devices.tpms[1]",
    },
    "three TPMs, one of them a proxy": {
      plan: (t) =>
        t.kvm({
          ...tpms(
            { model: "spapr-tpm-proxy", backend: { passthrough: { device: { path: "/dev/tpmrm0" } } } },
            swtpm("tpm-spapr"),
            swtpm("tpm-spapr"),
          ),
          ...power,
        }),
      message: "has 2 TPMs; a guest can have one TPM.",
      at: "devices.tpms[2]",
    },
    "two proxies": {
      plan: (t) =>
        t.kvm({
          ...tpms(
            ...[0, 1].map(() => ({
              model: "spapr-tpm-proxy",
              backend: { passthrough: { device: { path: "/dev/tpmrm0" } } },
            })),
          ),
          ...power,
        }),
      message: "a guest can have one TPM proxy.",
    },
    "each TPM for itself": {
      plan: (t) => t.kvm(tpms(swtpm("tpm-crb", "2.0"), { ...swtpm("tpm-crb", "1.2") })),
      message: /TPM 1.2 with model tpm-crb/,
      count: 2,
    },
    "an emulated guest": (t) => t.tcg(tpms(swtpm("tpm-crb", "1.2"))),
    "an external TPM that is nowhere": {
      plan: (t) => t.kvm({ devices: { tpms: [{ model: "tpm-tis", backend: { external: {} } }] } }),
      message: "is outside (external), and no UNIX socket says where",
      at: "devices.tpms[0].backend.external.source",
    },
    "an external TPM over TCP, and one that waits": {
      plan: (t) =>
        t
          .kvm({
            devices: {
              tpms: [
                {
                  model: "tpm-tis",
                  backend: { external: { source: { tcp: { mode: "connect", host: "h", service: "1" } } } },
                },
              ],
            },
          })
          .kvm({
            name: "b",
            devices: {
              tpms: [
                {
                  model: "tpm-tis",
                  backend: { external: { source: { unix: { mode: "bind", path: "/s" } } } },
                },
              ],
            },
          }),
      count: 2,
      message: /no UNIX socket says where[\s\S]*its socket waits for connections/,
    },
  },
  passes: {
    "an external TPM": (t) =>
      t.kvm({
        devices: {
          tpms: [
            {
              model: "tpm-tis",
              backend: { external: { source: { unix: { mode: "connect", path: "/s" } } } },
            },
          ],
        },
      }),
    "TPM 2.0": (t) =>
      t.kvm(tpms(swtpm("tpm-crb", "2.0"))).kvm(tpms(swtpm("tpm-tis", "2.0", banks("sha256")))),
    "TPM 1.2 as tpm-tis": (t) => t.kvm(tpms(swtpm("tpm-tis", "1.2"))).kvm(tpms(swtpm(null, "1.2"))),
    "PCR banks of tpm-crb, which is 2.0": (t) => t.kvm(tpms(swtpm("tpm-crb", undefined, banks("sha256")))),
    "PCR banks on ARM, where the version is 2.0": (t) =>
      t.kvm({ ...tpms(swtpm(null, undefined, banks("sha256"))), ...arm }),
    "banks that are all off": (t) =>
      t.kvm(tpms(swtpm("tpm-tis", "1.2", { active_pcr_banks: { sha256: false } }))),
    "the host's TPM, and one behind a socket": (t) =>
      t
        .kvm(tpms({ model: "tpm-crb", backend: { passthrough: { device: { path: "/dev/tpm0" } } } }))
        .kvm(tpms({ model: "tpm-crb", backend: { external: { source: { unix: { path: "/run/swtpm" } } } } })),
    "a TPM beside a proxy": (t) =>
      t.kvm({
        ...tpms(
          { model: "spapr-tpm-proxy", backend: { passthrough: { device: { path: "/dev/tpmrm0" } } } },
          swtpm("tpm-spapr"),
        ),
        ...power,
      }),
    "no TPM": (t) => t.kvm().kvm({ devices: null }),
    "a Xen guest, for which it is dropped": (t) => t.xenHvm(tpms(swtpm("tpm-crb", "1.2"))),
  },
  undetermined: {
    "a version that is known only at apply": {
      plan: (t) => t.kvm(tpms(swtpm("tpm-crb", "${var.version}"))),
      reason: "a TPM is known only at apply",
    },
    "a model that is known only at apply": (t) => t.kvm(tpms(swtpm("${var.model}", "1.2"))),
    "TPMs that are known only at apply": (t) => t.kvm({ devices: { tpms: "${var.tpms}" } }),
    "a backend that is known only at apply": (t) =>
      t.kvm(tpms({ model: "tpm-crb", backend: "${var.backend}" })),
    "an emulator that is known only at apply": (t) =>
      t.kvm(tpms({ model: "tpm-crb", backend: { emulator: "${var.emulator}" } })),
    "an architecture that is known only at apply": (t) =>
      t.kvm({ ...tpms(swtpm("tpm-tis", "1.2")), os: { type_arch: "${var.arch}" } }),
    "two models that are known only at apply": (t) =>
      t.kvm(tpms(swtpm("${var.model}", "2.0"), swtpm("${var.model}", "2.0"))),
  },
});
