import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { examplePlan } from "../lib/plan/example";
import type { Rule } from "../lib/rule";
import { packsOf } from "../lib/validation/packs";
import { validate } from "../lib/validation/validate";
import { loadRules } from "./generate-rules";

const ROOT = path.resolve(__dirname, "..");
const PAGES = path.join(ROOT, "docs/rules");

/** The names of the areas, in the order of the index. */
export const AREAS: Readonly<Record<string, string>> = {
  HYP: "Hypervisor and virtualization mode",
  XEN: "Xen",
  CPU: "CPU",
  MEM: "Memory",
  FW: "Machine, firmware and TPM",
  DSK: "Disks",
  NET: "Guest network interfaces",
  PCI: "Device passthrough",
  USB: "USB",
  GFX: "Graphics, video, sound and input",
  BOOT: "Boot",
  GOS: "Guest operating system",
  CAP: "Host capacity",
  UNQ: "Names and uniqueness",
  STO: "Storage pools and volumes",
  NWK: "Virtual networks",
  SEC: "Security",
  PERF: "Performance",
  MIG: "Migration",
  PWR: "Power and life cycle",
  PRV: "Terraform and the provider",
  API: "Props of constructs",
  ACK: "Acknowledgements",
};

/** A page for each rule, from the rule's own words and examples, and their index. */
export function generateRulePages(): Map<string, string> {
  const rules = loadRules();
  const files = new Map<string, string>([[path.join(PAGES, "README.md"), index(rules)]]);
  for (const rule of rules) files.set(path.join(PAGES, `${rule.slug}.md`), page(rule, rules));
  return files;
}

function index(rules: readonly Rule[]): string {
  const lines = [
    "# Rules",
    "",
    `${rules.length} rules. Each page says what the rule checks, why, and how to mend it; its examples are run by the tests.`,
    "",
  ];
  for (const [area, title] of Object.entries(AREAS)) {
    const inArea = rules.filter((rule) => areaOf(rule) === area).sort((a, b) => (a.code < b.code ? -1 : 1));
    if (inArea.length === 0) continue;
    lines.push(`## ${title}`, "", "| Code | Severity | Packs | Rule |", "|---|---|---|---|");
    for (const rule of inArea)
      lines.push(
        `| ${rule.code} | ${rule.severity} | ${packsOf(rule)[0]} | [${rule.title}](${rule.slug}.md) |`,
      );
    lines.push("");
  }
  const unknown = rules.filter((rule) => !(areaOf(rule) in AREAS));
  if (unknown.length > 0)
    throw new Error(`no area is known for ${unknown.map((rule) => rule.code).join(", ")}`);
  return lines.join("\n");
}

function page(rule: Rule, rules: readonly Rule[]): string {
  const { bad, good } = exampleSources(rule);
  const finding = validate(examplePlan(rule.examples.bad), rules).findings.find(
    ({ code }) => code === rule.code,
  );
  return `# ${rule.code}: ${rule.title}

| | |
|---|---|
| name | \`${rule.slug}\` |
| severity | ${rule.severity} |
| without this check it surfaces | ${STAGES[rule.stage]} |
| needs | ${rule.needs.join(", ")} |
| packs | ${packsOf(rule).join(", ")} |
| can be acknowledged | ${rule.acknowledgeable === false ? "no" : "yes"} |

## Why

${rule.why}

## How to mend it

${rule.fix}

## Refused

\`\`\`ts
${bad}
\`\`\`

\`\`\`text
${finding ? `${finding.severity}  ${finding.code}  ${finding.slug}\n${finding.message}\nfix   ${finding.fix}` : "no finding"}
\`\`\`

## Accepted

\`\`\`ts
${good}
\`\`\`

## Sources

${rule.sources.map((source) => `- ${source}`).join("\n")}
`;
}

const STAGES = {
  define: "when libvirt defines the guest",
  start: "when the guest starts",
  apply: "while Terraform applies",
  boot: "when the guest boots",
  runtime: "later, while the guest runs",
  silent: "never: it is accepted and ignored",
  advice: "as a guest that is slow, insecure or fragile",
} as const;

/** The text of the examples as their author wrote them. */
function exampleSources(rule: Rule): { bad: string; good: string } {
  const file = path.join(ROOT, "lib/rules", areaOf(rule).toLowerCase(), `${rule.slug}.ts`);
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found: Record<string, string> = {};
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ["bad", "good"].includes(node.name.getText())) {
      found[node.name.getText()] ??= dedent(node.initializer.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { bad: found.bad ?? "", good: found.good ?? "" };
}

function dedent(text: string): string {
  const [first, ...rest] = text.split("\n");
  const indent = Math.min(...rest.filter((line) => line.trim()).map((line) => /^ */.exec(line)![0].length));
  return [first, ...rest.map((line) => `  ${line.slice(indent)}`.trimEnd())].join("\n");
}

function areaOf(rule: Rule): string {
  return rule.code.split("-")[1]!;
}
