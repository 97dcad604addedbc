import type { PlanHost } from "./host";
import type { GuestIntent, PropIssue } from "./intent";
import { isLate, type Late } from "./late";
import type { LifeCycle } from "./life-cycle";
import type { SourceLine } from "./source";

/** A place in the plan that a finding can name. */
export interface Place {
  /** What the user calls it, for messages and groups: the domain's name, the host's id. */
  readonly label: string;
  /** Path of the construct, absent in plans that no construct made. */
  readonly constructPath?: string;
  /** Terraform address: `libvirt_domain.web`, `module.rack["a"].libvirt_domain.web[0]`. */
  readonly address?: string;
  /** The line of the user's program that made it, where it is known. */
  readonly source?: SourceLine;
  /** The stack (or file) that it belongs to. */
  readonly unit: string;
}

/** Something wrong with an attribute as such, before any rule looks at its meaning. */
export interface AttributeIssue {
  readonly kind: "unknown" | "read-only" | "type" | "empty";
  /** Path in the provider's spelling: `devices.redir_devs[0].sauce`. */
  readonly path: string;
  /** The same in camelCase, as far as the provider knows it: `devices.redirDevs[0].sauce`. */
  readonly at: string;
  readonly message: string;
  readonly fix: string;
}

/** One resource as a reader delivers it: the provider's own spelling, tokens resolved to `${…}`. */
export interface RawResource extends Place {
  readonly type: string;
  readonly name: string;
  /** The module or stack in which addresses are unique and references resolve. */
  readonly unit: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** What late texts point at, where that cannot be read in the text itself. @default - none */
  readonly references?: ReadonlyMap<string, ReferenceTarget>;
  /** Name of the provider configuration: `libvirt`, `libvirt.kvm1`; absent when the resource names none. */
  readonly provider?: string;
  readonly intent?: GuestIntent;
  readonly propIssues?: readonly PropIssue[];
  /** Of a domain or volume: how Terraform changes it. */
  readonly lifeCycle?: LifeCycle;
  /** What libvirt said of it, where it was read from a host and nobody asks the provider to make it. */
  readonly existing?: { readonly uuid?: string };
}

/** A resource of the plan. `C` is its configuration in the provider's vocabulary, camelCase. */
export class PlanResource<C = Readonly<Record<string, unknown>>> implements Place {
  readonly type: string;
  readonly name: string;
  readonly unit: string;
  readonly address: string;
  readonly constructPath?: string;
  readonly provider?: string;
  readonly intent?: GuestIntent;
  readonly existing?: RawResource["existing"];
  /** The libvirt name where it is known, else the label of the construct or the address. */
  readonly label: string;
  /** How many of this resource there will be: `count` or `for_each`; late when only apply knows. */
  readonly multiplicity: number | Late;

  constructor(
    readonly raw: RawResource,
    readonly config: C,
    readonly host: PlanHost,
    /** Attributes that are unknown, read-only or of a wrong type. */
    readonly attributeIssues: readonly AttributeIssue[],
    /** Literal references followed in this configuration: text of the expression to what it points at. */
    readonly references: ReadonlyMap<string, ReferenceTarget>,
  ) {
    this.type = raw.type;
    this.name = raw.name;
    this.unit = raw.unit;
    this.address = raw.address ?? `${raw.type}.${raw.name}`;
    this.constructPath = raw.constructPath;
    this.provider = raw.provider;
    this.intent = raw.intent;
    this.existing = raw.existing;
    const { name } = config as { name?: unknown };
    this.label = typeof name === "string" && name !== "" && !isLate(name) ? name : raw.label;
    this.multiplicity = multiplicityOf(raw.attributes);
  }

  /** Formatted only when a finding needs it. */
  get source(): SourceLine | undefined {
    return this.raw.source;
  }

  /** Whether more than one comes from this one configuration, or may come. */
  get repeated(): boolean {
    return this.multiplicity !== 1;
  }
}

function multiplicityOf({ count, for_each: forEach }: RawResource["attributes"]): number | Late {
  if (count !== undefined && count !== null) return typeof count === "number" ? count : lateOrNumber(count);
  if (typeof forEach === "object" && forEach !== null) return Object.keys(forEach).length;
  return forEach === undefined || forEach === null ? 1 : (String(forEach) as Late);
}

function lateOrNumber(count: unknown): number | Late {
  const text = String(count);
  return isLate(text) || Number.isNaN(Number(text)) ? (text as Late) : Number(text);
}

/** What `${libvirt_volume.root.path}` points at. */
export interface ReferenceTarget {
  readonly resource: { readonly unit: string; readonly address: string };
  /** The attribute in the provider's spelling: `path`. */
  readonly attribute: string;
}
