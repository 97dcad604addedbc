/** What Terraform was told of a domain or volume beside its configuration. What the source of the plan does not tell is absent. */
export interface LifeCycle {
  /** Whether another resource stands for its configuration, so that a change replaces it: `replace_triggered_by`. */
  readonly replacedOnChange?: boolean;
  /** Attributes whose changes count for nothing, in the provider's spelling; `all` for each: `ignore_changes`. */
  readonly ignores?: readonly string[];
  /** What this plan does with it, in Terraform's words: `["update"]`, `["delete", "create"]`. */
  readonly actions?: readonly string[];
  /** Addresses of what is there before it, but for volumes, networks and pools: `depends_on`. */
  readonly dependsOn?: readonly string[];
}

/** A domain that another resource removes with virsh, when both are destroyed. */
export interface Removal {
  readonly unit: string;
  /** Address of the domain, without the keys of instances: `module.rack.libvirt_domain.web`. */
  readonly address: string;
}

const known = new Map<string, LifeCycle>();

/** Of `replace_triggered_by`, `ignore_changes` and `depends_on`, as they were given: the same object for the same life. */
export function lifeCycleOf(triggers: unknown, ignored: unknown, before: unknown): LifeCycle {
  const replacedOnChange = Array.isArray(triggers) ? triggers.length > 0 : Boolean(triggers);
  const ignores = textsOf(ignored);
  const dependsOn = textsOf(before).map(addressIn).filter(mayBeDomain);
  const key = [replacedOnChange, ...ignores, "", ...dependsOn].join();
  const lifeCycle = known.get(key) ?? { replacedOnChange, ignores, dependsOn };
  known.set(key, lifeCycle);
  return lifeCycle;
}

const textsOf = (given: unknown): string[] =>
  (Array.isArray(given) ? given : [given]).filter((each) => typeof each === "string");

/** Each guest has volumes of its own, by which each life would be one of its own. */
const mayBeDomain = (address: string) => !/(^|\.)libvirt_(?!domain\b)/.test(address);

/** `${libvirt_domain.net}`, which is the engine's way to write an address. */
const addressIn = (text: string): string => /^\$\{(.*)\}$/.exec(text)?.[1] ?? text;

/** Whether the plan at hand says that it changes the domain as it is. */
export function isChangedInPlace({ actions = [] }: LifeCycle): boolean {
  return actions.includes("update");
}

/** Whether what a provisioner runs takes a domain away. */
export function undefinesByVirsh(text: string): boolean {
  return /\bvirsh\b/.test(text) && /\bundefine\b/.test(text);
}

/** The domains that an expression or a whole resource refers to: `libvirt_domain.web`. */
export function domainsIn(text: string): string[] {
  return [...new Set(text.match(/(?<!data\.)\blibvirt_domain\.[\w-]+/g) ?? [])];
}

/** An address without the keys of instances: `module.rack["a"].libvirt_domain.web[0]` is `module.rack.libvirt_domain.web`. */
export function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
}
