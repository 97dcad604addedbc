import { closest } from "../plan/did-you-mean";
import type { PlanHost } from "../plan/host";
import { distinctTextsOf } from "../plan/instances";
import { isLate } from "../plan/late";
import { groupBy, type Plan } from "../plan/plan";
import type { PlanResource } from "../plan/resource";
import { fail, needsFacts, type Outcome, pass, undetermined } from "../rule";

/** A kind of thing that resources name, which the plan makes on a host or the host has. */
export interface Kind {
  /** `network`, in the middle of a sentence. */
  readonly word: string;
  /** Terraform's name of its resources. */
  readonly type: string;
  readonly made: (plan: Plan) => readonly PlanResource<{ readonly name: string }>[];
  /** What the facts of a host list, active or not. */
  readonly listed: (
    host: PlanHost,
  ) => readonly { readonly name: string; readonly active: boolean }[] | undefined;
  /** How to start what is defined and not active. */
  readonly start: (name: string) => string;
}

interface Made {
  readonly names: ReadonlySet<string>;
  readonly someLate: boolean;
}

/** Whether what a resource names is made by the plan on its host, or active there. */
export function namedOnHost(
  plan: Plan,
  asker: PlanResource<unknown>,
  name: string,
  at: string,
  kind: Kind,
): Outcome {
  const { host } = asker;
  const target = plan.referenced(asker, name);
  if (target?.type === kind.type) {
    return target.host === host ? pass : elsewhere(asker, target.label, [target], at, kind);
  }

  const made = madeOn(plan, host, kind);
  const wanted = distinctTextsOf(asker, name);
  if (wanted === undefined || wanted.some(isLate)) {
    return undetermined(`which ${kind.word} a resource uses is known only at apply`);
  }
  const missing = wanted.filter((each) => !made.names.has(each));
  const listed = kind.listed(host);
  const active = listed?.filter((each) => each.active).map((each) => each.name);
  const unknown = missing.find((each) => !active?.includes(each));
  if (unknown === undefined) return pass;
  if (made.someLate)
    return undetermined(`the name of a ${kind.word} of "${host.label}" is known only at apply`);
  if (listed === undefined) return needsFacts(host);

  const others = kind.made(plan).filter((each) => each.config.name === unknown);
  if (others.length > 0) return elsewhere(asker, unknown, others, at, kind);
  const offered = [...made.names, ...active!];
  const there = offered.length > 0 ? `there: ${offered.join(", ")}` : `it has no active ${kind.word}`;
  const what = `${capital(kind.word)} "${unknown}" of "${asker.label}"`;
  if (listed.some((each) => each.name === unknown)) {
    return fail({
      at,
      message: `${what} is defined on "${host.label}" but not active (${there}).`,
      fix: `start it: ${kind.start(unknown)}, then capture the facts again; or make the ${kind.word} in this plan`,
    });
  }
  const meant = closest(unknown, offered);
  return fail({
    at,
    message: `${what} is neither made by this plan nor active on "${host.label}" (${there}).`,
    fix: `${meant === undefined ? "" : `did you mean "${meant}"? Else `}make the ${kind.word} in this plan on ${host.label}, or name one that is there`,
  });
}

function elsewhere(
  asker: PlanResource<unknown>,
  name: string,
  made: readonly PlanResource<unknown>[],
  at: string,
  kind: Kind,
): Outcome {
  const hosts = [...new Set(made.map((each) => each.host.label))].join(", ");
  return fail({
    at,
    places: [asker, ...made],
    message: `${capital(kind.word)} "${name}" of "${asker.label}" is made on ${hosts}, but "${asker.label}" is on "${asker.host.label}".`,
    fix: `make the ${kind.word} on ${asker.host.label} as well, or place "${asker.label}" on ${hosts}`,
  });
}

/** The names that the plan makes on a host, and whether some are known only at apply. */
function madeOn(plan: Plan, host: PlanHost, kind: Kind): Made {
  const byHost = plan.index(`names made: ${kind.word}`, () => {
    const hosts = groupBy(kind.made(plan), (each) => each.host);
    return new Map([...hosts].map(([each, resources]) => [each, namesOf(resources)]));
  });
  return byHost.get(host) ?? { names: new Set(), someLate: false };
}

function namesOf(resources: readonly PlanResource<{ readonly name: string }>[]): Made {
  const texts = resources.map((each) => distinctTextsOf(each, each.config.name ?? ""));
  return {
    names: new Set(texts.flatMap((each) => each ?? [])),
    someLate: texts.some((each) => each === undefined || each.some(isLate)),
  };
}

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}
