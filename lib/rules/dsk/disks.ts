import type { PlanGuest } from "../../plan/guest";
import { isLate, known, type Planned } from "../../plan/late";
import type { DomainDevicesDisks } from "../../provider/domain";

type Disk = Planned<DomainDevicesDisks>;

const TARGET = /^(fd|hd|vd|sd|xvd|ubd)([a-z]+)(\d*)$/;

/** The place of a disk that libvirt reads from its target's name: 0 for `sda`, 25 for `sdz`, 26 for `sdaa`. */
export function targetIndex(dev: string): number | undefined {
  const letters = TARGET.exec(dev)?.[2];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 96, 0) - 1;
}

/** The first name with this prefix that no disk of the guest has. */
export function freeTarget(guest: PlanGuest, prefix: string): string {
  const taken = new Set(guest.disks.map((disk) => disk.target?.dev));
  for (let index = 0; ; index++) {
    const name = prefix + lettersOf(index);
    if (!taken.has(name)) return name;
  }
}

function lettersOf(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : lettersOf(Math.floor(index / 26) - 1) + last;
}

/** The prefix of a target's name: `vd` of `vda`. */
export function targetPrefix(dev: string): string {
  return TARGET.exec(dev)?.[1] ?? "vd";
}

/** What the user would call a disk: its target, else its image, else its number. */
export function diskLabel(disk: Disk, index: number): string {
  return known(disk.target?.dev) ?? imageLabel(disk) ?? `disk ${index + 1}`;
}

/** What a disk's image is called, where that is known. */
export function imageLabel({ source }: Disk): string | undefined {
  const text = source?.file?.file ?? source?.block?.dev ?? source?.volume?.volume ?? source?.network?.name;
  return text === undefined || isLate(text) ? undefined : text;
}
