import { plural } from "../plan/plural";
import type { Undetermined } from "../rule";
import { NAME, shorten } from "./layout";
import { plain } from "./plain";
import { groups } from "./words";

/** One line for each reason, not for each guest: what is missing is said once. */
export function notChecked(undetermined: readonly Undetermined[]): string[] {
  const lines: string[] = [];
  const byHost = groups(
    undetermined.filter((each) => each.host),
    (each) => each.host!,
  );
  for (const [host, entries] of byHost) {
    const count = new Set(entries.map((each) => each.code)).size;
    const uri = host.uri === undefined ? "" : ` (virt-constructs facts capture ${host.uri})`;
    lines.push(
      `not checked: ${plural(count, "rule")} ${count === 1 ? "needs" : "need"} facts of "${host.label}"${uri}`,
    );
  }
  const byReason = groups(
    undetermined.filter((each) => !each.host),
    (each) => each.reason,
  );
  for (const [reason, entries] of byReason) {
    const codes = [...new Set(entries.map((each) => each.code))].sort();
    const subjects = Math.max(...entries.map((each) => each.count));
    const first = `"${shorten(entries[0]!.place.label, NAME)}"`;
    const whom = subjects === 1 ? first : `${first} and ${subjects - 1} more`;
    lines.push(`not checked: ${codes.join(", ")} for ${whom}: ${reason}`);
  }
  return lines.map(plain);
}
