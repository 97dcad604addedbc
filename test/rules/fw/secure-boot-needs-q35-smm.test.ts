import { secureBootNeedsQ35Smm } from "../../../lib/rules/fw/secure-boot-needs-q35-smm";
import { RuleTester } from "../../../lib/testing";

const LOADER = {
  loader: "/usr/share/OVMF/OVMF_CODE_4M.ms.fd",
  loader_readonly: "yes",
  loader_type: "pflash",
  loader_secure: "yes",
};
const feature = (name: unknown, enabled: unknown = "yes") => ({
  firmware: "efi",
  firmware_info: { features: [{ name, enabled }] },
});
const smm = (state?: string) => ({ features: { smm: state === undefined ? {} : { state } } });
const on = (
  type_machine: string | null,
  os: Record<string, unknown>,
  more: Record<string, unknown> = {},
) => ({
  name: "w",
  os: { type_machine, ...os },
  ...more,
});

RuleTester.run(secureBootNeedsQ35Smm, {
  fails: {
    "an explicit loader on pc": {
      plan: (t) => t.kvm(on("pc", LOADER, smm("on"))),
      message:
        '"w" asks for Secure Boot (os.loaderSecure), which QEMU has on machine q35 only, not on pc-i440fx-7.2.',
      fix: 'set os.typeMachine to "q35", or remove os.loaderSecure',
      at: "os.typeMachine",
      severity: "error",
    },
    "a machine of which no host tells": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(on("pc-i440fx-9.2", LOADER, smm("on"))),
      message: "not on pc-i440fx-9.2",
    },
    "the machine that libvirt takes by default": {
      plan: (t) =>
        t
          .kvmHost("h1", {
            facts: {
              guests: [
                {
                  osType: "hvm",
                  arch: "x86_64",
                  domainTypes: ["kvm"],
                  machines: [{ name: "pc-i440fx-7.2" }],
                },
              ],
            },
          })
          .kvm(on(null, LOADER, smm("on"))),
      message: "not on pc-i440fx-7.2",
    },
    "the firmware feature on pc": {
      plan: (t) => t.kvm(on("pc", feature("secure-boot"))),
      message: '"w" asks for Secure Boot (os.firmwareInfo)',
      fix: "or remove os.firmwareInfo",
      at: "os.typeMachine",
    },
    "enrolled keys on pc": { plan: (t) => t.kvm(on("pc", feature("enrolled-keys"))), at: "os.typeMachine" },
    "one feature among others": {
      plan: (t) =>
        t.kvm(
          on("pc", {
            firmware: "efi",
            firmware_info: {
              features: [
                { name: "verbose", enabled: "yes" },
                { name: "secure-boot", enabled: "yes" },
              ],
            },
          }),
        ),
      at: "os.typeMachine",
    },
    "a known request beside a late feature": {
      plan: (t) =>
        t.kvm(
          on("pc", {
            firmware: "efi",
            firmware_info: {
              features: [
                { name: "${var.name}", enabled: "yes" },
                { name: "secure-boot", enabled: "yes" },
              ],
            },
          }),
        ),
      at: "os.typeMachine",
    },
    "secure=yes with firmware that libvirt chooses, on pc": {
      plan: (t) => t.kvm(on("pc", { firmware: "efi", loader_secure: "yes" })),
      at: "os.typeMachine",
    },
    "a feature for a 32-bit guest on pc": {
      plan: (t) => t.kvm(on("pc", { ...feature("secure-boot"), type_arch: "i686" })),
      at: "os.typeMachine",
    },
    "32 bits": {
      plan: (t) => t.kvm(on("q35", { ...LOADER, type_arch: "i686" }, smm("on"))),
      message: "which libvirt has for x86_64 only, not for i686",
      fix: "remove os.loaderSecure",
      at: "os.typeArch",
      severity: "error",
    },
    "an ARM guest by loader": {
      plan: (t) => t.kvm(on("virt", { ...LOADER, type_arch: "aarch64" })),
      message: "not for aarch64",
      at: "os.typeArch",
    },
    "an explicit loader without SMM": {
      plan: (t) => t.kvm(on("q35", LOADER)),
      message: "but System Management Mode is not switched on (features.smm)",
      fix: 'set features.smm to { state: "on" }',
      at: "features.smm.state",
      severity: "error",
    },
    "an explicit loader with SMM off": {
      plan: (t) => t.kvm(on("q35", LOADER, smm("off"))),
      message: "System Management Mode is switched off",
      at: "features.smm.state",
    },
    "firmware that libvirt chooses with SMM off": {
      plan: (t) => t.kvm(on("q35", feature("secure-boot"), smm("off"))),
      message: "switched off",
      at: "features.smm.state",
    },
    "the wrong machine and no SMM": { plan: (t) => t.kvm(on("pc", LOADER)), count: 2 },
    "an emulated guest": (t) => t.tcg(on("pc", LOADER, smm("on"))),
  },
  passes: {
    "Q35 with SMM": (t) => t.kvm(on("q35", LOADER, smm("on"))),
    "a versioned Q35": (t) => t.kvm(on("pc-q35-7.2", LOADER, smm("on"))),
    "a Q35 of a distribution": (t) =>
      t
        .kvmHost("h1", { facts: null })
        .kvm(on("ubuntu-q35", LOADER, smm("on")))
        .kvm(on("pc-q35-rhel9.6.0", LOADER, smm("on"))),
    "an alias that the host's facts resolve": (t) =>
      t
        .kvmHost("h1", {
          facts: {
            guests: [
              {
                osType: "hvm",
                arch: "x86_64",
                domainTypes: ["kvm"],
                machines: [{ name: "modern", canonical: "pc-q35-10.0" }],
              },
            ],
          },
        })
        .kvm(on("modern", LOADER, smm("on"))),
    "SMM without a state, which is on": (t) => t.kvm(on("q35", LOADER, smm())),
    "firmware that libvirt chooses, which brings SMM": (t) =>
      t.kvm(on("q35", feature("secure-boot"))).kvm(on("q35", { firmware: "efi", loader_secure: "yes" })),
    "a firmware feature on ARM": (t) =>
      t.kvm(on("virt", { ...feature("secure-boot"), type_arch: "aarch64" })),
    "an image for Secure Boot without the request": (t) =>
      t.kvm(on("pc", { ...LOADER, loader_secure: null })),
    "secure=no": (t) => t.kvm(on("pc", { ...LOADER, loader_secure: "no" })),
    "a feature that is switched off": (t) => t.kvm(on("pc", feature("secure-boot", "no"))),
    "another feature": (t) => t.kvm(on("pc", feature("verbose"))),
    "no UEFI": (t) => t.kvm({ os: { type_machine: "pc" } }),
    "a Xen guest: that is another rule's": (t) => t.xenHvm({ os: LOADER }),
  },
  undetermined: {
    "a request that is known only at apply": {
      plan: (t) => t.kvm(on("pc", { ...LOADER, loader_secure: "${var.secure}" })),
      reason: "whether Secure Boot is asked for is known only at apply",
    },
    "a feature whose name is known only at apply": {
      plan: (t) => t.kvm(on("pc", feature("${var.name}"))),
      reason: "whether Secure Boot is asked for",
    },
    "a feature that may be switched on": (t) => t.kvm(on("pc", feature("secure-boot", "${var.on}"))),
    "features that are known only at apply": (t) =>
      t.kvm(on("pc", { firmware: "efi", firmware_info: "${var.info}" })),
    "a machine that is known only at apply": {
      plan: (t) => t.kvm(on("${var.machine}", LOADER, smm("on"))),
      reason: "machine, architecture or firmware is known only at apply",
    },
    "an architecture that is known only at apply": {
      plan: (t) => t.kvm(on("pc", { ...LOADER, type_arch: "${var.arch}" })),
      reason: "machine, architecture or firmware is known only at apply",
    },
    "firmware that is known only at apply": (t) => t.kvm(on("q35", { ...LOADER, firmware: "${var.fw}" })),
    "SMM that is known only at apply": {
      plan: (t) => t.kvm(on("q35", LOADER, smm("${var.smm}"))),
      reason: "features.smm is known only at apply",
    },
    "the default machine of a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(on(null, LOADER, smm("on"))),
      reason: 'needs facts of "h1"',
    },
    "an architecture that nobody states": {
      plan: (t) => t.kvmHost("h1", { facts: null }).kvm(on("pc", { ...LOADER, type_arch: null }, smm("on"))),
      reason: 'needs facts of "h1"',
    },
  },
});
