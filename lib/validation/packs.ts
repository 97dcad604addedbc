import type { Rule } from "../rule";

export const PACK_NAMES = ["essential", "hardening", "performance", "migration", "all"] as const;
/** A choice of rules; each but `essential` has all of `essential` and more. */
export type PackName = (typeof PACK_NAMES)[number];

/** The pack of an area's warnings, where they are not named below. */
const OF_AREA: Readonly<Record<string, PackName>> = {
  SEC: "hardening",
  PERF: "performance",
  MIG: "migration",
};

/**
 * The warnings of each pack, each named once. Errors need no mention: a rule that is an error is in every pack. What
 * is named under `all` is in no other pack.
 */
const WARNINGS: Readonly<Record<PackName, readonly string[]>> = {
  /** What nearly everybody wants to know: a guest will not be what its author thinks it is. */
  essential: [
    "VIRT-ACK-002",
    "VIRT-ACK-003",
    "VIRT-BOOT-004",
    "VIRT-BOOT-005",
    "VIRT-CAP-003",
    "VIRT-CAP-004",
    "VIRT-CAP-006",
    "VIRT-CAP-008",
    "VIRT-CPU-023",
    "VIRT-DSK-032",
    "VIRT-DSK-062",
    "VIRT-FW-019",
    "VIRT-GOS-001",
    "VIRT-GOS-002",
    "VIRT-GOS-003",
    "VIRT-GOS-008",
    "VIRT-GOS-010",
    "VIRT-GOS-011",
    "VIRT-GOS-017",
    "VIRT-HYP-005",
    "VIRT-HYP-006",
    "VIRT-HYP-016",
    "VIRT-MEM-002",
    "VIRT-NWK-012",
    "VIRT-PRV-105",
    "VIRT-STO-004",
    "VIRT-XEN-020",
    "VIRT-XEN-035",
    "VIRT-XEN-051",
    "VIRT-XEN-052",
    "VIRT-XEN-053",
    "VIRT-XEN-054",
    "VIRT-XEN-055",
    "VIRT-XEN-056",
    "VIRT-XEN-057",
    "VIRT-XEN-058",
    "VIRT-XEN-059",
    "VIRT-XEN-060",
    "VIRT-XEN-064",
  ],
  /** What makes a guest or host easier to attack. */
  hardening: ["VIRT-GOS-006", "VIRT-XEN-042"],
  /** What makes a guest slower than it need be. */
  performance: [
    "VIRT-CAP-005",
    "VIRT-CAP-007",
    "VIRT-DSK-029",
    "VIRT-GOS-009",
    "VIRT-GOS-015",
    "VIRT-MEM-009",
    "VIRT-NET-013",
  ],
  /** What keeps a guest from moving to another host. */
  migration: ["VIRT-FW-020"],
  /** Good advice for some, noise for others. */
  all: ["VIRT-CAP-010", "VIRT-GFX-013", "VIRT-GOS-014", "VIRT-PCI-013", "VIRT-PWR-004"],
};

const PACKS = new Map(PACK_NAMES.flatMap((pack) => WARNINGS[pack].map((code) => [code, pack])));

/** The pack that a warning is assigned to; undefined when somebody has yet to choose. */
export function assignedPack(code: string): PackName | undefined {
  return PACKS.get(code) ?? OF_AREA[code.split("-")[1]!];
}

/** Whether a rule is in a pack. */
export function isInPack({ code, severity }: Rule, pack: PackName): boolean {
  if (pack === "all" || severity === "error") return true;
  const assigned = assignedPack(code);
  return assigned === "essential" || assigned === pack;
}

/** The packs that hold a rule. */
export function packsOf(rule: Rule): PackName[] {
  return PACK_NAMES.filter((pack) => isInPack(rule, pack));
}

/** Every warning that a list names, as often as it does. */
export function namedWarnings(): string[] {
  return PACK_NAMES.flatMap((pack) => WARNINGS[pack]);
}
