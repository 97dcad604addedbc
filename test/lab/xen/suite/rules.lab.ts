import type { HostFacts } from "../../../../lib/host-facts";
import type { Finding, Rule } from "../../../../lib/rule";
import { rules } from "../../../../lib/rules/registry.generated";
import { validate } from "../../../../lib/validation/validate";
import { type Row, record, type Which } from "../agreement";
import { explanation } from "../explained";
import { rulesInQuestion } from "../in-question";
import { type Answer, ask } from "./ask";
import { capturedFacts } from "./facts";
import { guestsOf, labPlan } from "./guests";
import { REFUSALS } from "./refusals";
import { looksDropped } from "./silent";
import { machine } from "./subject";

/*
 * The examples of every rule on Xen guests, judged by all rules with the machine's own facts, and by Xen. What we
 * refuse, Xen refuses, in the words that the rule stands for; what we accept starts; what we call dropped without a
 * word starts, and is nowhere.
 */

const stageOf = new Map(rules.map(({ code, stage }) => [code, stage]));
const refusesAt = ({ code }: Finding) => ["define", "start"].includes(stageOf.get(code)!);

let facts: HostFacts;

beforeAll(async () => {
  facts = await capturedFacts();
});

describe(`the rules' examples before Xen on ${machine.name}`, () => {
  for (const rule of rulesInQuestion()) {
    for (const which of ["bad", "good"] as const) {
      test(`${rule.code} ${rule.slug}, the ${which} example`, async () => {
        const row = await judge(rule, which);
        record(machine.name, rule.code, which, row);
        if (row.agrees || explanation(rule.code, machine.name, which)) return;
        throw new Error(`we say: ${row.ours}\nXen says: ${row.xen} ${row.words ?? ""}`);
      });
    }
  }
});

async function judge(rule: Rule, which: Which): Promise<Row> {
  const plan = labPlan(rule.examples[which], facts);
  const { findings } = validate(plan, rules);
  const refusing = findings.filter((finding) => finding.severity === "error" && refusesAt(finding));
  const ours = verdict(findings, refusing);
  const guests = guestsOf(plan);
  if (typeof guests === "string") return { ours, xen: `not asked: ${guests}`, agrees: true };
  const answer = await ask(guests);
  if (answer.kind !== "starts") {
    const expected = refusing.length > 0 ? refusing : findings.filter(refusesAt);
    return { ours, ...refusal(answer), agrees: isPredicted(answer, expected) };
  }
  const dropped = findings.filter(({ code }) => code === rule.code && rule.stage === "silent");
  if (which === "good" || dropped.length === 0) return { ours, xen: "starts", agrees: refusing.length === 0 };
  const silent = await looksDropped(rule, plan, dropped, answer.views);
  return {
    ours,
    xen: silent === undefined ? "starts without the setting" : `starts with a difference: ${silent}`,
    agrees: silent === undefined && refusing.length === 0,
  };
}

function verdict(findings: readonly Finding[], refusing: readonly Finding[]): string {
  const codes = (some: readonly Finding[]) => [...new Set(some.map(({ code }) => code))].join(", ");
  if (refusing.length > 0) return `refused: ${codes(refusing)}`;
  const others = findings.filter(({ severity }) => severity === "error");
  if (others.length > 0) return `refused, though it starts: ${codes(others)}`;
  return findings.length > 0 ? `accepted with warnings: ${codes(findings)}` : "accepted";
}

function refusal(answer: Exclude<Answer, { kind: "starts" }>): Pick<Row, "xen" | "words"> {
  if (answer.kind === "crash") return { xen: `libvirt's daemon dies at ${answer.at}` };
  return { xen: `refused at ${answer.at}`, words: answer.words };
}

/** Whether a refusal has the words of a rule that predicted it. */
function isPredicted(answer: Exclude<Answer, { kind: "starts" }>, findings: readonly Finding[]): boolean {
  const words = answer.kind === "crash" ? "crash" : answer.words;
  return findings.some(({ code }) => REFUSALS[code]?.test(words));
}
