import { rules } from "../../lib/rules/registry.generated";
import { assignedWarnings } from "../../lib/validation/packs";

const FILE = "lib/validation/packs.ts";

test(`every warning is in a pack (a new one is added to a list in ${FILE})`, () => {
  const assigned = new Set(assignedWarnings());
  const missing = rules.filter(({ severity, code }) => severity === "warning" && !assigned.has(code));
  expect(missing.map(({ code, slug }) => `${code} ${slug}: name it in a list of ${FILE}`)).toEqual([]);
});

test("the lists name warnings that there are, each once", () => {
  const warnings = rules.filter(({ severity }) => severity === "warning").map(({ code }) => code);
  expect(assignedWarnings().filter((code) => !warnings.includes(code))).toEqual([]);
  expect(assignedWarnings()).toHaveLength(new Set(assignedWarnings()).size);
});
