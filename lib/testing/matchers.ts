import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IConstruct } from "constructs";
import type { Gate } from "../gate/gate";
import type { PlanGuest } from "../plan/guest";
import type { Plan } from "../plan/plan";
import type { Place } from "../plan/resource";
import type { DomainConfig } from "../provider/domain";
import { textReport } from "../report/text";
import type { Finding } from "../rule";

/** What `expect(app)`, or `expect(stack)`, can say of a plan. */
export interface PlanMatchers<R> {
  /**
   * The plan is refused, and each of these codes is a reason. Of a stack, or of any construct, only what concerns
   * it counts.
   */
  toRejectWith(code: string, ...more: string[]): R;
  /** Nothing is found for which the plan would be refused. */
  toAcceptPlan(): R;
  /**
   * The plan has a domain of this name, or one with these attributes in the provider's camelCase vocabulary. An
   * object need not name all attributes, a list stands for the whole list, and matchers such as
   * `expect.any(Number)` stand for values.
   */
  toHaveDomain(expected: string | DomainAttributes): R;
}

/** Some attributes of a domain. */
export type DomainAttributes = Some<DomainConfig>;

type Some<T> = T extends readonly (infer Element)[]
  ? readonly Some<Element>[]
  : T extends { resolve(context: never): unknown }
    ? never
    : T extends object
      ? { readonly [Key in keyof T]?: Some<T[Key]> }
      : T;

/** What a matcher gets from the test framework. */
interface Framework {
  equals(a: unknown, b: unknown, testers?: readonly unknown[]): boolean;
  readonly utils: {
    readonly iterableEquality?: unknown;
    readonly subsetEquality?: unknown;
    diff?(expected: unknown, actual: unknown): string | null | undefined;
    printExpected(value: unknown): string;
  };
}

interface Result {
  readonly pass: boolean;
  message(): string;
}

/**
 * The matchers for `expect.extend`, in Jest and in Vitest. With Jest, `import "virt-constructs/testing/jest"` adds
 * them and their types. They judge the plan as a synth would judge it before aspects run; nothing is written.
 */
export const planMatchers = {
  toRejectWith(received: IConstruct, ...codes: string[]): Result {
    if (codes.length === 0) throw new Error("toRejectWith needs the code of a rule, such as VIRT-XEN-002");
    const { reasons } = trial(received, "toRejectWith");
    const found = new Set(reasons.map(({ code }) => code));
    const missing = codes.filter((code) => !found.has(code));
    return {
      pass: missing.length === 0,
      message: () =>
        missing.length === 0
          ? `expected the plan not to be refused for ${codes.join(", ")}\n\n${reportOf(reasons)}`
          : `expected the plan to be refused for ${missing.join(", ")}, but it is ${
              reasons.length === 0 ? "accepted" : `refused for:\n\n${reportOf(reasons)}`
            }`,
    };
  },

  toAcceptPlan(received: IConstruct): Result {
    const { reasons } = trial(received, "toAcceptPlan");
    return {
      pass: reasons.length === 0,
      message: () =>
        reasons.length === 0
          ? "expected the plan to be refused, but nothing is wrong with it"
          : `expected the plan to be accepted, but it is refused:\n\n${reportOf(reasons)}`,
    };
  },

  toHaveDomain(this: Framework, received: IConstruct, expected: string | DomainAttributes): Result {
    const { guests } = trial(received, "toHaveDomain");
    const wanted = typeof expected === "string" ? { name: expected } : expected;
    const match = guests.find(({ config }) => isSubset(this, config, wanted));
    return {
      pass: match !== undefined,
      message: () =>
        match
          ? `expected the plan to have no such domain, but ${match.address} is one:\n${this.utils.printExpected(wanted)}`
          : noSuchDomain(this, guests, wanted),
    };
  },
};

/** The plan as far as it concerns a construct, and why it would be refused. */
function trial(received: unknown, matcher: string): { guests: readonly PlanGuest[]; reasons: Finding[] } {
  if (!isConstruct(received)) {
    throw new Error(`${matcher} looks at an App, a stack or another construct, and was given none`);
  }
  noteFolder(received.node.root);
  const { plan, reasons } = gateOf(received).trial();
  const concerns = (place: Place) => isWithin(place, received);
  // A plan in which there is nothing would be accepted whatever the test is about.
  if (!isAnythingIn(plan, concerns)) {
    const path = received.node.path || "the app";
    throw new Error(
      `${matcher} found no libvirt resource and no provider in ${path}: there is nothing to judge`,
    );
  }
  return {
    guests: plan.guests.filter(concerns),
    reasons: reasons.filter(({ places }) => places.some(concerns)),
  };
}

/** Loaded late: who tests rules alone, with RuleTester, needs no engine. */
function gateOf(construct: IConstruct): Gate {
  const { Gate } = require("../gate/gate") as typeof import("../gate/gate");
  return Gate.of(construct);
}

function isConstruct(value: unknown): value is IConstruct {
  return typeof (value as IConstruct | undefined)?.node?.path === "string";
}

function isAnythingIn(plan: Plan, concerns: (place: Place) => boolean): boolean {
  return plan.resources.some(concerns) || plan.hosts.flatMap(({ providers }) => providers).some(concerns);
}

/** What an override adds has no construct, but a stack. */
function isWithin({ constructPath, unit }: Place, construct: IConstruct): boolean {
  const scope = construct.node.path;
  const path = constructPath ?? unit;
  return scope === "" || path === scope || path.startsWith(`${scope}/`);
}

function isSubset({ equals, utils }: Framework, actual: unknown, expected: unknown): boolean {
  return equals(actual, expected, [utils.iterableEquality, utils.subsetEquality].filter(Boolean));
}

function reportOf(findings: readonly Finding[]): string {
  return textReport({ findings, undetermined: [] });
}

function noSuchDomain({ utils }: Framework, guests: readonly PlanGuest[], wanted: DomainAttributes): string {
  const names = guests.map(({ label }) => `"${label}"`).join(", ") || "none";
  const nearest =
    guests.find(({ config }) => config.name === wanted.name) ?? (guests.length === 1 ? guests[0] : undefined);
  const difference = nearest && utils.diff?.(wanted, shownOf(nearest.config, wanted));
  const head = `expected the plan to have a domain with ${utils.printExpected(wanted)}\nIts domains: ${names}`;
  return difference ? `${head}\n\n${nearest.address}:\n${difference}` : head;
}

/** Of a value, what is compared with another: the attributes that the other names. */
function shownOf(actual: unknown, wanted: unknown): unknown {
  if (!isRecord(actual) || !isRecord(wanted)) return actual;
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, shownOf(actual[key], wanted[key])]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The folders that the engine's `Testing.app()` makes and leaves behind. */
const TEMPORARY = join(tmpdir(), "cdktf.outdir.");
const folders = new Set<string>();

function noteFolder(root: IConstruct): void {
  const { outdir } = root as { outdir?: unknown };
  if (typeof outdir === "string" && outdir.startsWith(TEMPORARY)) folders.add(outdir);
}

/** Removes the temporary folders of the apps that were looked at. */
export function removeTemporaryFolders(): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  folders.clear();
}
