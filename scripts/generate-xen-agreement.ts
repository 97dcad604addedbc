import path from "node:path";
import { type Row, readAgreement, type Which } from "../test/lab/xen/agreement";
import { explanation } from "../test/lab/xen/explained";
import { rulesInQuestion } from "../test/lab/xen/in-question";
import type { MachineName } from "../test/lab/xen/machine";

const PAGE = path.resolve(__dirname, "../docs/xen-agreement.md");

const INTRODUCTION = `# Rules before Xen

The examples of every rule on Xen guests, judged by all rules with the facts of a machine, and put before Xen 4.17 with
libvirt 9.0.0 there. The [lab](xen.md) asks and records; this page is generated from its record.

- **agree**: what we refuse is refused, in the words that the rule stands for; what we accept starts; a setting that we
  call dropped without a word is dropped: the guest starts, and neither Xen's configuration, nor the device model's
  command line, nor xenstore, nor the scheduler knows it.
- **explained**: Xen answers otherwise, and the rule is right all the same.

`;

/** The page of what we and Xen say of the rules' examples. */
export function generateXenAgreement(): Map<string, string> {
  const agreement = readAgreement();
  const sections = rulesInQuestion().map(({ code, slug, title }) => {
    const machines = Object.entries(agreement[code] ?? {}) as [MachineName, Partial<Record<Which, Row>>][];
    const rows = machines.flatMap(([machine, each]) =>
      (["bad", "good"] as const).flatMap((which) => {
        const row = each[which];
        return row ? line(machine, which, row, explanation(code, machine, which)) : [];
      }),
    );
    const table = rows.length > 0 ? [...HEAD, ...rows] : ["Not asked yet."];
    return [`## [${code}](rules/${slug}.md)`, "", title, "", ...table, ""].join("\n");
  });
  return new Map([[PAGE, INTRODUCTION + sections.join("\n")]]);
}

const HEAD = ["| machine | example | we say | Xen says | |", "| --- | --- | --- | --- | --- |"];

function line(machine: MachineName, which: Which, row: Row, reason: string | undefined): string {
  const xen = row.words === undefined ? row.xen : `${row.xen}: ${row.words}`;
  const verdict = row.agrees ? "agree" : reason === undefined ? "**disagree**" : `explained: ${reason}`;
  return `| ${[machine, which, row.ours, xen, verdict].map(cell).join(" | ")} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
}
