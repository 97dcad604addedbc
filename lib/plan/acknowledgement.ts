import type { IConstruct } from "constructs";
import type { PlanHost } from "./host";
import type { Place } from "./resource";
import { maskPasswords } from "./secrets";
import { sourceOf } from "./source";

/** Somebody's decision to accept what a rule finds. */
export interface Acknowledgement {
  /** The rule whose findings are accepted: `VIRT-HYP-005`. */
  readonly code: string;
  /** Why. Every report shows it. */
  readonly reason: string;
  /** The last day on which it holds, in UTC: `2027-03-31`. @default - it holds for ever */
  readonly expires?: string;
}

/** An acknowledgement as it stands in a plan: where it was given, and with that what it covers. */
export interface PlanAcknowledgement extends Acknowledgement, Place {
  /**
   * What it covers, as a pattern of construct paths and Terraform addresses.
   *
   * @default - the construct at `constructPath` and everything below it
   */
  readonly covers?: string;
}

const GIVEN = Symbol.for("virt-constructs/acknowledgements");
type Holder = IConstruct & { [GIVEN]?: PlanAcknowledgement[] };

/** Keeps an acknowledgement on the construct that it was given for. */
export function keepAcknowledgement(construct: IConstruct, given: Acknowledgement & object): void {
  const holder = construct as Holder;
  if (holder[GIVEN] === undefined) Object.defineProperty(holder, GIVEN, { value: [] });
  holder[GIVEN]!.push({
    code: given.code,
    reason: hasReason(given.reason) ? maskPasswords(given.reason) : given.reason,
    ...(given.expires === undefined ? {} : { expires: given.expires }),
    label: construct.node.id || "App",
    constructPath: construct.node.path,
    unit: unitOf(construct),
    get source() {
      return sourceOf(given);
    },
  });
}

/** All acknowledgements below a construct: those of a scope come before those within it. */
export function acknowledgementsBelow(root: IConstruct): PlanAcknowledgement[] {
  return root.node.findAll().flatMap((construct) => (construct as Holder)[GIVEN] ?? []);
}

/** The stack that a construct is part of; what lies above all stacks is named by itself. */
function unitOf(construct: IConstruct): string {
  const stack = construct.node.scopes.findLast((scope) => STACK in scope);
  return stack?.node.path || construct.node.path || construct.node.id || "App";
}

/** The engine marks its stacks with this, in both of its distributions. */
const STACK = Symbol.for("cdktf/TerraformStack");

/** Whether something is said, in a text that anybody may have given. */
export function hasReason(reason: unknown): reason is string {
  return typeof reason === "string" && reason.trim() !== "";
}

/** Whether an acknowledgement covers a place. */
export function covers(acknowledgement: PlanAcknowledgement, place: Place): boolean {
  const { covers: pattern, constructPath: scope } = acknowledgement;
  if (pattern !== undefined) return matches(pattern, place);
  if (scope === undefined) return true;
  return pathsOf(place).some((path) => scope === "" || path === scope || path.startsWith(`${scope}/`));
}

function matches(pattern: string, place: Place): boolean {
  const expression = expressionOf(pattern);
  const { address, unit } = place;
  const names = address === undefined ? pathsOf(place) : [...pathsOf(place), address, `${unit}/${address}`];
  return names.some((name) => expression.test(name));
}

/** A host is one, whatever number of providers stand for it in several stacks. */
function pathsOf(place: Place): string[] {
  const { providers = [] } = place as Partial<PlanHost>;
  return [place, ...providers].flatMap(({ constructPath }) => constructPath ?? []);
}

const expressions = new Map<string, RegExp>();

/** `*` stands for anything but a slash, `**` for anything. */
function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === "**" ? ".*" : part === "*" ? "[^/]*" : part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
    )
    .join("");
  const expression = new RegExp(`^${source}$`, "s");
  expressions.set(pattern, expression);
  return expression;
}
