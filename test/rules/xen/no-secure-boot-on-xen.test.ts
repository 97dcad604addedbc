import { noSecureBootOnXen } from "../../../lib/rules/xen/no-secure-boot-on-xen";
import { RuleTester } from "../../../lib/testing";

const feature = (name: string, enabled?: string) => ({
  os: { firmware: "efi", firmware_info: { features: [{ name, enabled }] } },
});

RuleTester.run(noSecureBootOnXen, {
  fails: {
    "the firmware feature": {
      plan: (t) => t.xenHvm({ name: "win1", ...feature("secure-boot", "yes") }),
      severity: "error",
      message: '"win1" asks for Secure Boot, which no Xen guest can have.',
      fix: /^remove os\.firmwareInfo\.features\[0\], or run "win1" as KvmGuest$/,
      at: "os.firmwareInfo.features[0]",
      places: ["win1"],
    },
    "the firmware feature switched off, which libvirt refuses as well": {
      plan: (t) => t.xenHvm({ name: "win1", ...feature("secure-boot", "no") }),
      message: '"win1" sets the firmware feature secure-boot, if only to no, which no Xen guest can have.',
    },
    "enrolled keys, which imply it": {
      plan: (t) =>
        t.xenHvm({
          os: {
            firmware: "efi",
            firmware_info: {
              features: [
                { name: "other", enabled: "yes" },
                { name: "enrolled-keys", enabled: "yes" },
              ],
            },
          },
        }),
      at: "os.firmwareInfo.features[1]",
      message: "asks for Secure Boot",
    },
    "a secure loader": {
      plan: (t) =>
        t
          .kvmHost("kvm1")
          .kvmHost("kvm2")
          .xenHvm({ name: "win1", os: { loader: "/x", loader_type: "pflash", loader_secure: "yes" } }),
      message: '"win1" asks for Secure Boot, which',
      fix: 'remove os.loaderSecure, or run "win1" as KvmGuest (on kvm1 or kvm2)',
      at: "os.loaderSecure",
    },
    "both, once": (t) => t.xenHvm({ os: { ...feature("secure-boot", "yes").os, loader_secure: "yes" } }),
    "a PVH guest, whose firmware is refused elsewhere too": (t) => t.xenPvh(feature("secure-boot", "yes")),
    "beside late values": (t) =>
      t.xenHvm({
        os: {
          loader_secure: "${var.secure}",
          firmware_info: { features: [{ name: "secure-boot", enabled: "yes" }] },
        },
      }),
    "a guest without architecture on a host without facts": {
      plan: (t) =>
        t
          .kvmHost("kvm1")
          .xenHost("xen1", { facts: null })
          .xenHvm({ os: { type_arch: null, ...feature("secure-boot", "yes").os } }),
      fix: "as KvmGuest (on kvm1)",
    },
    "a guest of an architecture that no KVM host takes": {
      plan: (t) =>
        t.kvmHost("kvm1").xenHvm({ os: { type_arch: "i686", ...feature("secure-boot", "yes").os } }),
      fix: /as KvmGuest$/,
    },
  },
  passes: {
    "UEFI without": (t) => t.xenHvm({ os: { firmware: "efi" } }),
    "a loader that says no": (t) => t.xenHvm({ os: { loader: "/x", loader_secure: "no" } }),
    "enrolled keys switched off": (t) => t.xenHvm(feature("enrolled-keys", "no")),
    "another feature": (t) => t.xenHvm(feature("other", "yes")),
    "Secure Boot on KVM": (t) => t.kvm(feature("secure-boot", "yes")),
  },
  undetermined: {
    "a late secure loader": {
      plan: (t) => t.xenHvm({ os: { loader_secure: "${var.secure}" } }),
      reason: "whether the guest asks for Secure Boot is known only at apply",
    },
    "a late feature": (t) => t.xenHvm(feature("${var.feature}", "yes")),
    "a late switch of enrolled keys": (t) => t.xenHvm(feature("enrolled-keys", "${var.keys}")),
    "late features": (t) => t.xenHvm({ os: { firmware_info: { features: "${var.features}" } } }),
  },
});
