import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Agreement, readAgreement, type Which } from "./agreement";
import { EXPLAINED, explanation } from "./explained";
import { rulesInQuestion } from "./in-question";
import { MACHINES, type MachineName } from "./machine";

const agreement = readAgreement();
const inQuestion = rulesInQuestion();

function* rowsOf(all: Agreement) {
  for (const [code, machines] of Object.entries(all)) {
    for (const machine of Object.keys(machines) as MachineName[]) {
      for (const [which, row] of Object.entries(machines[machine]!)) {
        yield { code, machine, which: which as Which, row };
      }
    }
  }
}

test("the page has a section for every rule whose examples are guests of Xen", () => {
  const page = readFileSync(join(__dirname, "../../../docs/xen-agreement.md"), "utf8");
  const sections = [...page.matchAll(/^## \[(VIRT-[A-Z]+-\d+)\]/gm)].map(([, code]) => code);
  expect(sections).toEqual(inQuestion.map(({ code }) => code));
});

test("there is no answer about a rule that is gone", () => {
  const codes = new Set(inQuestion.map(({ code }) => code));
  expect(Object.keys(agreement).filter((code) => !codes.has(code))).toEqual([]);
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
