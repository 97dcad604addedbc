import { diskSerial } from "../../../lib/rules/dsk/disk-serial";
import { RuleTester } from "../../../lib/testing";

const disk = (serial: string, bus = "virtio") => ({
  devices: { disks: [{ serial, source: { file: { file: "/a" } }, target: { dev: "vda", bus } }] },
});

RuleTester.run(diskSerial, {
  fails: {
    "a slash": {
      plan: (t) => t.kvm({ name: "db", ...disk("db/data") }),
      message:
        'The serial "db/data" of disk vda of "db" has "/", and libvirt takes letters, digits, spaces and - _ . + alone.',
      fix: 'write "db_data"',
      at: "devices.disks[0].serial",
    },
    "a letter beyond ASCII": { plan: (t) => t.kvm(disk("gerät")), message: 'has "ä"' },
    "a backslash": (t) => t.kvm(disk("a\\b")),
    "a longer one than a virtio disk shows": {
      plan: (t) => t.kvm(disk("012345678901234567890")),
      message: 'has 21 characters, and a virtio disk shows the first 20: "01234567890123456789"',
      severity: "warning",
    },
  },
  passes: {
    "plain characters": (t) => t.kvm(disk("WD_1.5+b c-d")),
    "20 characters": (t) => t.kvm(disk("01234567890123456789")),
    "a long one of another bus": (t) => t.kvm(disk("012345678901234567890123456789", "scsi")),
  },
  undetermined: { "a late serial": (t) => t.kvm(disk("${var.serial}")) },
});
