import { emulatedDiskCount } from "../../../lib/rules/xen/emulated-disk-count";
import { RuleTester } from "../../../lib/testing";

const disks = (...names: (string | undefined)[]) => ({
  devices: { disks: names.map((dev) => ({ target: { dev } })) },
});

RuleTester.run(emulatedDiskCount, {
  fails: {
    "the fifth IDE disk": {
      plan: (t) => t.xenHvm({ name: "a", ...disks("hda", "hde") }),
      severity: "error",
      message: 'disk hde of "a" cannot be attached: hd names end at hdd.',
      fix: "name it xvde, with bus xen",
      at: "devices.disks[1].target.dev",
      places: ["a"],
    },
    "the seventeenth SCSI disk": {
      plan: (t) => t.xenPv({ name: "a", ...disks("sdq") }),
      message: 'disk sdq of "a" cannot be attached: sd names end at sdp.',
    },
    "names of two letters": { plan: (t) => t.xenPvh(disks("hdaa", "sdaa")), count: 2 },
    "a partition of such a disk": (t) => t.xenHvm(disks("hde1")),
  },
  passes: {
    "all that there are": (t) => t.xenHvm(disks("hda", "hdd", "sda", "sdp", "hdd1")),
    "xvd names without end": (t) => t.xenPv(disks("xvde", "xvdz", "xvdaa")),
    "other names: they are another rule's": (t) => t.xenPv(disks("vde", "hd", "fdc", "xhde", undefined)),
    "no target": (t) => t.xenPv({ devices: { disks: [{}] } }),
    "a KVM guest": (t) => t.kvm(disks("hde", "sdq")),
  },
  undetermined: {
    "a late name": {
      plan: (t) => t.xenPv(disks("${var.dev}")),
      reason: "the target of a disk is known only at apply",
    },
  },
});
