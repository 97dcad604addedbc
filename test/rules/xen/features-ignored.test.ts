import { featuresIgnored } from "../../../lib/rules/xen/features-ignored";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(featuresIgnored, {
  fails: {
    "Hyper-V enlightenments": {
      plan: (t) =>
        t.xenHvm({
          name: "a",
          features: { hyper_v: { relaxed: { state: "on" }, vapic: { state: "off" } } },
        }),
      severity: "warning",
      message: /^"a" would start without Hyper-V enlightenments: /,
      fix: "remove features.hyperV",
      at: "features.hyperV",
      places: ["a"],
    },
    "an enlightenment without a state, which is on": (t) =>
      t.xenHvm({ features: { hyper_v: { relaxed: {} } } }),
    "a mode": (t) => t.xenHvm({ features: { hyper_v: { mode: "passthrough" } } }),
    "viridian, SMM and a generation id": {
      plan: (t) =>
        t.xenHvm({
          features: { viridian: true, smm: { state: "on" } },
          gen_id: "43dc0cf8-809b-4adb-9bea-a9abb5f3d90e",
        }),
      message: "Hyper-V enlightenments (viridian), System Management Mode and a generation id",
      fix: "remove features.viridian, features.smm and genId",
    },
    "a PV guest": (t) => t.xenPv({ features: { viridian: true } }),
    "NVRAM, a boot menu and a setting of SeaBIOS": {
      plan: (t) =>
        t.xenHvm({
          os: {
            firmware: "efi",
            nv_ram: { nv_ram: "/var/lib/libvirt/qemu/nvram/a.fd" },
            boot_menu: { enable: "yes" },
            bios: { reboot_timeout: 10 },
          },
        }),
      message: "without NVRAM that keeps UEFI variables, a boot menu and settings of SeaBIOS: ",
      fix: "remove os.nvRam, os.bootMenu and os.bios",
    },
    "a ban on suspend": {
      plan: (t) =>
        t.xenPv({ pm: { suspend_to_mem: { enabled: "no" }, suspend_to_disk: { enabled: "yes" } } }),
      message: "without a ban on suspend to memory: ",
      fix: "remove pm.suspendToMem",
    },
  },
  passes: {
    "what is delivered": (t) =>
      t.xenHvm({
        features: { pae: true, hap: { state: "on" }, xen: { passthrough: { state: "on" } } },
      }),
    "what is switched off": (t) =>
      t.xenHvm({
        features: {
          viridian: false,
          smm: { state: "off" },
          vm_port: { state: "off" },
          hyper_v: { relaxed: { state: "off" } },
        },
      }),
    "suspend as Xen offers it": (t) => t.xenHvm({ pm: { suspend_to_mem: { enabled: "yes" } } }),
    "the firmware settings of a PV guest, which has another rule": (t) =>
      t.xenPv({ os: { nv_ram: { nv_ram: "/a.fd" } } }),
    "no enlightenment": (t) => t.xenHvm({ features: { hyper_v: {} } }),
    "no features": (t) => t.xenPv(),
    "a KVM guest": (t) => t.kvm({ features: { smm: { state: "on" } } }),
  },
  undetermined: {
    "late enlightenments": {
      plan: (t) => t.xenHvm({ features: { hyper_v: "${var.hyperv}" } }),
      reason: "whether a guest asks for Hyper-V enlightenments is known only at apply",
    },
    "an enlightenment with a late state": (t) =>
      t.xenHvm({ features: { hyper_v: { relaxed: { state: "${var.state}" } } } }),
    "late viridian": (t) => t.xenHvm({ features: { viridian: "${var.viridian}" } }),
    "a late ban": (t) => t.xenHvm({ pm: { suspend_to_mem: { enabled: "${var.suspend}" } } }),
    "a ban that is late as a whole": (t) => t.xenHvm({ pm: { suspend_to_disk: "${var.suspend}" } }),
    "late pm": (t) => t.xenHvm({ pm: "${var.pm}" }),
    "late features": (t) => t.xenHvm({ features: "${var.features}" }),
  },
});
