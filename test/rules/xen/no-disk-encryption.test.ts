import { noDiskEncryption } from "../../../lib/rules/xen/no-disk-encryption";
import { RuleTester } from "../../../lib/testing";

const disk = (changes: object, source: object = {}) => ({
  devices: {
    disks: [
      {
        source: { file: { file: "/srv/a.img" }, ...source },
        target: { dev: "xvda", bus: "xen" },
        driver: { name: "qemu", type: "raw" },
        ...changes,
      },
    ],
  },
});
const luks = { format: "luks", secrets: [{ type: "passphrase", usage: "root" }] };

RuleTester.run(noDiskEncryption, {
  fails: {
    "LUKS on the disk": {
      plan: (t) => t.xenPv({ name: "a", ...disk({ encryption: luks }) }),
      severity: "error",
      message: 'disk xvda of "a" states an encryption: under Xen the image would be used as plain raw bytes',
      fix: /^remove devices\.disks\[0\]\.encryption and open the image in dom0/,
      at: "devices.disks[0].encryption",
      places: ["a"],
    },
    "LUKS on the source": {
      plan: (t) => t.xenHvm(disk({}, { encryption: luks })),
      at: "devices.disks[0].source.encryption",
    },
  },
  passes: {
    "no encryption": (t) => t.xenPv(disk({})).xenPvh(),
    "a KVM guest": (t) => t.kvm(disk({ encryption: luks })),
  },
  undetermined: {
    "late encryption": {
      plan: (t) => t.xenPv(disk({ encryption: "${var.encryption}" })),
      reason: "the encryption of a disk is known only at apply",
    },
    "late encryption of the source": (t) => t.xenPv(disk({}, { encryption: "${var.encryption}" })),
  },
});
