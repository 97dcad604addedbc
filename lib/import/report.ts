import type { LostValue, XmlKind } from "../domain-xml";
import { plural } from "../plan/plural";
import { oneLine, shorten } from "../report/layout";
import { markdownTable, markdownText } from "../report/markdown-text";
import { groups } from "../report/words";
import type { ImportedAs, ImportedHost } from "./resource";

/** Longer values are cut: they are in the file that they come from. */
const VALUE = 160;

const NOUNS: readonly (readonly [XmlKind, string])[] = [
  ["domain", "guest"],
  ["network", "network"],
  ["pool", "pool"],
  ["volume", "volume"],
];

/** `3 guests, 1 network` */
export function countOf(resources: readonly ImportedAs[]): string {
  return NOUNS.map(
    ([kind, noun]) => [resources.filter(({ resource }) => resource.kind === kind).length, noun] as const,
  )
    .filter(([count]) => count > 0)
    .map(([count, noun]) => plural(count, noun))
    .join(", ");
}

/** What was lost and what is no construct, a line for each resource: what a person at the terminal should know. */
export function told(resources: readonly ImportedAs[]): string[] {
  return resources.flatMap(({ name, construct, differs, resource }) => {
    const lost = (resource.lost ?? []).filter(({ path }) => !ASSIGNED.test(path)).map(({ path }) => path);
    return [
      ...(differs.length > 0 ? [`${name}: ${construct}, because of ${some(differs)}`] : []),
      ...(lost.length > 0 ? [`${name}: lost ${some(lost)}`] : []),
    ].map((line) => oneLine(line));
  });
}

/** The first few. */
function some(items: readonly string[]): string {
  const more = items.length - 3;
  return items.slice(0, 3).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** What became of what, for people: `IMPORT.md`. */
export function reportOf(resources: readonly ImportedAs[], host: ImportedHost): string {
  const parts = [
    `# Import of ${markdownText(oneLine(host.name))}\n\n${countOf(resources)}.\n`,
    `## What became of it\n\n${overview(resources)}`,
    bindings(resources),
    lostOf(resources),
    NEXT,
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function overview(resources: readonly ImportedAs[]): string {
  const rows = resources.map(({ name, construct, set, resource }) => [
    inCell(name),
    NOUNS.find(([kind]) => kind === resource.kind)![1],
    construct === undefined
      ? "used by its name"
      : `\`${construct}\`${set.length > 0 ? `; set beside its props: ${set.map((each) => `\`${each}\``).join(", ")}` : ""}`,
    resource.importId !== undefined
      ? "imports it"
      : construct === undefined
        ? "does not manage it"
        : "makes it",
    inCell(resource.from),
  ]);
  return `${markdownTable(["name", "kind", "is", "Terraform", "from"], rows).join("\n")}\n`;
}

/** Why a resource is no construct. */
function bindings(resources: readonly ImportedAs[]): string {
  const own = resources.filter(({ differs }) => differs.length > 0);
  if (own.length === 0) return "";
  const lines = own.map(
    ({ name, construct, differs }) =>
      `- ${inCell(name)} is a \`${construct}\`: ${differs.map(inCell).join("; ")}\n`,
  );
  return `## In the provider's own words\n\nNo construct gives these back as they are.\n\n${lines.join("")}`;
}

/** Where devices lie, and what libvirt numbers or counts itself. */
const ASSIGNED =
  /\/address(\/|$)|\/controller(\[\d+\])?\/target\/@|\/alias(\/|$)|\/network\/@connections$|\/timestamps\/|\/cpu\/@migratable$/;

function lostOf(resources: readonly ImportedAs[]): string {
  const sections = resources.flatMap(({ name, resource }) => {
    const lost = resource.lost ?? [];
    const told = lost.filter(({ path }) => !ASSIGNED.test(path));
    return told.length === 0 ? [] : [`### ${inCell(name)}\n\n${told.map(lostLine).join("")}`];
  });
  const assigned = resources
    .flatMap(({ resource }) => resource.lost ?? [])
    .filter(({ path }) => ASSIGNED.test(path));
  const counts = [...groups(assigned, ({ path }) => path.replace(/\[\d+\]/g, ""))].map(
    ([path, values]) => `- ${values.length} × \`${path}\`\n`,
  );
  if (sections.length === 0 && counts.length === 0) return "";
  return [
    "## What was lost\n\nThe provider has no attribute for these.\n",
    ...sections,
    ...(counts.length > 0
      ? [`### Assigned by libvirt\n\nA machine that is made anew gets others.\n\n${counts.join("")}`]
      : []),
  ].join("\n");
}

function lostLine({ path, value, line }: LostValue): string {
  const where = line > 0 ? ` (line ${line})` : "";
  return `- \`${path.replace(/`/g, "'")}\`${where}: ${inCell(shorten(oneLine(value), VALUE))}\n`;
}

function inCell(value: string): string {
  return markdownText(oneLine(value));
}

const NEXT = `## Next

\`\`\`sh
npm install
npx cdktf plan
\`\`\`

The plan says "import" for what exists, and must neither change nor destroy anything. Read it before the first apply.

The rules judge the program at synth. Where they refuse what runs today, mend it, accept the finding with a reason, or
begin with \`Gate.of(app).reportOnly()\` before \`app.synth()\`.
`;
