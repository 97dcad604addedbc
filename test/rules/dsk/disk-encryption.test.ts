import { diskEncryption } from "../../../lib/rules/dsk/disk-encryption";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const SECRETS = [{ type: "passphrase", uuid: "0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f" }];
const FILE = { file: { file: "/srv/a.img" } };
const RBD = { network: { protocol: "rbd", name: "vms/a", hosts: [{ name: "ceph1" }] } };
const encrypted = (encryption: object, type = "raw", source: object = FILE) =>
  disk("vda", {
    source: { ...source, encryption: { secrets: SECRETS, ...encryption } },
    driver: { name: "qemu", type },
  });

RuleTester.run(diskEncryption, {
  fails: {
    "the old encryption of qcow2": {
      plan: (t) => t.kvm(withDisks(encrypted({ format: "qcow" }, "qcow2"))),
      message: 'Disk vda of "web" is encrypted in the old format "qcow", which QEMU no longer opens.',
      fix: 'convert the image and use format "luks"',
      at: "devices.disks[0].source.encryption.format",
    },
    "the default format": (t) => t.kvm(withDisks(encrypted({ format: "default" }))),
    "luks in another image": {
      plan: (t) => t.kvm(withDisks(encrypted({ format: "luks" }, "vmdk"))),
      message: "with luks in an image of format vmdk",
    },
    "luks in a volume of no stated format": {
      plan: (t) =>
        t.kvm(
          withDisks(
            disk("vda", {
              source: { volume: { pool: "default", volume: "v" } },
              encryption: { format: "luks", secrets: SECRETS },
            }),
          ),
        ),
      message: "with luks in a volume whose format is not stated (driver.type)",
      fix: 'set driver.type to "raw" or "qcow2"',
    },
    "luks2 by QEMU": {
      plan: (t) => t.kvm(withDisks(encrypted({ format: "luks2" }))),
      fix: 'use format "luks"',
    },
    "luks2 by QEMU on RBD": {
      plan: (t) => t.kvm(withDisks(encrypted({ format: "luks2" }, "raw", RBD))),
      fix: 'or engine "librbd"',
    },
    "librbd without RBD": {
      plan: (t) => t.kvm(withDisks(encrypted({ format: "luks", engine: "librbd" }))),
      at: "devices.disks[0].source.encryption.engine",
    },
    "a secret without a name": {
      plan: (t) => t.kvm(withDisks(encrypted({ format: "luks", secrets: [{ type: "passphrase" }] }))),
      message: "its secret is named by neither uuid nor usage",
      at: "devices.disks[0].source.encryption.secrets[0]",
    },
    "encryption stated twice": {
      plan: (t) =>
        t.kvm(
          withDisks({ ...encrypted({ format: "luks" }), encryption: { format: "luks", secrets: SECRETS } }),
        ),
      message: 'Disk vda of "web" states encryption twice: for the disk and for its source.',
      fix: "keep source.encryption alone",
      at: "devices.disks[0].encryption",
    },
    "authentication stated twice": {
      plan: (t) => {
        const auth = { username: "u", secret: { type: "ceph", usage: "k" } };
        return t.kvm(withDisks(disk("vda", { auth, source: { network: { ...RBD.network, auth } } })));
      },
      fix: "keep source.network.auth alone",
    },
    "encryption of the disk": {
      plan: (t) => t.kvm(withDisks(disk("vda", { encryption: { format: "qcow", secrets: SECRETS } }))),
      at: "devices.disks[0].encryption.format",
    },
  },
  passes: {
    "luks in raw": (t) => t.kvm(withDisks(encrypted({ format: "luks" }))),
    "luks in qcow2, by usage": (t) =>
      t.kvm(withDisks(encrypted({ format: "luks", secrets: [{ type: "passphrase", usage: "k" }] }, "qcow2"))),
    "luks2 by librbd": (t) => t.kvm(withDisks(encrypted({ format: "luks2", engine: "librbd" }, "raw", RBD))),
    "no encryption": (t) => t.kvm(withDisks(disk("vda"))),
    "a Xen guest, which is another rule's": (t) => t.xenHvm(withDisks(encrypted({ format: "qcow" }))),
  },
  undetermined: {
    "a format that is late": (t) => t.kvm(withDisks(encrypted({ format: "${var.format}" }))),
    "an image format that is late": (t) => t.kvm(withDisks(encrypted({ format: "luks" }, "${var.type}"))),
    "a protocol that is late": (t) =>
      t.kvm(
        withDisks(
          encrypted({ format: "luks" }, "raw", { network: { ...RBD.network, protocol: "${var.protocol}" } }),
        ),
      ),
  },
});
