import type { Plan } from "../../../../lib/plan/plan";
import type { Finding, Rule } from "../../../../lib/rule";
import { type Answer, ask } from "./ask";
import { guestsOf, type LabGuest } from "./guests";
import type { Extra, View } from "./view";

/**
 * Where a setting is not simply dropped but something else comes of it, or what is missing is the mistake: how the
 * guest looks then, in one section of its view.
 */
const LOOKS: Readonly<Record<string, { readonly section: string; readonly has: RegExp }>> = {
  // A disk of a pool is an empty one.
  "VIRT-PRV-007": { section: "xl", has: /"format": "empty"|"pdev_path": ""/ },
  // A qcow2 file without a driver's name is read byte by byte.
  "VIRT-XEN-026": { section: "xl", has: /"format": "raw"/ },
  // Xen's own BIOS, in place of the file that was named.
  "VIRT-XEN-059": { section: "xenstore", has: /hvmloader\/bios = "seabios"/ },
  // What nobody switches on is off.
  "VIRT-XEN-058": { section: "xl", has: /"acpi": "False"/ },
};

/** Where else than in the configuration, the device model and xenstore a setting could be seen. */
const EXTRAS: Readonly<Record<string, readonly Extra[]>> = {
  "VIRT-XEN-035": ["CPU"],
  "VIRT-XEN-051": ["CPU"],
  "VIRT-XEN-052": ["scheduler"],
  "VIRT-XEN-055": ["network"],
};

export const looksAt = ({ code }: Rule): readonly Extra[] => EXTRAS[code] ?? [];

/**
 * Whether a guest with a setting that is said to be dropped looks to Xen like one without it.
 *
 * @returns what tells them apart; undefined where nothing does
 */
export async function looksDropped(
  rule: Rule,
  plan: Plan,
  findings: readonly Finding[],
  views: readonly View[],
): Promise<string | undefined> {
  const looks = LOOKS[rule.code];
  if (looks) {
    const lines = views.flatMap((view) => view[looks.section] ?? []);
    return lines.some((line) => looks.has.test(line)) ? undefined : `${looks.section} lacks ${looks.has}`;
  }
  const settings = findings.flatMap(({ attribute }) => attribute ?? []);
  const without = guestsOf(plan, { without: settings });
  if (typeof without === "string") return without;
  const answer = await askOnce(without, looksAt(rule));
  if (answer.kind !== "starts") return `without ${settings.join(", ")} it does not start`;
  return firstDifference(views, answer.views);
}

const asked = new Map<string, Answer>();

/** Most settings are left out of the same guest. */
async function askOnce(guests: readonly LabGuest[], look: readonly Extra[]): Promise<Answer> {
  const key = [...look, ...guests.map(({ xml }) => xml)].join("\n");
  const known = asked.get(key) ?? (await ask(guests, { look }));
  asked.set(key, known);
  return known;
}

function firstDifference(all: readonly View[], others: readonly View[]): string | undefined {
  for (const [index, view] of all.entries()) {
    for (const [section, lines] of Object.entries(view)) {
      const other = others[index]?.[section] ?? [];
      const at = lines.findIndex((line, number) => line !== other[number]);
      if (at >= 0) return `${section}: ${lines[at]} (without: ${other[at]})`;
      if (other.length > lines.length) return `${section}: without it also ${other[lines.length]}`;
    }
  }
  return undefined;
}
