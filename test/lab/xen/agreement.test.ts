import { readFileSync } from "node:fs";
import { join } from "node:path";
import { examplePlan } from "../../../lib/plan/example";
import { rules } from "../../../lib/rules/registry.generated";
import { validate } from "../../../lib/validation/validate";
import { type Agreement, readAgreement } from "./agreement";
import { EXPLAINED, explanation } from "./explained";
import { rulesInQuestion } from "./in-question";
import { MACHINES, type MachineName } from "./machine";
import { QUESTIONS } from "./questions";

const agreement = readAgreement();
const inQuestion = rulesInQuestion();

function* rowsOf(all: Agreement) {
  for (const [code, machines] of Object.entries(all)) {
    for (const machine of Object.keys(machines) as MachineName[]) {
      for (const [which, row] of Object.entries(machines[machine]!)) {
        yield { code, machine, which, row };
      }
    }
  }
}

test("the page has a section for every rule whose examples are guests of Xen", () => {
  const page = readFileSync(join(__dirname, "../../../docs/xen-agreement.md"), "utf8");
  const sections = [...page.matchAll(/^## \[(VIRT-[A-Z]+-\d+)\]/gm)].map(([, code]) => code);
  expect(sections).toEqual(inQuestion.map(({ code }) => code));
});

test("there is no answer to what nobody asks any more", () => {
  const asked = new Set(
    inQuestion.flatMap(({ code }) =>
      ["bad", "good", ...Object.keys(QUESTIONS[code] ?? {})].map((which) => `${code} ${which}`),
    ),
  );
  const rows = [...rowsOf(agreement)].map(({ code, which }) => `${code} ${which}`);
  expect(rows.filter((row) => !asked.has(row))).toEqual([]);
});

const questions = Object.entries(QUESTIONS).flatMap(([code, each]) =>
  Object.entries(each).map(([which, example]) => ({ code, which, example })),
);

test.each(questions)("$code finds what is asked beyond its examples: $which", ({ code, example }) => {
  const { findings } = validate(examplePlan(example), rules);
  expect(findings.map((finding) => finding.code)).toContain(code);
});

test("we and Xen agree, or it is explained why not", () => {
  const unexplained = [...rowsOf(agreement)].filter(
    ({ code, machine, which, row }) => !row.agrees && explanation(code, machine, which) === undefined,
  );
  expect(unexplained).toEqual([]);
});

test("nothing is explained that needs no explanation", () => {
  const rows = [...rowsOf(agreement)];
  const inExcess = EXPLAINED.filter(
    (each) =>
      !rows.some(
        ({ code, machine, which, row }) =>
          !row.agrees && code === each.code && which === each.which && machine === (each.machine ?? machine),
      ),
  );
  expect(inExcess).toEqual([]);
  for (const { machine } of EXPLAINED) if (machine) expect(Object.keys(MACHINES)).toContain(machine);
});
