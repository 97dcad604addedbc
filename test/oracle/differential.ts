import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { droppedAttributes, type XmlKind } from "../../lib/domain-xml";
import { planAttributes } from "../../lib/domain-xml/plan-reader";
import { HostFacts } from "../../lib/host-facts";
import { PlanExample } from "../../lib/plan/example";
import type { Example, Finding, Stage } from "../../lib/rule";
import { rules } from "../../lib/rules/registry.generated";
import { validate } from "../../lib/validation/validate";
import type { Part } from "./arbitraries/pieces";
import type { Questions } from "./questions";
import { type Answer, ask, virsh } from "./virsh";

/** What the rules and libvirt say of one random configuration. */
export interface Sample {
  readonly index: number;
  readonly part: Part;
  readonly errors: readonly Finding[];
  readonly answer: Answer;
}

/** A libvirt to ask. */
export interface Oracle {
  readonly questions: Questions;
  readonly facts: HostFacts;
  /** A pool of files for volumes. */
  readonly pool: string;
}

export type Kind = "accepted by both" | "refused by both" | "refused later" | "missed" | "contradicted";

const STAGES = new Map(rules.map(({ code, stage }) => [code, stage]));
/** Where libvirt's define has nothing to say: it is about what comes before or after. */
const LATER: readonly (Stage | undefined)[] = ["start", "apply", "boot", "runtime", "silent", "advice"];

/** What this libvirt says of itself, which is what rules ask of it. */
export function factsOf(folder: string): HostFacts {
  const say = (file: string, ...command: string[]) => writeFileSync(join(folder, file), virsh(command));
  mkdirSync(folder);
  say("capabilities.xml", "capabilities");
  say("version.txt", "version", "--daemon");
  say("domcaps-qemu-pc.xml", "domcapabilities", "--virttype", "qemu", "--machine", "pc");
  say("domcaps-qemu-q35.xml", "domcapabilities", "--virttype", "qemu", "--machine", "q35");
  return HostFacts.fromDirectory(folder);
}

/** A plan of one random resource. @param facts of its host; without them it has none. */
export function exampleOf(kind: XmlKind, part: Part, facts: HostFacts | null = null): Example {
  const attributes = sent(kind, part);
  return (plan) => {
    plan.kvmHost("kvm1", { facts }).resource(`libvirt_${kind}`, kind, attributes);
    if (kind === "volume") plan.pool("pool");
  };
}

/** A configuration without what the provider would not send of it, of which libvirt knows nothing. */
function sent(kind: XmlKind, part: Part): Part {
  const plan = new PlanExample().kvmHost().resource(`libvirt_${kind}`, kind, part).build();
  const { config, attributeIssues } = plan.resources[0]!;
  const mistakes = attributeIssues.filter(({ kind: issue }) => issue === "unknown" || issue === "type");
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
  const whole = structuredClone(config) as Part;
  for (let rounds = 0; rounds < 5; rounds++) {
    const dropped = droppedAttributes(kind, whole);
    if (dropped.length === 0) break;
    for (const { at } of dropped) remove(whole, at.split(/[.[\]]+/).filter(Boolean));
  }
  return planAttributes({ kind, config: whole, readOnly: {}, lost: [] });
}

function remove(value: unknown, [step, ...rest]: readonly string[]): void {
  if (typeof value !== "object" || value === null) return;
  if (rest.length > 0) remove((value as Part)[step!], rest);
  else delete (value as Part)[step!];
}

/** What the rules find: warnings aside, and the provider's own demands, which do not reach libvirt. */
function errorsOf(made: Example): readonly Finding[] {
  const plan = new PlanExample();
  made(plan);
  return validate(plan.build(), rules).findings.filter(({ severity }) => severity === "error");
}

export function judge(kind: XmlKind, parts: readonly Part[], { questions, facts, pool }: Oracle): Sample[] {
  const asked = parts.flatMap((part, index) => {
    const made = exampleOf(kind, part, facts);
    const question =
      kind === "volume" ? questions.volume(configOf(made), pool) : questions.of(made, "define");
    return "notJudged" in question ? [] : [{ index, part, errors: errorsOf(made), question }];
  });
  const answers = ask(asked.map(({ question }) => question));
  return asked.map(({ index, part, errors }, at) => ({ index, part, errors, answer: answers[at] }));
}

/** The configuration of the only resource of its kind, as the plan has it. */
function configOf(made: Example): Part {
  const plan = new PlanExample();
  made(plan);
  return plan.build().resources[0]!.config as Part;
}

export function kindOf({ answer, errors }: Sample): Kind {
  if (answer !== undefined) return errors.length > 0 ? "refused by both" : "missed";
  if (errors.length === 0) return "accepted by both";
  return errors.every(isLater) ? "refused later" : "contradicted";
}

const isLater = ({ code }: Finding) => LATER.includes(STAGES.get(code));

/** What a disagreement is about: libvirt's words without the values, or the rules that libvirt contradicts. */
export function digest(sample: Sample): string {
  if (sample.answer !== undefined) return withoutValues(sample.answer.error);
  const codes = sample.errors.filter((each) => !isLater(each)).map(({ code, slug }) => `${code} ${slug}`);
  return [...new Set(codes)].sort().join(", ");
}

function withoutValues(message: string): string {
  return message
    .replace(/Child process \(.*?\) unexpected/, "Child process (…) unexpected")
    .replace(/\S+\/volumes\//g, "…/")
    .replace(/vc-oracle-[\w-]+/g, "NAME")
    .replace(/'[^']*'/g, "'…'")
    .replace(/-?\d+/g, "N")
    .replace(/\bsd[a-e]\b/g, "sdX");
}

/** The smallest configuration on which the same disagreement is seen. */
export function smallest(
  kind: XmlKind,
  arbitrary: fc.Arbitrary<Part>,
  sample: Sample,
  seed: number,
  oracle: Oracle,
): Sample {
  let best = sample;
  const wanted = digest(sample);
  fc.check(
    fc.property(arbitrary, (part) => {
      const [again] = judge(kind, [part], oracle);
      const same = again !== undefined && kindOf(again) === kindOf(sample) && digest(again) === wanted;
      if (same) best = again;
      return !same;
    }),
    { seed, path: String(sample.index), interruptAfterTimeLimit: 60_000 },
  );
  return best;
}
