import { uniqueNvram } from "../../../lib/rules/unq/unique-nvram";
import { RuleTester } from "../../../lib/testing";

const uefi = (name: string, path: string | undefined) => ({ name, os: { nv_ram: { nv_ram: path } } });
const FILE = "/var/lib/libvirt/qemu/nvram/a_VARS.fd";

RuleTester.run(uniqueNvram, {
  fails: {
    "two guests on one file": {
      plan: (t) => t.kvmHost("h1").kvm(uefi("a", FILE)).kvm(uefi("b", FILE)),
      severity: "error",
      message: `"a" and "b" of "h1" keep their UEFI variables in one file: ${FILE}.`,
      fix: "give each guest another path",
      at: "os.nvRam.nvRam",
      places: ["a", "b"],
    },
    "instances of one guest": {
      plan: (t) => t.kvm({ ...uefi("a", FILE), count: 2 }),
      message: '2 instances of "a"',
    },
    "guests of which all but one are switched off, as a warning": {
      plan: (t) => t.kvm(uefi("a", FILE)).kvm({ ...uefi("b", FILE), running: false }),
      severity: "warning",
    },
  },
  passes: {
    "files of their own, and none": (t) =>
      t.kvm(uefi("a", FILE)).kvm(uefi("b", "/x/b.fd")).kvm(uefi("c", undefined)).kvm({ name: "d" }),
    "one file on two hosts": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2")
        .kvm({ ...uefi("a", FILE), host: "h1" })
        .kvm({ ...uefi("b", FILE), host: "h2" }),
    "instances with files of their own": (t) => t.kvm({ ...uefi("a", "/x/${count.index}.fd"), count: 2 }),
    "a single file known only at apply": (t) => t.kvm(uefi("a", "${var.path}")),
    "no UEFI": (t) => t.kvm(),
  },
  undetermined: {
    "a file known only at apply": {
      plan: (t) => t.kvm(uefi("a", FILE)).kvm(uefi("b", "${var.path}")),
      reason: "the file of a guest's UEFI variables is known only at apply",
    },
    "a number of instances known only at apply": {
      plan: (t) => t.kvm({ ...uefi("a", FILE), count: "${var.n}" }),
      reason: "which guests run together is known only at apply",
    },
  },
});
