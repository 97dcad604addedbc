import { isLate, type Late } from "./late";

/** Bytes of the units that libvirt knows; it compares them without regard to case. */
const UNIT_BYTES: Readonly<Record<string, number>> = {
  b: 1,
  byte: 1,
  bytes: 1,
  kb: 1e3,
  k: 2 ** 10,
  kib: 2 ** 10,
  mb: 1e6,
  m: 2 ** 20,
  mib: 2 ** 20,
  gb: 1e9,
  g: 2 ** 30,
  gib: 2 ** 30,
  tb: 1e12,
  t: 2 ** 40,
  tib: 2 ** 40,
  pb: 1e15,
  p: 2 ** 50,
  pib: 2 ** 50,
  eb: 1e18,
  e: 2 ** 60,
  eib: 2 ** 60,
};

/** A size in KiB, late when amount or unit is, undefined when there is none or libvirt does not know the unit. */
export function toKiB(
  amount: number | Late | undefined,
  unit: string | Late | undefined,
  defaultUnit = "KiB",
): number | Late | undefined {
  if (amount === undefined) return undefined;
  if (isLate(amount)) return amount;
  if (isLate(unit)) return unit;
  const bytes = UNIT_BYTES[(unit ?? defaultUnit).toLowerCase()];
  return bytes === undefined ? undefined : ((amount as number) * bytes) / 1024;
}

/** A size for people: `2 GiB`, `1.5 GiB`, `512 MiB`. */
export function formatKiB(kib: number): string {
  const sign = kib < 0 ? "-" : "";
  const size = Math.abs(kib);
  for (const [unit, factor] of [
    ["TiB", 2 ** 30],
    ["GiB", 2 ** 20],
    ["MiB", 2 ** 10],
  ] as const) {
    // Sizes in the tens of units keep the larger unit: 66 GiB, but 1536 MiB rather than 0.0015 TiB.
    if (size >= factor) return `${sign}${trim(size / factor)} ${unit}`;
  }
  return `${sign}${trim(size)} KiB`;
}

function trim(value: number): string {
  return String(Math.round(value * 100) / 100);
}
