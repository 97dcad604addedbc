import { HostFacts } from "../host-facts";
import { InputError } from "../input/input-error";
import { isFolder } from "../input/read-text";
import { closest } from "../plan/did-you-mean";
import { canonicalUri, type PlanHost, type RawProvider } from "../plan/host";

interface Given {
  /** As the user wrote it. */
  readonly host: string;
  readonly facts: HostFacts;
}

/** Facts that were given for hosts by name, beside the plan. */
export class GivenFacts {
  /**
   * @param given `HOST=PATH`; a path has no equals sign in it, a URI may have.
   * @throws InputError, HostFactsError
   */
  static of(given: readonly string[]): GivenFacts {
    return new GivenFacts(
      given.map((text) => {
        const equals = text.lastIndexOf("=");
        const [host, path] = [text.slice(0, equals), text.slice(equals + 1)];
        if (equals < 1 || path === "") {
          throw new InputError(`--facts ${text} is not HOST=PATH, such as libvirt.kvm1=hosts/kvm1`);
        }
        return { host, facts: isFolder(path) ? HostFacts.fromDirectory(path) : HostFacts.fromFile(path) };
      }),
    );
  }

  private constructor(private readonly given: readonly Given[]) {}

  /** The facts of the host that a provider configuration stands for. */
  readonly factsOf = (provider: RawProvider): HostFacts | undefined =>
    this.given.find(({ host }) => isNamed(host, provider))?.facts;

  /** @throws InputError when a name means none of the hosts, or several. */
  refuseUnused(hosts: readonly PlanHost[]): void {
    for (const { host: name } of this.given) {
      const meant = hosts.filter(({ providers }) => providers.some((each) => isNamed(name, each)));
      if (meant.length === 1) continue;
      if (meant.length > 1) {
        throw new InputError(
          `--facts: "${name}" is ${meant.length} hosts: ${listOf(meant)}; give the stack too (${meant[0]!.unit}/${addressOf(meant[0]!.providers[0]!)}), or the URI`,
        );
      }
      const guess = closest(
        name,
        hosts.flatMap(({ providers }) => providers.flatMap(namesOf)),
      );
      throw new InputError(
        `--facts: there is no host "${name}"${guess === undefined ? "" : ` (did you mean "${guess}"?)`}; the hosts are ${listOf(hosts)}`,
      );
    }
  }
}

function isNamed(name: string, provider: RawProvider): boolean {
  if (namesOf(provider).includes(name)) return true;
  return (
    provider.uri !== undefined && name.includes(":") && canonicalUri(name) === canonicalUri(provider.uri)
  );
}

/** A provider's address, its alias, and both with the stack before them. */
function namesOf(provider: RawProvider): string[] {
  const { alias, unit } = provider;
  const names = [addressOf(provider), ...(alias === undefined ? [] : [alias])];
  return [...names, ...names.map((name) => `${unit}/${name}`)];
}

function addressOf({ alias }: RawProvider): string {
  return alias === undefined ? "libvirt" : `libvirt.${alias}`;
}

function listOf(hosts: readonly PlanHost[]): string {
  const shown = hosts.slice(0, 8).map(({ providers, uri, unit }) => {
    const address = addressOf(providers[0]!);
    return `${hosts.some((each) => each.unit !== unit) ? `${unit}/` : ""}${address}${uri === undefined ? "" : ` (${uri})`}`;
  });
  return shown.join(", ") + (hosts.length > shown.length ? ` and ${hosts.length - shown.length} more` : "");
}
