import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../lib/rules/registry.generated";
import { assignedPack, namedWarnings, packsOf } from "../../lib/validation/packs";

const FILE = "lib/validation/packs.ts";
const warnings = rules.filter(({ severity }) => severity === "warning");

test(`every warning is in a pack (a new one is added to a list in ${FILE})`, () => {
  const missing = warnings.filter(({ code }) => assignedPack(code) === undefined);
  expect(missing.map(({ code, slug }) => `${code} ${slug}: name it in a list of ${FILE}`)).toEqual([]);
});

test("the lists name warnings that there are, each once", () => {
  const codes = warnings.map(({ code }) => code);
  expect(namedWarnings().filter((code) => !codes.includes(code))).toEqual([]);
  expect(namedWarnings()).toHaveLength(new Set(namedWarnings()).size);
});

test("what a pack holds is what the index of rules says, which a change shows", () => {
  const index = readFileSync(join(__dirname, "../../docs/rules/README.md"), "utf8");
  const pinned = [...index.matchAll(/^\| (VIRT-\S+) \| (\w+) \| (\w+) \|/gm)].map(([, ...row]) => row);
  expect(pinned.sort()).toEqual(
    rules.map((rule) => [rule.code, rule.severity, packsOf(rule)[0]]).sort() as string[][],
  );
});
