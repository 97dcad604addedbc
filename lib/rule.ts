import type { PlanAcknowledgement } from "./plan/acknowledgement";
import type { PlanExample } from "./plan/example";
import type { PlanGuest } from "./plan/guest";
import type { PlanHost } from "./plan/host";
import type { Plan, PlanNetwork } from "./plan/plan";
import type { Place, PlanResource } from "./plan/resource";
import { Setters } from "./plan/setters";

/** An error refuses the plan, a warning does not. */
export type Severity = "error" | "warning";

/** Where the mistake would surface without this library. */
export type Stage = "define" | "start" | "apply" | "boot" | "runtime" | "silent" | "advice";

/** The area of a rule, in its code: `NET` of `VIRT-NET-001`. */
export function areaOf({ code }: Pick<Rule, "code">): string {
  return code.split("-")[1] ?? code;
}

/** What a rule must know; without it the rule is undetermined. */
export type Need = "guest" | "host facts" | "network" | "plan" | "operating system";

/** A failed check, in the words that the user reads. */
export interface Failure {
  /** What is wrong with the value, in the user's vocabulary: value, allowed values, arithmetic. */
  readonly message: string;
  /** What to do. */
  readonly fix: string;
  /** Attribute in the provider's camelCase vocabulary: `devices.disks[0].target.dev`. */
  readonly at?: string;
  /** Where: the first is the place to change, the others take part. @default - the subject of the check */
  readonly places?: readonly Place[];
  /** Tells apart several findings of one rule at one place. @default - the attribute */
  readonly key?: string;
  /** @default - the rule's severity */
  readonly severity?: Severity;
}

export type Outcome =
  | { readonly kind: "pass" }
  | { readonly kind: "not-applicable" }
  | { readonly kind: "undetermined"; readonly reason: string; readonly host?: PlanHost }
  | { readonly kind: "fail"; readonly failure: Failure };

export const pass: Outcome = { kind: "pass" };
export const notApplicable: Outcome = { kind: "not-applicable" };

export function fail(failure: Failure): Outcome {
  return { kind: "fail", failure };
}

/** The rule cannot decide: a value is known only at apply, or nobody stated it. */
export function undetermined(reason: string): Outcome {
  return { kind: "undetermined", reason };
}

/** The rule cannot decide without what the host would say of itself. */
export function needsFacts(host: PlanHost): Outcome {
  return { kind: "undetermined", reason: `needs facts of "${host.label}"`, host };
}

/** What a rule looks at, one at a time. */
export interface Subjects<S extends Place> {
  readonly name: string;
  /** Of guests: the attributes of which each sets one. */
  readonly attributes?: readonly string[];
  of(plan: Plan): Iterable<S>;
}

export const guests: Subjects<PlanGuest> = { name: "guests", of: (plan) => plan.guests };
export const qemuGuests: Subjects<PlanGuest> = {
  name: "KVM and QEMU guests",
  of: (plan) => plan.index("qemu guests", () => plan.guests.filter((guest) => guest.isQemu)),
};
export const emulatedGuests: Subjects<PlanGuest> = {
  name: "guests that QEMU emulates",
  of: (plan) => plan.index("emulated guests", () => plan.guests.filter(({ mode }) => mode === "tcg")),
};
export const xenGuests: Subjects<PlanGuest> = {
  name: "Xen guests",
  of: (plan) => plan.index("xen guests", () => plan.guests.filter((guest) => guest.isXen)),
};
/** Every attribute that some rule is about. */
const setters = new Setters();

/**
 * Those of the guests that set one of some attributes, at all or to one word: `having(qemuGuests, "cpu.numa",
 * "devices.disks[].driver.io", "devices.disks[].target.bus=nvme")`.
 * A rule about an attribute that few guests have then costs nothing for all others.
 */
export function having(subjects: Subjects<PlanGuest>, ...attributes: readonly string[]): Subjects<PlanGuest> {
  const ids = attributes.map((attribute) => {
    const [place = "", word] = attribute.replaceAll("[]", "").split("=");
    return setters.register(place.split("."), word);
  });
  return {
    name: subjects.name,
    attributes,
    of: (plan) => {
      const guestsBy = plan.index(`guests by what they set, of ${setters.size}`, () =>
        setters.of(plan.guests),
      );
      return plan.index(`${subjects.name} having ${attributes.join()}`, () => {
        const setting = ids.map((id) => guestsBy[id]!).filter(({ size }) => size > 0);
        if (setting.length === 0) return [];
        return [...subjects.of(plan)].filter((guest) => setting.some((some) => some.has(guest)));
      });
    },
  };
}

