import { systemInformationValid } from "../../../lib/rules/fw/system-information-valid";
import { RuleTester } from "../../../lib/testing";

const info = (given: unknown) => ({ name: "web", sys_info: [given] });
const date = (value: string) => info({ smbios: { bios: { entry: [{ name: "date", value }] } } });
const uuid = (value: string) => info({ smbios: { system: { entry: [{ name: "uuid", value }] } } });
const entry = (given: object) =>
  info({ fw_cfg: { entry: [{ name: "opt/org.test", value: "data", ...given }] } });

RuleTester.run(systemInformationValid, {
  fails: {
    "no kind": {
      plan: (t) => t.kvm(info({})),
      message: '"web" has system information of no kind.',
      at: "sysInfo[0]",
    },
    "a word as a date": {
      plan: (t) => t.kvm(date("LENOVO")),
      message: 'The BIOS of "web" has the date "LENOVO".',
    },
    "a date of another order": (t) => t.kvm(date("31/01/2026")),
    "a year of three digits": (t) => t.kvm(date("01/31/202")),
    "no UUID": {
      plan: (t) => t.kvm(uuid("1")),
      message: 'The system of "web" has the uuid "1", which is none.',
    },
    "a name that is not under opt/": {
      plan: (t) => t.kvm(entry({ name: "etc/x" })),
      message: "which is not under opt/",
      at: "sysInfo[0].fwCfg.entry[0].name",
    },
    "a name of QEMU": {
      plan: (t) => t.kvm(entry({ name: "opt/org.qemu/x" })),
      message: "and opt/org.qemu/ is kept for QEMU",
    },
    "no value": { plan: (t) => t.kvm(entry({ value: "" })), message: "is empty" },
  },
  passes: {
    tables: (t) =>
      t
        .kvm(date("01/31/2026"))
        .kvm(date("1/2/99"))
        .kvm(uuid("43dc0cf8-809b-4adb-9bea-a9abb5f3d90e"))
        .kvm(info({ smbios: {} })),
    entries: (t) => t.kvm(entry({})).kvm(entry({ value: "", file: "/etc/x" })),
    "an entry of Xen": (t) => t.xenHvm(entry({ name: "x" })),
  },
  undetermined: {
    "a late value": {
      plan: (t) => t.kvm(date("${var.date}")),
      reason: "system information is known only at apply",
    },
  },
});
