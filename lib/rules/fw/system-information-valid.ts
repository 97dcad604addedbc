import type { Planned } from "../../plan/late";
import type { DomainSysInfo } from "../../provider/domain";
import { defineRule, type Failure, guests, having } from "../../rule";
import { type Literal, outcomesOf } from "../faults";

type Information = Literal<Planned<DomainSysInfo>>;

/** Names that QEMU and its firmware keep for themselves. */
const RESERVED = ["opt/ovmf/", "opt/org.qemu/"];

/** The tables of the firmware tell a guest what it is. */
export const systemInformationValid = defineRule({
  code: "VIRT-FW-100",
  slug: "system-information-valid",
  severity: "error",
  stage: "define",
  title: "System information must be SMBIOS tables with real dates and UUIDs, or fw_cfg entries under opt/",
  why: "The date of a BIOS is month/day/year, the UUID of a system a UUID. Entries of fw_cfg are files of QEMU, whose names begin with opt/; opt/ovmf/ and opt/org.qemu/ are taken. Information without a part is of no type.",
  fix: "Set smbios or fwCfg, with dates such as 01/31/2026 and names such as opt/com.example/name.",
  sources: [
    "libvirt domain_conf.c virSysinfoParseXML, virSysinfoBIOSParseXML, virSysinfoSystemParseXML, virSysinfoParseFWCfgDef; qemu_validate.c qemuValidateDomainDefSysinfo",
    "tried: libvirt 9.0.0 refuses sysInfo without smbios and fwCfg (Missing required attribute 'type'), the dates LENOVO, 2026-01-31 and 13/31/2026 (Invalid BIOS 'date' format), the system's uuid 1 (malformed <sysinfo> uuid element), the names x (Invalid firmware name) and opt/org.qemu/x (That firmware name is reserved), and an entry without value and file",
  ],
  needs: ["guest"],
  on: having(guests, "sysInfo"),
  check: (guest) =>
    outcomesOf(guest.domain.sysInfo as Planned<DomainSysInfo[]>, "system information is", (all) =>
      all.flatMap((each, index) => [...faultsOf(each, `sysInfo[${index}]`, guest.label, guest.isQemu)]),
    ),
  examples: {
    bad: (plan) =>
      plan.kvm({ sys_info: [{ smbios: { bios: { entry: [{ name: "date", value: "2026-01-31" }] } } }] }),
    good: (plan) =>
      plan.kvm({ sys_info: [{ smbios: { bios: { entry: [{ name: "date", value: "01/31/2026" }] } } }] }),
  },
});

function* faultsOf(
  { smbios, fwCfg }: Information,
  at: string,
  label: string,
  isQemu: boolean,
): Iterable<Failure> {
  if (smbios === undefined && fwCfg === undefined) {
    return yield {
      at,
      message: `"${label}" has system information of no kind.`,
      fix: "set smbios or fwCfg, or remove it",
    };
  }
  // libvirt reads the first entry of a name.
  const find = (entries: readonly { name: string; value?: string }[] | undefined, name: string) =>
    entries?.find((entry) => entry.name === name)?.value || undefined;
  const date = find(smbios?.bios?.entry, "date");
  if (date !== undefined && !isDate(date)) {
    yield {
      at: `${at}.smbios.bios.entry`,
      message: `The BIOS of "${label}" has the date "${date}".`,
      fix: "write month/day/year, such as 01/31/2026",
    };
  }
  const uuid = find(smbios?.systemAttribute?.entry, "uuid");
  if (uuid !== undefined && !/^\s*(?:[- ]*[0-9a-f]{2}){16}\s*$/i.test(uuid)) {
    yield {
      at: `${at}.smbios.systemAttribute.entry`,
      message: `The system of "${label}" has the uuid "${uuid}", which is none.`,
      fix: "write it as in 43dc0cf8-809b-4adb-9bea-a9abb5f3d90e, or remove it",
    };
  }
  if (smbios !== undefined) return;
  for (const [index, { name, value, file }] of (fwCfg?.entry ?? []).entries()) {
    const reserved = RESERVED.find((prefix) => name?.startsWith(prefix));
    if (isQemu && (!name?.startsWith("opt/") || reserved)) {
      yield {
        at: `${at}.fwCfg.entry[${index}].name`,
        message: `"${label}" has the fw_cfg entry "${name}", ${reserved ? `and ${reserved} is kept for QEMU` : "which is not under opt/"}.`,
        fix: "name it as in opt/com.example/name",
      };
    }
    if (!value && !file) {
      yield {
        at: `${at}.fwCfg.entry[${index}]`,
        message: `The fw_cfg entry "${name}" of "${label}" is empty.`,
        fix: "set its value, or a file",
      };
    }
  }
}

function isDate(text: string): boolean {
  const [, month, day, year] = /^\s*(\d+)\/\s*(\d+)\/\s*(\d+)$/.exec(text)?.map(Number) ?? [];
  if (month === undefined || day === undefined || year === undefined) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 && (year < 100 || year >= 1900);
}
