import type { Rule } from "../rule";

export const PACK_NAMES = ["essential", "hardening", "performance", "migration", "all"] as const;
/** A choice of rules; each but `essential` has all of `essential` and more. */
export type PackName = (typeof PACK_NAMES)[number];

/**
 * The warnings of each pack. Errors need no mention: a rule that is an error is in every pack. Each warning is named
 * here once, under `all` when no other pack shall have it. Every pack holds `essential` as well.
 */
const WARNINGS: Readonly<Record<PackName, readonly string[]>> = {
  /** What nearly everybody wants to know: a guest that will not be what its author thinks it is. */
  essential: [
    "VIRT-ACK-002",
    "VIRT-ACK-003",
    "VIRT-CAP-003",
    "VIRT-GOS-002",
    "VIRT-GOS-003",
    "VIRT-HYP-005",
    "VIRT-HYP-006",
    "VIRT-HYP-016",
    "VIRT-MEM-002",
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
  ],
  /** What makes a guest or host easier to attack. */
  hardening: ["VIRT-XEN-042"],
  /** What makes a guest slower than it need be. */
  performance: [],
  /** What keeps a guest from moving to another host. */
  migration: [],
  /** Good advice for some, noise for others. */
  all: [],
};

/** Whether a rule is in a pack. */
export function isInPack({ code, severity }: Rule, pack: PackName): boolean {
  if (pack === "all" || severity === "error") return true;
  return WARNINGS.essential.includes(code) || WARNINGS[pack].includes(code);
}

/** The packs that hold a rule. */
export function packsOf(rule: Rule): PackName[] {
  return PACK_NAMES.filter((pack) => isInPack(rule, pack));
}

/** Every warning that is assigned to a pack, as often as it is. */
export function assignedWarnings(): string[] {
  return PACK_NAMES.flatMap((pack) => WARNINGS[pack]);
}
