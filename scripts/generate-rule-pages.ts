import path from "node:path";
import { examplePlan } from "../lib/plan/example";
import { areaOf, type Need, type Rule, type Severity } from "../lib/rule";
import { packsOf } from "../lib/validation/packs";
import { validate } from "../lib/validation/validate";
import { loadRules } from "./generate-rules";
import { exampleCode } from "./rule-examples";

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
  const unknown = rules.filter((rule) => !(areaOf(rule) in AREAS));
  if (unknown.length > 0)
    throw new Error(`no area is known for ${unknown.map((rule) => rule.code).join(", ")}`);
  const areas = Object.entries(AREAS)
    .map(([area, title]) => ({ title, inArea: inOrder(rules.filter((rule) => areaOf(rule) === area)) }))
    .filter(({ inArea }) => inArea.length > 0);
  return [
    "# Rules",
    "",
    `${rules.length} rules. Each page says what the rule checks, why, and how to mend it; its examples are run by the tests.`,
    "",
    "| Area | Errors | Warnings |",
    "|---|---|---|",
    ...areas.map(
      ({ title, inArea }) =>
        `| [${title}](#${anchor(title)}) | ${count(inArea, "error")} | ${count(inArea, "warning")} |`,
    ),
    `| all | [${count(rules, "error")}](#errors) | [${count(rules, "warning")}](#warnings) |`,
    "",
    ...areas.flatMap(({ title, inArea }) => [
      `## ${title}`,
      "",
      "| Code | Severity | Packs | Needs | Rule |",
      "|---|---|---|---|---|",
      ...inArea.map(
        (rule) =>
          `| ${rule.code} | ${rule.severity} | ${packsOf(rule)[0]} | ${rule.needs.join(", ")} | [${rule.title}](${rule.slug}.md) |`,
      ),
      "",
    ]),
    ...bySeverity("Errors", "error", areas),
    ...bySeverity("Warnings", "warning", areas),
  ].join("\n");
}

interface Area {
  readonly title: string;
  readonly inArea: readonly Rule[];
}

/** All rules of one severity, in the order of their areas. */
function bySeverity(title: string, severity: Severity, areas: readonly Area[]): string[] {
  const lines = areas.flatMap((area) => {
    const links = area.inArea
      .filter((rule) => rule.severity === severity)
      .map(({ code, slug }) => `[${code}](${slug}.md)`);
    return links.length === 0 ? [] : [`- ${area.title}: ${links.join(", ")}`];
  });
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines, ""];
}

/** Errors first, then by code. */
function inOrder(rules: readonly Rule[]): Rule[] {
  return rules.toSorted((a, b) =>
    a.severity === b.severity ? (a.code < b.code ? -1 : 1) : a.severity === "error" ? -1 : 1,
  );
}

function count(rules: readonly Rule[], severity: Severity): number {
  return rules.filter((rule) => rule.severity === severity).length;
}

/** As GitHub and GitLab name a heading. */
function anchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
}

function page(rule: Rule, rules: readonly Rule[]): string {
  const { bad, good } = exampleCode(
    path.join(ROOT, "lib/rules", areaOf(rule).toLowerCase(), `${rule.slug}.ts`),
  );
  const finding = validate(examplePlan(rule.examples.bad), rules).findings.find(
    ({ code }) => code === rule.code,
  );
  return `# ${rule.code}: ${rule.title}

| | |
|---|---|
| name | \`${rule.slug}\` |
| severity | ${rule.severity} |
| without this check it surfaces | ${STAGES[rule.stage]} |
| needs | ${rule.needs.map((need) => NEEDS[need]).join("; ")} |
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

/** What somebody must state for the rule to decide; without it, the rule says so and decides nothing. */
const NEEDS: Readonly<Record<Need, string>> = {
  guest: "the guest",
  network: "the network",
  plan: "the whole plan",
  "operating system": "the guest's operating system",
  "host facts": "[facts of the host](../host-facts.md)",
};

const STAGES = {
  define: "when libvirt defines the guest",
  start: "when the guest starts",
  apply: "while Terraform applies",
  boot: "when the guest boots",
  runtime: "later, while the guest runs",
  silent: "never: it is accepted and ignored",
  advice: "as a guest that is slow, insecure or fragile",
} as const;
