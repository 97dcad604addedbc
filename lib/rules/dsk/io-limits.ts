import type { PlanGuest } from "../../plan/guest";
import { containsLate, isLate, type Planned } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import type { DomainDevicesDisksIoTune } from "../../provider/domain";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

type IoTune = Planned<DomainDevicesDisksIoTune>;
type Limit = Exclude<keyof IoTune, "groupName">;

/** The limits that stand for reading and writing together, each with the two that it excludes. */
const TOTALS: readonly (readonly [Limit, readonly Limit[]])[] = [
  ["totalBytesSec", ["readBytesSec", "writeBytesSec"]],
  ["totalIopsSec", ["readIopsSec", "writeIopsSec"]],
  ["totalBytesSecMax", ["readBytesSecMax", "writeBytesSecMax"]],
  ["totalIopsSecMax", ["readIopsSecMax", "writeIopsSecMax"]],
];

/** QEMU takes no limit beyond this. */
const MOST = 1e15;

/** A throttle counts all requests, or reads and writes apart. */
export const ioLimits = defineRule({
  code: "VIRT-DSK-011",
  slug: "io-limits",
  severity: "error",
  stage: "define",
  title: "I/O limits of a disk must agree with each other",
  why: "A limit on all requests excludes one on reads or writes of the same kind. QEMU takes limits up to 10^15. Disks with one group name share one throttle, so that the limits that they state must be equal, and a group without any limit is refused.",
  fix: "State the total, or reads and writes; give the disks of a group equal limits.",
  sources: [
    "libvirt domain_validate.c virDomainDiskDefValidate, virDomainDefDiskIotuneValidate; qemu_validate.c qemuValidateDomainDeviceDefDiskBlkdeviotune",
    "tried: libvirt 9.0.0 refuses total beside read or write for bytes, requests and their maxima, values above 10^15 and below 0, a group without limits, and disks of one group with different limits; it defines a total of 0 beside read, exactly 10^15, a disk of a group that states no limits beside one that does, and a maximum below the limit",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].ioTune"),
  *check(guest) {
    const tunes = guest.disks.flatMap((disk, index) =>
      disk.ioTune ? [{ tune: disk.ioTune, label: diskLabel(disk, index), at: at(index) }] : [],
    );
    for (const given of tunes) {
      const found = [...outcomesOf(guest, given)];
      if (found.length > 0) yield* found;
      else
        yield containsLate(given.tune) ? undetermined("I/O limits of a disk are known only at apply") : pass;
    }
    for (const [group, members] of groupBy(tunes, ({ tune }) => tune.groupName)) {
      if (!members.some(({ tune }) => containsLate(tune))) yield groupOutcome(guest, group, members);
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { disks: [disk({ total_iops_sec: 500, read_iops_sec: 300 })] } }),
    good: (plan) => plan.kvm({ devices: { disks: [disk({ read_iops_sec: 300, write_iops_sec: 200 })] } }),
  },
});

function disk(ioTune: Record<string, unknown>): Record<string, unknown> {
  return {
    source: { file: { file: "/srv/root.img" } },
    target: { dev: "vda", bus: "virtio" },
    driver: { name: "qemu", type: "raw" },
    io_tune: ioTune,
  };
}

interface Given {
  readonly tune: IoTune;
  readonly label: string;
  readonly at: string;
}

function at(index: number): string {
  return `devices.disks[${index}].ioTune`;
}

function* outcomesOf(guest: PlanGuest, { tune, label, at }: Given): Iterable<Outcome> {
  const isSet = (limit: Limit) => !isLate(tune[limit]) && (tune[limit] ?? 0) !== 0;
  for (const [total, parts] of TOTALS) {
    const beside = parts.filter(isSet);
    if (!isSet(total) || beside.length === 0) continue;
    yield fail({
      at: `${at}.${total}`,
      message: `Disk ${label} of "${guest.label}" has ${total} ${tune[total]} beside ${beside
        .map((part) => `${part} ${tune[part]}`)
        .join(" and ")}; libvirt takes the total or its parts.`,
      fix: `remove ${total}, or ${beside.join(" and ")}`,
    });
  }
  for (const [limit, value] of Object.entries(tune)) {
    if (typeof value !== "number" || isLate(value) || (value >= 0 && value <= MOST)) continue;
    yield fail({
      at: `${at}.${limit}`,
      message: `Disk ${label} of "${guest.label}" has ${limit} ${value}; a limit is 0 (none) to 10^15.`,
      fix: `${value < 0 ? `set ${limit} to 0` : `lower ${limit} to 10^15`}, or remove it for no limit`,
    });
  }
}

/** Disks that state no limits follow those of their group that do. */
function groupOutcome(guest: PlanGuest, group: string, members: readonly Given[]): Outcome {
  const stating = members.filter(({ tune }) => limitsText(tune) !== "");
  const [first] = stating;
  if (first === undefined) {
    return fail({
      at: `${members[0]!.at}.groupName`,
      message: `Disk ${members[0]!.label} of "${guest.label}" is of I/O group "${group}", for which no limit is stated.`,
      fix: "state a limit, or remove groupName",
    });
  }
  const other = stating.find(({ tune }) => limitsText(tune) !== limitsText(first.tune));
  if (other === undefined) return pass;
  return fail({
    at: other.at,
    key: `group ${group}`,
    message: `Disks ${first.label} and ${other.label} of "${guest.label}" are of I/O group "${group}" but state different limits: ${limitsText(first.tune)}, and ${limitsText(other.tune)}.`,
    fix: "state equal limits, or use two groups",
  });
}

function limitsText(tune: IoTune): string {
  return Object.entries(tune)
    .filter(([name, value]) => name !== "groupName" && value !== undefined && value !== 0)
    .map(([name, value]) => `${name} ${value}`)
    .sort()
    .join(", ");
}
