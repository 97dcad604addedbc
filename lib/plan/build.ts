import type { HostFacts } from "../host-facts";
import { resourceType } from "../provider/table";
import type { PlanAcknowledgement } from "./acknowledgement";
import { readAttributes } from "./attributes";
import { PlanGuest } from "./guest";
import { canonicalUri, PlanHost, type RawProvider } from "./host";
import type { Removal } from "./life-cycle";
import { Plan, PlanNetwork } from "./plan";
import { ReferenceFollower } from "./references";
import { PlanResource, type RawResource } from "./resource";
import { PlanPool, PlanVolume } from "./storage";

/** What a reader delivers. */
export interface RawPlan {
  readonly providers: readonly RawProvider[];
  readonly resources: readonly RawResource[];
  readonly acknowledgements?: readonly PlanAcknowledgement[];
  /** What other resources than the provider's remove. @default - nothing */
  readonly removals?: readonly Removal[];
  /** @default - the present day */
  readonly today?: string;
}

/** What several readers deliver, as one. */
export function joinPlans(parts: readonly RawPlan[]): Pick<RawPlan, "providers" | "resources" | "removals"> {
  return {
    providers: parts.flatMap((part) => part.providers),
    resources: parts.flatMap((part) => part.resources),
    removals: parts.flatMap((part) => part.removals ?? []),
  };
}

/** Only these carry meaning for rules; any other libvirt resource is checked against the schema alone. */
const CLASSES = {
  libvirt_domain: PlanGuest,
  libvirt_network: PlanNetwork,
  libvirt_pool: PlanPool,
  libvirt_volume: PlanVolume,
} as const;

/** Facts of the host that a provider configuration stands for, when somebody gave them apart from it. */
export type FactsOf = (provider: RawProvider) => HostFacts | undefined;

/** Builds the Plan: attributes mapped to the provider's vocabulary, references followed, hosts told apart by URI. */
export function buildPlan(raw: RawPlan, factsOf: FactsOf = () => undefined): Plan {
  const hosts = new Hosts(raw.providers, factsOf);
  const follower = new ReferenceFollower(raw.resources);
  const resources = raw.resources.map((resource): PlanResource<unknown> => {
    const followed = follower.follow(resource);
    const table = resourceType(resource.type);
    const { config, issues } = table
      ? readAttributes(table, followed.attributes)
      : { config: followed.attributes, issues: [] };
    const PlanClass = CLASSES[resource.type as keyof typeof CLASSES] ?? PlanResource;
    return new PlanClass(
      resource,
      config as never,
      hosts.of(resource.unit, resource.provider),
      issues,
      resource.references ? new Map([...followed.references, ...resource.references]) : followed.references,
    );
  });
  return new Plan(hosts.all(), resources, raw.acknowledgements, raw.today, raw.removals);
}

/** Hosts by provider configuration; configurations with one URI are one host, across stacks. */
class Hosts {
  private readonly byKey = new Map<string, PlanHost>();
  private readonly byProvider = new Map<string, PlanHost>();

  constructor(
    providers: readonly RawProvider[],
    private readonly factsOf: FactsOf,
  ) {
    const groups = new Map<string, RawProvider[]>();
    for (const provider of providers.map((each) => this.informed(each))) {
      const key =
        provider.uri === undefined ? providerKey(provider.unit, provider.alias) : canonicalUri(provider.uri);
      groups.set(key, [...(groups.get(key) ?? []), provider]);
    }
    for (const [key, group] of groups) {
      const uri = group[0]!.uri === undefined ? undefined : key;
      const host = new PlanHost(uri, group);
      this.byKey.set(key, host);
      for (const provider of group) this.byProvider.set(providerKey(provider.unit, provider.alias), host);
    }
  }

  /** The host of a resource's `provider` argument; an unknown one stands for itself, so that nothing is lost. */
  of(unit: string, provider: string | undefined): PlanHost {
    const alias = provider?.includes(".") ? provider.slice(provider.indexOf(".") + 1) : undefined;
    const key = providerKey(unit, alias);
    const found = this.byProvider.get(key);
    if (found) return found;
    const host = new PlanHost(undefined, [
      this.informed({ label: provider ?? "the default provider", unit, alias, implied: true }),
    ]);
    this.byKey.set(key, host);
    this.byProvider.set(key, host);
    return host;
  }

  private informed(provider: RawProvider): RawProvider {
    const facts = this.factsOf(provider);
    return facts ? { ...provider, facts } : provider;
  }

  all(): PlanHost[] {
    return [...this.byKey.values()];
  }
}

function providerKey(unit: string, alias: string | undefined): string {
  return `${unit}\n${alias ?? ""}`;
}
