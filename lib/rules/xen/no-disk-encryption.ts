import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";

/** Xen never hears of the encryption: the container's bytes are the disk, or the plain text is the image. */
export const noDiskEncryption = defineRule({
  code: "VIRT-XEN-047",
  slug: "no-disk-encryption",
  severity: "error",
  stage: "silent",
  title: "A Xen guest's disk images are not encrypted or decrypted",
  why: "libvirt's Xen driver accepts a disk's encryption, asks for no secret and passes the image on as it is. An encrypted image shows its ciphertext to the guest, which destroys it with its first write; an empty one takes the guest's data in plain text.",
  fix: "Remove the encryption and open the image in dom0 (cryptsetup) or encrypt inside the guest; or run the guest on KVM.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDisk",
    "tried: Xen 4.17, libvirt 9.0.0, HVM with encryption luks and a secret that does not exist: starts with format=raw and the backend aio: on the image itself",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    for (const [index, disk] of guest.disks.entries()) {
      const { encryption, source } = disk;
      const where =
        encryption !== undefined
          ? "encryption"
          : source?.encryption !== undefined
            ? "source.encryption"
            : undefined;
      if (where === undefined) continue;
      if (isLate(encryption ?? source?.encryption)) {
        yield undetermined("the encryption of a disk is known only at apply");
        continue;
      }
      const at = `devices.disks[${index}].${where}`;
      yield fail({
        at,
        message: `disk ${disk.target?.dev ?? index} of "${guest.label}" states an encryption: under Xen the image would be used as plain raw bytes, without asking for its secret.`,
        fix: `remove ${at} and open the image in dom0 or encrypt inside the guest; or run "${guest.label}" as KvmGuest`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.xenPv({
        devices: {
          disks: [
            { ...disk, encryption: { format: "luks", secrets: [{ type: "passphrase", usage: "root" }] } },
          ],
        },
      }),
    good: (plan) => plan.xenPv({ devices: { disks: [disk] } }),
  },
});

const disk = {
  source: { file: { file: "/var/lib/libvirt/images/root.img" } },
  target: { dev: "xvda", bus: "xen" },
  driver: { name: "qemu", type: "raw" },
};
