import type { Rule, Stage } from "../../lib/rule";
import { rules } from "../../lib/rules/registry.generated";
import { type Claim, DISAGREEMENTS } from "./disagreements";
import { type Act, oracleFolder, Questions } from "./questions";
import { type Answer, ask, describeWithLibvirt, say } from "./virsh";

// Some forty guests start, which takes a busy machine more than a second each.
jest.setTimeout(600_000);

/** Rules of which libvirt 9.0.0 is not asked: what they refuse brings it down. */
const NOT_ASKED = ["VIRT-MEM-100"];

interface Judged {
  readonly rule: Rule;
  readonly answer: Answer;
}

describeWithLibvirt("the rules' examples before libvirt", (version) => {
  const folder = oracleFolder();
  let questions: Questions;
  beforeAll(() => {
    questions = new Questions(folder());
    say(`${version} judge the examples of ${rules.length} rules`);
  });

  test("good ones are defined", () => {
    const { judged, notJudged } = put(rules, "good", "validate");
    report("the good example defines, by libvirt's schemas as well", judged, notJudged);
  });

  test("bad ones are refused when defined, where the rule says so", () => {
    // Terraform's apply defines networks and pools. What the provider does to a plan does not reach libvirt.
    const refused = ofStage("define", "apply").filter(
      ({ code }) => !code.startsWith("VIRT-PRV-") && !NOT_ASKED.includes(code),
    );
    const { judged, notJudged } = putBad(refused, "define");
    report("the bad example is refused when defined", judged, notJudged);
  });

  test("bad ones are not refused earlier than the rule says", () => {
    const { judged, notJudged } = putBad(ofStage("start", "boot", "runtime", "silent", "advice"), "define");
    report("the bad example of a later stage defines", judged, notJudged);
  });

  test("bad ones do not start where good ones do", () => {
    const good = put(ofStage("start"), "good", "start");
    const bad = put(accepted(good.judged), "bad", "start");
    report("the good example starts", good.judged, good.notJudged);
    report("the bad example is refused at start", bad.judged, bad.notJudged);
  });

  function put(candidates: readonly Rule[], which: "good" | "bad", act: Act) {
    const notJudged: string[] = [];
    const asked = candidates.flatMap((rule) => {
      const question = questions.of(rule.examples[which], act);
      if (!("notJudged" in question)) return { rule, question };
      notJudged.push(question.notJudged);
      return [];
    });
    const answers = ask(asked.map(({ question }) => question));
    return { judged: asked.map(({ rule }, index): Judged => ({ rule, answer: answers[index] })), notJudged };
  }

  /** A bad example proves nothing where libvirt refuses the good one, too. */
  function putBad(candidates: readonly Rule[], act: Act) {
    const good = put(candidates, "good", act);
    const refused = new Set(good.judged.filter(({ answer }) => answer).map(({ rule }) => rule));
    const bad = put(
      candidates.filter((rule) => !refused.has(rule)),
      "bad",
      act,
    );
    const notJudged = [...bad.notJudged, ...[...refused].map(() => "the good example is refused here")];
    return { judged: bad.judged, notJudged };
  }
});

const ofStage = (...stages: Stage[]) => rules.filter(({ stage }) => stages.includes(stage));

const accepted = (judged: readonly Judged[]) =>
  judged.filter(({ answer }) => answer === undefined).map(({ rule }) => rule);

/** Whether libvirt accepts what a claim is about, if the claim holds. */
const ACCEPTS: Readonly<Record<Claim, boolean>> = {
  "the good example defines, by libvirt's schemas as well": true,
  "the bad example is refused when defined": false,
  "the bad example of a later stage defines": true,
  "the good example starts": true,
  "the bad example is refused at start": false,
};

/** Prints how many agree; fails on disagreements that are not in the table, and on what the table has in excess. */
function report(claim: Claim, judged: readonly Judged[], notJudged: readonly string[]): void {
  const known = new Map(
    DISAGREEMENTS.filter((each) => each.claim === claim).map((each) => [each.code, each]),
  );
  const unknown: string[] = [];
  let agreed = 0;
  for (const { rule, answer } of judged) {
    const entry = known.get(rule.code);
    const agrees = (answer === undefined) === ACCEPTS[claim];
    if (agrees) agreed++;
    else if (entry === undefined || !(answer?.error ?? "").includes(entry.words ?? "")) {
      unknown.push(`${rule.code} ${rule.slug}: ${answer?.error ?? "libvirt accepts it"}`);
    }
    if (!agrees) known.delete(rule.code);
  }
  const inExcess = [...known.values()].filter(({ ofThisHost }) => !ofThisHost).map(({ code }) => code);
  const counts = `${agreed} of ${judged.length} agree, ${judged.length - agreed - unknown.length} known otherwise`;
  say(`${claim}: ${counts}; not judged: ${tally(notJudged) || "none"}`);
  expect({ unknown, inExcess }).toEqual({ unknown: [], inExcess: [] });
}

function tally(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${count} (${reason})`).join(", ");
}
