import path from "node:path";
import { type Agreement, type Row, type Rows, readAgreement } from "../test/lab/xen/agreement";
import { explanation } from "../test/lab/xen/explained";
import { rulesInQuestion } from "../test/lab/xen/in-question";
import { MACHINES, type MachineName } from "../test/lab/xen/machine";
import { loadRules } from "./generate-rules";

const PAGE = path.resolve(__dirname, "../docs/xen-agreement.md");

const INTRODUCTION = `# Rules before Xen

The examples of every rule on Xen guests, and further questions, judged by all rules with the facts of a machine, and
put before Xen 4.17 with libvirt 9.0.0 there. The [lab](xen.md) asks and records; this page is generated from its record.

- **agree**: what we refuse is refused, in the words that the rule stands for; what we accept starts; a setting that we
  call dropped without a word is dropped: the guest starts, and neither Xen's configuration, nor the device model's
  command line, nor xenstore, nor the scheduler, nor the interface in dom0, nor the CPU that Xen shows the guest tells
  it from a guest without the setting.
- **agree, for another reason**: we refuse it by other rules as well, and the words are theirs: such as a fully
  virtualized guest on a machine that has none. It says nothing of the rule itself.
- **explained**: Xen answers otherwise, and the rule is right all the same.

`;

const VERDICTS = ["agree", "agree, for another reason", "explained", "**disagree**", "not asked"] as const;
type Verdict = (typeof VERDICTS)[number];

/** The page of what we and Xen say of the rules' examples. */
export function generateXenAgreement(): Map<string, string> {
  const agreement = readAgreement();
  const sections = rulesInQuestion(loadRules()).map(({ code, slug, title }) => {
    const machines = Object.entries(agreement[code] ?? {}) as [MachineName, Rows][];
    const rows = machines.flatMap(([machine, answers]) =>
      Object.entries(answers).map(([which, row]) => line(code, machine, which, row)),
    );
    const table = rows.length > 0 ? [...HEAD, ...rows] : ["Not asked yet."];
    return [`## [${code}](rules/${slug}.md)`, "", title, "", ...table, ""].join("\n");
  });
  return new Map([[PAGE, `${INTRODUCTION}${summary(agreement)}\n${sections.join("\n")}`]]);
}

/** How many answers of each kind a machine gave. */
function summary(agreement: Agreement): string {
  const names = Object.keys(MACHINES) as MachineName[];
  const verdicts = (name: MachineName) =>
    Object.entries(agreement).flatMap(([code, machines]) =>
      Object.entries(machines[name] ?? {}).map(([which, row]) => verdictOf(code, name, which, row)),
    );
  const lines = names.map((name) => {
    const all = verdicts(name);
    const counts = VERDICTS.map((verdict) => all.filter((each) => each === verdict).length);
    return `| ${[name, all.length, ...counts].join(" | ")} |`;
  });
  const head = ["machine", "questions", ...VERDICTS];
  return `${[`| ${head.join(" | ")} |`, `| ${head.map(() => "---").join(" | ")} |`, ...lines].join("\n")}\n`;
}

function verdictOf(code: string, machine: MachineName, which: string, { xen, by, agrees }: Row): Verdict {
  if (!agrees) return explanation(code, machine, which) === undefined ? "**disagree**" : "explained";
  if (xen.startsWith("not asked")) return "not asked";
  return by === undefined || by.includes(code) ? "agree" : "agree, for another reason";
}

const HEAD = ["| machine | example | we say | Xen says | |", "| --- | --- | --- | --- | --- |"];

function line(code: string, machine: MachineName, which: string, row: Row): string {
  const xen = row.words === undefined ? row.xen : `${row.xen}: ${row.words}`;
  const kind = verdictOf(code, machine, which, row);
  const because = kind === "explained" ? explanation(code, machine, which) : row.by;
  const verdict = kind === "explained" || kind === "agree, for another reason" ? `${kind}: ${because}` : kind;
  return `| ${[machine, which, row.ours, xen, verdict].map(cell).join(" | ")} |`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
}
