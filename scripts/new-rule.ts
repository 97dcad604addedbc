import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { closest } from "../lib/plan/did-you-mean";
import type { Rule } from "../lib/rule";
import { AREAS, generateRulePages } from "./generate-rule-pages";
import { generateRuleRegistry, loadRules } from "./generate-rules";
import { InputError } from "./provider/schema";
import { nextCode } from "./rule-codes";

const ROOT = path.resolve(__dirname, "..");

/** What a rule may look at, by the name of its subjects in lib/rule.ts; and an example of one. */
const SUBJECTS: Readonly<Record<string, { readonly one: string; readonly example: string }>> = {
  guests: { one: "guest", example: "plan.kvm()" },
  qemuGuests: { one: "guest", example: "plan.kvm()" },
  xenGuests: { one: "guest", example: "plan.xenHvm()" },
  hosts: { one: "host", example: 'plan.kvmHost("kvm1")' },
  networks: { one: "network", example: 'plan.network("lan")' },
  resources: { one: "resource", example: 'plan.volume("data")' },
};

const help = `usage: npm run new-rule -- AREA SLUG [options]

Begins a rule: its file, its test and its page, with the next number of the area. The number of a rule that was
removed is not given again.

  AREA                  ${Object.keys(AREAS).join(", ")}
  SLUG                  the name of the rule, of its file, its test and its page: disk-needs-source

  --severity SEVERITY   error (default) or warning
  --on SUBJECTS         what the rule looks at: ${Object.keys(SUBJECTS).join(", ")} (guests)
  --dry-run             say what would be written, and write nothing
  --help                show this text
`;

interface Request {
  readonly area: string;
  readonly slug: string;
  readonly severity: string;
  readonly on: string;
}

/**
 * Does what the arguments ask for.
 *
 * @returns what is to be printed
 * @throws InputError, or that of parseArgs, when they cannot be used
 */
export function newRule(argv: string[]): string {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      severity: { type: "string", default: "error" },
      on: { type: "string", default: "guests" },
      "dry-run": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return help;
  const rules = loadRules();
  const request = requestOf(positionals, values.severity, values.on, rules);
  const code = nextCode(request.area, rules);
  const files = new Map([
    [path.join(ROOT, "lib/rules", request.area.toLowerCase(), `${request.slug}.ts`), ruleFile(code, request)],
    [path.join(ROOT, "test/rules", request.area.toLowerCase(), `${request.slug}.test.ts`), testFile(request)],
  ]);
  const taken = [...files.keys()].find((file) => existsSync(file));
  if (taken) throw new InputError(`${path.relative(ROOT, taken)} is there already`);

  if (!values["dry-run"]) {
    write(files);
    // The page shows what the rule says, so that it is made of the rule that was just written.
    write(generateRuleRegistry());
    write(generateRulePages());
  }
  return nextSteps(code, request, [...files.keys()], values["dry-run"]);
}

function requestOf(
  [area, slug, ...more]: string[],
  severity: string,
  on: string,
  rules: readonly Rule[],
): Request {
  if (area === undefined || slug === undefined || more.length > 0) {
    throw new InputError(`give an area and a slug: npm run new-rule -- NET mac-is-valid\n\n${help}`);
  }
  const upper = area.toUpperCase();
  if (!Object.hasOwn(AREAS, upper)) throw unknown("area", area, Object.keys(AREAS));
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(slug)) {
    throw new InputError(`"${slug}" is no slug: two or more words in lower case, such as disk-needs-source`);
  }
  const namesake = rules.find((rule) => rule.slug === slug);
  if (namesake) throw new InputError(`"${slug}" is the slug of ${namesake.code}: give this rule another`);
  if (severity !== "error" && severity !== "warning") {
    throw unknown("severity", severity, ["error", "warning"]);
  }
  if (!Object.hasOwn(SUBJECTS, on)) throw unknown("kind of subjects", on, Object.keys(SUBJECTS));
  return { area: upper, slug, severity, on };
}

function unknown(what: string, given: string, known: readonly string[]): InputError {
  const meant = closest(given, known);
  const suggestion = meant ? `: did you mean ${meant}?` : `: one of ${known.join(", ")}`;
  return new InputError(`"${given}" is no ${what}${suggestion}`);
}

/** A rule that says nothing yet, so that its contract fails until somebody has written it. */
function ruleFile(code: string, { slug, severity, on }: Request): string {
  const { one, example } = SUBJECTS[on]!;
  return `import { isLate } from "../../plan/late";
import { defineRule, fail, ${[on, "pass", "undetermined"].sort().join(", ")} } from "../../rule";

export const ${camelCase(slug)} = defineRule({
  code: "${code}",
  slug: "${slug}",
  severity: "${severity}",
  stage: "${severity === "error" ? "define" : "advice"}",
  title: "TODO: what must hold, in one line",
  why: "TODO: why it must hold, and what happens where it does not",
  fix: "TODO: how to mend it",
  sources: ["TODO: where it is written, and what was tried with which versions"],
  needs: ["${one === "guest" || one === "network" ? one : "plan"}"],
  on: ${on},
  check: (${one}) => {
    const { label } = ${one};
    if (isLate(label)) return undetermined("TODO: what is known only at apply");
    if (label !== "TODO") return pass;
    return fail({
      at: "name",
      message: \`"\${label}" TODO: the value, what is wrong with it, and what would be right.\`,
      fix: "TODO: what to do here",
    });
  },
  examples: {
    bad: (plan) => ${example},
    good: (plan) => ${example},
  },
});
`;
}

function testFile({ area, slug, on, severity }: Request): string {
  const { example } = SUBJECTS[on]!;
  const name = camelCase(slug);
  return `import { ${name} } from "../../../lib/rules/${area.toLowerCase()}/${slug}";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(${name}, {
  fails: {
    "TODO: a plan with the mistake": {
      plan: (plan) => ${example},
      severity: "${severity}",
      message: "TODO: what the user reads",
      fix: "TODO: what to do",
      at: "name",
    },
  },
  passes: {
    "TODO: a plan without it": (plan) => ${example},
  },
  undetermined: {
    "TODO: a value that only apply knows": {
      plan: (plan) => ${example},
      reason: "TODO: what is known only at apply",
    },
  },
});
`;
}

function nextSteps(
  code: string,
  { slug, severity }: Request,
  files: readonly string[],
  dry: boolean,
): string {
  const names = [...files.map((file) => path.relative(ROOT, file)), `docs/rules/${slug}.md (generated)`];
  const warning = severity === "warning" ? ["- name it in a pack: lib/validation/packs.ts"] : [];
  return [
    `${code} ${slug}${dry ? " (nothing is written)" : ""}`,
    ...names.map((name) => `  ${name}`),
    "Then:",
    "- write what is marked with TODO",
    ...warning,
    "- run npm run generate, which renews the page",
    `- run npx jest --selectProjects cdktf test/rules -t "${code}"`,
    "",
  ].join("\n");
}

function camelCase(slug: string): string {
  return slug.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function write(files: ReadonlyMap<string, string>): void {
  for (const [file, text] of files) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

if (require.main === module) {
  try {
    process.stdout.write(newRule(process.argv.slice(2)));
  } catch (error) {
    const usage = (error as NodeJS.ErrnoException).code?.startsWith("ERR_PARSE_ARGS");
    if (!usage && !(error instanceof InputError)) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 2;
  }
}
