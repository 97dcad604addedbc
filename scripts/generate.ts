import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { generateGuestOsPage } from "./generate-guest-os-page";
import { generateHostFactsSchema } from "./generate-host-facts-schema";
import { generateProvider, recordedVersion } from "./generate-provider";
import { generateReportSchema } from "./generate-report-schema";
import { generateRulePages } from "./generate-rule-pages";
import { generateRuleRegistry } from "./generate-rules";
import { generateWords } from "./generate-words";
import { generateXenAgreement } from "./generate-xen-agreement";
import { InputError } from "./provider/schema";

const help = `usage: npm run generate -- [options]

Writes the generated sources of this package.

  --check                     write nothing; exit 1 when a generated file is stale
  --schema FILE               read this output of "terraform providers schema -json"
                              instead of the recorded one
  --provider-version VERSION  the provider version that FILE describes (${recordedVersion})
  --out DIR                   write the provider bindings to DIR, to compare them with lib/provider
  --help                      show this text
`;

/** Generated text by absolute path. */
export type GeneratedFiles = ReadonlyMap<string, string>;

function isStale(file: string, text: string): boolean {
  return !existsSync(file) || readFileSync(file, "utf8") !== text;
}

function run(argv: string[]): number {
  const { values } = parseArgs({
    args: argv,
    options: {
      check: { type: "boolean", default: false },
      schema: { type: "string" },
      "provider-version": { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }

  if (values.schema !== undefined && values["provider-version"] === undefined) {
    process.stderr.write(
      `${values.schema} does not say which provider version it describes: assuming ${recordedVersion}, change it with --provider-version\n`,
    );
  }
  // Bindings for another provider version are the user's own; the rest belongs to this package.
  const own = values.schema === undefined && values.out === undefined;
  const files: GeneratedFiles = new Map([
    ...generateProvider({ schema: values.schema, version: values["provider-version"], out: values.out }),
    ...(own
      ? [
          ...generateWords(),
          ...generateRuleRegistry(),
          ...generateRulePages(),
          ...generateHostFactsSchema(),
          ...generateReportSchema(),
          ...generateGuestOsPage(),
          ...generateXenAgreement(),
        ]
      : []),
  ]);

  const stale = [...files].filter(([file, text]) => isStale(file, text));
  const names = stale.map(([file]) => path.relative(process.cwd(), file));
  if (values.check) {
    if (stale.length === 0) return 0;
    process.stderr.write(`stale generated files, run "npm run generate": ${names.join(", ")}\n`);
    return 1;
  }
  for (const [file, text] of stale) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  process.stdout.write(stale.length === 0 ? "nothing to do\n" : `wrote ${names.join(", ")}\n`);
  return 0;
}

function isUsageError(error: unknown): error is Error {
  const code = (error as NodeJS.ErrnoException).code;
  return error instanceof InputError || (code?.startsWith("ERR_PARSE_ARGS") ?? false);
}

try {
  process.exitCode = run(process.argv.slice(2));
} catch (error) {
  if (!isUsageError(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
