import { textsOf } from "../../plan/instances";
import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import type { PlanResource } from "../../plan/resource";

/** Resources of which several would have one name, instances counted. */
export interface Clash<R> {
  readonly name: string;
  /** Each once, in the order of the plan. */
  readonly resources: readonly R[];
  readonly count: number;
}

export interface Names<R> {
  readonly clashes: readonly Clash<R>[];
  /** Whether there may be more of them: a name or a number of instances is known only at apply. */
  readonly undecided: boolean;
}

interface Use<R> {
  readonly resource: R;
  readonly name: string;
  /** Whether only apply knows how many there are of this name. */
  readonly uncertain: boolean;
}

/** What the names of resources, which must all differ, come to; what has no name is left out. */
export function namesOf<R extends PlanResource<unknown>>(
  resources: readonly R[],
  nameOf: (resource: R) => string | undefined,
): Names<R> {
  const uses = resources.flatMap((resource) => usesOf(resource, nameOf(resource)));
  const clashes: Clash<R>[] = [];
  let undecided = uses.length > 1 && uses.some(({ name }) => isLate(name));
  const reported = new Set<string>();
  for (const [name, same] of groupBy(uses, (use) => use.name)) {
    if (same.length < 2) continue;
    if (same.filter((use) => !use.uncertain).length < 2) {
      undecided = true;
      continue;
    }
    const users = [...new Set(same.map(({ resource }) => resource))];
    // Instances of two resources may clash in a hundred names; that is one mistake.
    const key = users.map(({ unit, address }) => `${unit}/${address}`).join("\n");
    if (reported.has(key)) continue;
    reported.add(key);
    clashes.push({ name, resources: users, count: same.length });
  }
  return { clashes, undecided };
}

function usesOf<R extends PlanResource<unknown>>(resource: R, name: string | undefined): Use<R>[] {
  if (name === undefined) return [];
  const texts = textsOf(resource, name);
  if (texts) return texts.map((text) => ({ resource, name: text, uncertain: false }));
  // Of a number that only apply knows there may be two.
  const uncertain = { resource, name, uncertain: true };
  return [uncertain, uncertain];
}

/** How to tell the instances of a resource apart: `web-${count.index}`, before the extension of an image. */
export function instanceName(resource: PlanResource<unknown>, name: string): string {
  const { count } = resource.raw.attributes;
  const key = count === undefined || count === null ? "each.key" : "count.index";
  return name.replace(/(\.(?:qcow2|raw|img|iso|vmdk|vdi))?$/, (extension) => `-\${${key}}${extension}`);
}
