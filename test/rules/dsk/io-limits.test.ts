import { ioLimits } from "../../../lib/rules/dsk/io-limits";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const limited = (ioTune: object, dev = "vda") => disk(dev, { io_tune: ioTune });

RuleTester.run(ioLimits, {
  fails: {
    "a total beside its parts": {
      plan: (t) =>
        t.kvm(
          withDisks(
            disk("vda"),
            limited({ total_iops_sec: 500, read_iops_sec: 300, write_iops_sec: 9 }, "vdb"),
          ),
        ),
      message:
        'Disk vdb of "web" has totalIopsSec 500 beside readIopsSec 300 and writeIopsSec 9; libvirt takes the total or its parts.',
      fix: "remove totalIopsSec, or readIopsSec and writeIopsSec",
      at: "devices.disks[1].ioTune.totalIopsSec",
    },
    "bytes, and the two maxima": {
      plan: (t) =>
        t.kvm(
          withDisks(
            limited({
              total_bytes_sec: 1,
              write_bytes_sec: 1,
              total_bytes_sec_max: 1,
              read_bytes_sec_max: 1,
              total_iops_sec_max: 1,
              write_iops_sec_max: 1,
            }),
          ),
        ),
      count: 3,
    },
    "a limit beyond the largest": {
      plan: (t) => t.kvm(withDisks(limited({ total_bytes_sec: 1e15 + 1 }))),
      message: "has totalBytesSec 1000000000000001; a limit is 0 (none) to 10^15",
    },
    "a negative limit": {
      plan: (t) => t.kvm(withDisks(limited({ read_iops_sec: -1 }))),
      fix: "set readIopsSec to 0",
    },
    "a group without limits": {
      plan: (t) => t.kvm(withDisks(limited({ group_name: "slow" }), limited({ group_name: "slow" }, "vdb"))),
      message: 'is of I/O group "slow", for which no limit is stated',
      at: "devices.disks[0].ioTune.groupName",
    },
    "a group with different limits": {
      plan: (t) =>
        t.kvm(
          withDisks(
            limited({ group_name: "slow", total_iops_sec: 5 }),
            limited({ group_name: "slow" }, "vdb"),
            limited({ group_name: "slow", total_iops_sec: 6 }, "vdc"),
          ),
        ),
      message:
        'Disks vda and vdc of "web" are of I/O group "slow" but state different limits: totalIopsSec 5, and totalIopsSec 6.',
      at: "devices.disks[2].ioTune",
    },
  },
  passes: {
    "a total": (t) => t.kvm(withDisks(limited({ total_iops_sec: 500, total_bytes_sec: 1e15 }))),
    "reads and writes": (t) => t.kvm(withDisks(limited({ read_iops_sec: 5, write_iops_sec: 5 }))),
    "a total of 0, which is none": (t) => t.kvm(withDisks(limited({ total_iops_sec: 0, read_iops_sec: 5 }))),
    "a group that follows one disk": (t) =>
      t.kvm(
        withDisks(
          limited({ group_name: "slow" }),
          limited({ group_name: "slow", total_iops_sec: 5 }, "vdb"),
          limited({ group_name: "slow", total_iops_sec: 5, read_iops_sec: 0 }, "vdc"),
        ),
      ),
    "no limits": (t) => t.kvm(withDisks(disk("vda"))),
  },
  undetermined: {
    "a limit that is late": {
      plan: (t) => t.kvm(withDisks(limited({ total_iops_sec: "${var.iops}", read_iops_sec: 3 }))),
      reason: "I/O limits of a disk are known only at apply",
    },
    "a group of which one is late": (t) =>
      t.kvm(
        withDisks(
          limited({ group_name: "slow", total_iops_sec: "${var.iops}" }),
          limited({ group_name: "slow", total_iops_sec: 6 }, "vdb"),
        ),
      ),
  },
});
