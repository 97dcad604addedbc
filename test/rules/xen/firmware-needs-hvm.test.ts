import { firmwareNeedsHvm } from "../../../lib/rules/xen/firmware-needs-hvm";
import { RuleTester } from "../../../lib/testing";

const settings = {
  firmware: { firmware: "efi" },
  loader: { loader: "/usr/lib/xen/boot/hvmloader" },
  loaderType: { loader_type: "pflash" },
  loaderSecure: { loader_secure: "yes" },
  nvRam: { nv_ram: { nv_ram: "/x" } },
  firmwareInfo: { firmware_info: { features: [] } },
};

RuleTester.run(firmwareNeedsHvm, {
  fails: {
    "UEFI on a PVH guest": {
      plan: (t) => t.xenPvh({ name: "web", os: settings.firmware }),
      severity: "error",
      message: 'PVH guest "web" has no firmware: os.firmware would be ignored.',
      fix: /^remove os\.firmware, or use XenHvmGuest$/,
      at: "os.firmware",
      places: ["web"],
    },
    "a PV guest that has nothing else to boot": {
      plan: (t) => t.xenPv({ name: "web", os: { kernel: null, initrd: null, ...settings.loader } }),
      message: 'PV guest "web" has no firmware: os.loader would be ignored.',
      fix: 'remove os.loader and set os.kernel, or bootloader to "pygrub", or use XenHvmGuest',
    },
    "a PV guest with a boot loader": {
      plan: (t) => t.xenPv({ os: { kernel: null, ...settings.loader }, bootloader: "pygrub" }),
      fix: /^remove os\.loader, or use XenHvmGuest$/,
    },
    "a value that is known only at apply: it is set all the same": (t) =>
      t.xenPv({ os: { loader: "${var.loader}" } }),
    ...Object.fromEntries(
      Object.entries(settings).map(([key, os]) => [
        `os.${key}`,
        {
          plan: (t: Parameters<typeof firmwareNeedsHvm.examples.bad>[0]) => t.xenPvh({ os }),
          at: `os.${key}`,
        },
      ]),
    ),
    "several of them, once": (t) => t.xenPvh({ os: { ...settings.loader, ...settings.nvRam } }),
  },
  passes: {
    "PV and PVH without": (t) => t.xenPv().xenPvh(),
    "an HVM guest": (t) => t.xenHvm({ os: { ...settings.firmware, ...settings.loader } }),
    "a KVM guest": (t) => t.kvm({ os: settings.firmware }),
    "a late kind of guest without": (t) => t.xenPv({ os: { type: "${var.type}" } }),
  },
  undetermined: {
    "a late kind of guest with firmware": {
      plan: (t) => t.xenPv({ os: { type: "${var.type}", ...settings.firmware } }),
      reason: "the guest's type is known only at apply",
    },
  },
});