export const hosts: Subjects<PlanHost> = { name: "hosts", of: (plan) => plan.hosts };
export const networks: Subjects<PlanNetwork> = { name: "networks", of: (plan) => plan.networks };
export const resources: Subjects<PlanResource<unknown>> = { name: "resources", of: (plan) => plan.resources };
/** What has interfaces or is one side of them. */
export const guestsAndNetworks: Subjects<PlanGuest | PlanNetwork> = {
  name: "guests and networks",
  of: (plan) => plan.index("guests and networks", () => [...plan.guests, ...plan.networks]),
};
/** Those with attributes that the provider does not know, takes no value for, or takes no such value for. */
export const resourcesWithIssues: Subjects<PlanResource<unknown>> = {
  name: "resources with attributes that the provider does not take as they are",
  of: (plan) =>
    plan.index("resources with issues", () =>
      plan.resources.filter((each) => each.attributeIssues.length > 0),
    ),
};

/** An acknowledgement, and what became of it when all other rules had run. */
export interface JudgedAcknowledgement extends PlanAcknowledgement {
  /** The rule whose code it gives; undefined when there is none. */
  readonly rule?: Rule;
  /** The code that was meant, perhaps, where there is no such rule. */
  readonly meant?: string;
  readonly expired: boolean;
  /** How many findings of the rule it covers. */
  readonly findings: number;
  /** Whether it covers an error that nobody can accept. */
  readonly refused: boolean;
  /** Whether the rule ran, and could decide everything that is covered. */
  readonly decided: boolean;
  /** A finding in which the covered takes part, though the place to change lies elsewhere. */
  readonly elsewhere?: Finding;
}

/** Rules on acknowledgements run after all others, and cannot be acknowledged themselves. */
export const acknowledgements: Subjects<JudgedAcknowledgement> = { name: "acknowledgements", of: () => [] };

/** Builds the plan of an example. */
export type Example = (plan: PlanExample) => void;

export interface RuleDefinition<S extends Place> {
  /** Stable for ever, never reused: `VIRT-XEN-002`. */
  readonly code: string;
  /** Stable name; also the name of the rule's file, test and page. */
  readonly slug: string;
  readonly severity: Severity;
  readonly stage: Stage;
  /** One line: what must hold. */
  readonly title: string;
  /** Why it must hold, for the rule's page. */
  readonly why: string;
  /** How to mend it in general, for the rule's page; a finding says it for the case at hand. */
  readonly fix: string;
  /** Where the rule comes from: source files, manuals, and what was tried with which versions. */
  readonly sources: readonly string[];
  readonly needs: readonly Need[];
  /**
   * Whether its errors can be accepted with a reason. What no host can do whoever accepts it cannot: such a rule can
   * neither be acknowledged, nor made a warning, nor switched off. What it warns of can be acknowledged.
   *
   * @default true
   */
  readonly acknowledgeable?: boolean;
  readonly on: Subjects<S>;
  /** Pure: no I/O, no walk of the construct tree; linear in its subject with the plan's indexes. */
  check(subject: S, plan: Plan): Outcome | Iterable<Outcome>;
  readonly examples: { readonly bad: Example; readonly good: Example };
  /** Codes that the bad example also fails. @default - none */
  readonly alsoFails?: readonly string[];
}

/** A rule as the engine runs it. */
export type Rule = RuleDefinition<Place>;

/** Declares a rule. The type parameter is inferred from `on`. */
export function defineRule<S extends Place>(definition: RuleDefinition<S>): Rule {
  // A rule is only ever given what its own `on` delivers, so that the narrower subject is safe.
  return definition as unknown as Rule;
}

/** A rule's verdict on a place of the plan. */
export interface Finding {
  /** The rule's: `VIRT-XEN-002`. */
  readonly code: string;
  /** The rule's name: `pv-needs-modified-os`. */
  readonly slug: string;
  /** The rule's, where this case is not told apart. */
  readonly severity: Severity;
  /** What must hold. */
  readonly title: string;
  /** What is wrong here. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** Where to change something; the first of `places`. */
  readonly place: Place;
  /** All places that take part. */
  readonly places: readonly Place[];
  /** Attribute in the provider's camelCase vocabulary. */
  readonly attribute?: string;
  /** Who accepted it and why, when somebody did: it is reported, but refuses nothing. */
  readonly acknowledged?: PlanAcknowledgement;
  /**
   * Whether an earlier run found it as well, which the plan is not refused for.
   *
   * @default - there is no earlier run to compare with
   */
  readonly known?: boolean;
  /** Stable across runs and line moves: code, construct path or address, key. */
  readonly fingerprint: string;
}

/** A host of the plan. */
export interface HostPlace extends Place {
  /** Its connection URI without password; undefined when it is known only at apply, or nobody stated it. */
  readonly uri: string | undefined;
}

/** What could not be decided, gathered over guests. */
export interface Undetermined {
  /** The rule's: `VIRT-XEN-002`. */
  readonly code: string;
  /** What is missing. */
  readonly reason: string;
  /** The host whose facts are missing, when that is the reason. */
  readonly host?: HostPlace;
  /** How many subjects it concerns. */
  readonly count: number;
  /** The first of them. */
  readonly place: Place;
}
