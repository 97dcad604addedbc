import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

const SAFE = /^[\w .+-]*$/;
const UNSAFE = /[^\w .+-]/u;
/** What a virtio disk can tell of its serial. */
const VIRTIO_LENGTH = 20;

/** The serial is how a guest finds its disk under /dev/disk/by-id. */
export const diskSerial = defineRule({
  code: "VIRT-DSK-061",
  slug: "disk-serial",
  severity: "error",
  stage: "define",
  title: "The serial of a disk must be of plain characters, and short",
  why: "libvirt hands the serial to QEMU and takes letters, digits, spaces and - _ . + alone. A virtio disk shows the first 20 characters, so that longer serials may be the same to the guest.",
  fix: "Use letters, digits and underscores, at most 20.",
  sources: [
    "tried: libvirt 9.0.0 refuses a/b, a:b, a,b, a\\b, a*b and ä: driver serial contains unsafe characters; it defines and starts a b, a_b-c.d+e and one of 30 characters",
    "virtio specification 1.2, 5.2.6.1: the identification of a block device has 20 bytes",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].serial"),
  *check(guest): Iterable<Outcome> {
    for (const [index, disk] of guest.disks.entries()) {
      const { serial } = disk;
      if (serial === undefined) continue;
      const at = `devices.disks[${index}].serial`;
      const subject = `The serial "${serial}" of disk ${diskLabel(disk, index)} of "${guest.label}"`;
      if (isLate(serial)) yield undetermined("the serial of a disk is known only at apply");
      else if (!SAFE.test(serial)) {
        const plain = serial.replace(/[^\w .+-]+/gu, "_");
        yield fail({
          at,
          message: `${subject} has "${UNSAFE.exec(serial)![0]}", and libvirt takes letters, digits, spaces and - _ . + alone.`,
          fix: `write "${plain}", or another one without it`,
        });
      } else if (disk.target?.bus === "virtio" && serial.length > VIRTIO_LENGTH) {
        yield fail({
          at,
          severity: "warning",
          message: `${subject} has ${serial.length} characters, and a virtio disk shows the first ${VIRTIO_LENGTH}: "${serial.slice(0, VIRTIO_LENGTH)}".`,
          fix: `use at most ${VIRTIO_LENGTH} characters, or bus scsi`,
        });
      } else yield pass;
    }
  },
  examples: {
    bad: (plan) => plan.kvm(withSerial("db/data")),
    good: (plan) => plan.kvm(withSerial("db_data")),
  },
});

function withSerial(serial: string): Record<string, unknown> {
  const source = { file: { file: "/var/lib/libvirt/images/db.qcow2" } };
  const driver = { name: "qemu", type: "qcow2" };
  return { devices: { disks: [{ source, target: { dev: "vda", bus: "virtio" }, driver, serial }] } };
}
