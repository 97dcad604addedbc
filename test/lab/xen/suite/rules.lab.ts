import type { HostFacts } from "../../../../lib/host-facts";
import { examplePlan } from "../../../../lib/plan/example";
import type { Example, Finding, Rule } from "../../../../lib/rule";
import { rules } from "../../../../lib/rules/registry.generated";
import { validate } from "../../../../lib/validation/validate";
import { type Row, record } from "../agreement";
import { explanation } from "../explained";
import { rulesInQuestion } from "../in-question";
import { QUESTIONS } from "../questions";
import { type Answer, ask } from "./ask";
import { capturedFacts } from "./facts";
import { guestsOf, labPlan } from "./guests";
import { REFUSALS } from "./refusals";
import { looksAt, looksDropped } from "./silent";
import { machine } from "./subject";

/*
 * The examples of every rule on Xen guests, and further questions, judged by all rules with the machine's own facts,
 * and by Xen. What we refuse, Xen refuses, in the words that the rule stands for; what we accept starts; what we call
 * dropped without a word starts, and is nowhere.
 */

/** The rule that a guest does not fit beside the others; about what else it is asked, the lab's guests are small. */
const MEMORY = "VIRT-CAP-002";

const stageOf = new Map(rules.map(({ code, stage }) => [code, stage]));
const refusesAt = ({ code }: Finding) => ["define", "start"].includes(stageOf.get(code)!);

let facts: HostFacts;

beforeAll(async () => {
  facts = await capturedFacts();
});

describe(`the rules' examples before Xen on ${machine.name}`, () => {
  for (const rule of rulesInQuestion()) {
    const examples = { ...rule.examples, ...further(rule.code) };
    for (const [which, example] of Object.entries(examples)) {
      test(`${rule.code} ${rule.slug}: ${which}`, async () => {
        const row = await judge(rule, example, which !== "good");
        record(machine.name, rule.code, which, row);
        if (row.agrees || explanation(rule.code, machine.name, which)) return;
        throw new Error(`we say: ${row.ours}\nXen says: ${row.xen} ${row.words ?? ""}`);
      });
    }
  }
});

/** Questions about guests of kinds that the machine has; of the others the examples say enough. */
function further(code: string): Readonly<Record<string, Example>> {
  const all = Object.entries(QUESTIONS[code] ?? {});
  if (machine.name === "hvm") return Object.fromEntries(all);
  return Object.fromEntries(all.filter(([, each]) => examplePlan(each).guests[0]?.mode === "xen-pv"));
}

async function judge(rule: Rule, example: Example, fails: boolean): Promise<Row> {
  const plan = labPlan(example, facts);
  const ofMemory = rule.code === MEMORY;
  const findings = validate(plan, rules).findings.filter(({ code }) => ofMemory || code !== MEMORY);
  const refusing = findings.filter((finding) => finding.severity === "error" && refusesAt(finding));
  const ours = verdict(findings, refusing);
  const guests = guestsOf(plan, { light: !ofMemory });
  if (typeof guests === "string") return { ours, xen: `not asked: ${guests}`, agrees: true };
  const own = findings.filter(({ code }) => code === rule.code);
  // A rule about a refusal warns of what starts and becomes something else.
  const isSilent = rule.stage === "silent" || (rule.stage === "start" && own.every(isWarning));
  const dropped = fails && isSilent ? own : [];
  const answer = await ask(guests, dropped.length > 0 ? { look: looksAt(rule) } : {});
  if (answer.kind !== "starts") {
    // What is refused with certainty comes first; a warning may foretell a refusal as well.
    const by = predicting(answer, refusing.length > 0 ? refusing : findings.filter(refusesAt));
    return { ours, ...refusal(answer), ...(by !== "" && { by }), agrees: by !== "" };
  }
  if (dropped.length === 0) return { ours, xen: "starts", agrees: refusing.length === 0 };
  const silent = await looksDropped(rule, plan, dropped, answer.views);
  return {
    ours,
    xen: silent === undefined ? "starts without the setting" : `starts with a difference: ${silent}`,
    agrees: silent === undefined && refusing.length === 0,
  };
}

const isWarning = ({ severity }: Finding) => severity === "warning";

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

/** Codes of the rules that predicted a refusal in these words. */
function predicting(answer: Exclude<Answer, { kind: "starts" }>, findings: readonly Finding[]): string {
  const words = answer.kind === "crash" ? "crash" : answer.words;
  const codes = findings.map(({ code }) => code).filter((code) => REFUSALS[code]?.test(words));
  return [...new Set(codes)].join(", ");
}
