import type { Rule } from "../lib/rule";

/**
 * The highest number of each area in the catalogue that the rules come from. Rows without a rule keep their number,
 * so that it never means something else.
 */
const CATALOGUE: Readonly<Record<string, number>> = {
  BOOT: 8,
  CAP: 12,
  CPU: 26,
  DSK: 30,
  FW: 23,
  GFX: 13,
  GOS: 15,
  HYP: 16,
  MEM: 22,
  MIG: 10,
  NET: 17,
  NWK: 12,
  PCI: 13,
  PERF: 9,
  PWR: 5,
  SEC: 7,
  STO: 9,
  UNQ: 12,
  USB: 4,
  XEN: 44,
};

/** The codes of rules that were removed. A report or an acknowledgement may still name them: they are never given again. */
export const RETIRED: readonly string[] = [];

/** The code of the next rule of an area: above all numbers that were ever given. */
export function nextCode(area: string, rules: readonly Pick<Rule, "code">[], retired = RETIRED): string {
  const given = [...rules.map(({ code }) => code), ...retired]
    .filter((code) => code.startsWith(`VIRT-${area}-`))
    .map((code) => Number(code.split("-")[2]));
  const number = Math.max(CATALOGUE[area] ?? 0, ...given) + 1;
  return `VIRT-${area}-${String(number).padStart(3, "0")}`;
}
