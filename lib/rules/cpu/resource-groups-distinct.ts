import type { Planned } from "../../plan/late";
import type { DomainCpuTune } from "../../provider/domain";
import { defineRule, type Failure, guests, having } from "../../rule";
import { type Literal, outcomesOf } from "../faults";
import { numbersOf, rangesOf, setFault } from "./cpu-set";

type Tune = Literal<Planned<Pick<DomainCpuTune, "cacheTune" | "memoryTune">>>;

/** vCPUs that share what is set apart for them. */
interface Group {
  readonly at: string;
  readonly vcpus: readonly number[];
  /** Nodes of memory whose bandwidth is given. */
  readonly nodes: Set<number>;
}

/** The kernel sets cache and memory bandwidth apart for groups of vCPUs, and a vCPU is in one. */
export const resourceGroupsDistinct = defineRule({
  code: "VIRT-CPU-103",
  slug: "resource-groups-distinct",
  severity: "error",
  stage: "define",
  title:
    "Shares of cache and of memory bandwidth must be of KVM guests, for groups of vCPUs that do not meet",
  why: "cacheTune and memoryTune make groups of the kernel's resource control. A vCPU is in one group; a memoryTune may name exactly the vCPUs of a cacheTune. Within a group each cache and each node is given once, and bandwidth in per cent.",
  fix: "Let the groups name different vCPUs, or equal ones, and each cache and node once.",
  sources: [
    "libvirt domain_conf.c virDomainResctrlVcpuMatch, virDomainCachetuneDefParse, virDomainMemorytuneDefParse; virresctrl.c virResctrlAllocSetCacheSize, virResctrlAllocSetMemoryBandwidth; qemu_validate.c",
    "tried: libvirt 9.0.0 refuses vCPUs 0 and 0-1 (Overlapping vcpus in resctrls), 0-1 in two cacheTunes (Identical vcpus in cachetunes found), one cache twice or as both and code (Colliding cache allocations), a node twice (Memory Bandwidth already defined for node 0), bandwidth 101, vCPUs x (Invalid cachetune attribute), and groups of guests of type qemu (only supported for KVM domains); it leaves out vCPUs that the guest does not have",
  ],
  needs: ["guest"],
  on: having(guests, "cpuTune.cacheTune", "cpuTune.memoryTune"),
  check: (guest) => {
    const { cacheTune, memoryTune } = guest.domain.cpuTune ?? {};
    const given = { tune: { cacheTune, memoryTune }, most: guest.vcpus, type: guest.domain.type };
    return outcomesOf(given, "what is set apart for vCPUs is", ({ tune, most, type }) =>
      faultsOf(tune as Tune, most as number, type === "qemu", guest.label),
    );
  },
  examples: {
    bad: (plan) => plan.kvm({ vcpu: 4, cpu_tune: { cache_tune: [cacheOf("0-1"), cacheOf("1-2")] } }),
    good: (plan) => plan.kvm({ vcpu: 4, cpu_tune: { cache_tune: [cacheOf("0-1"), cacheOf("2-3")] } }),
  },
});

function cacheOf(vcpus: string): Record<string, unknown> {
  return { vcpus, cache: [{ id: 0, level: 3, type: "both", size: 3, unit: "MiB" }] };
}

function* faultsOf(
  { cacheTune = [], memoryTune = [] }: Tune,
  most: number,
  isEmulated: boolean,
  label: string,
): Iterable<Failure> {
  const groups: Group[] = [];
  for (const [kind, tunes] of Object.entries({ cacheTune, memoryTune })) {
    for (const [index, tune] of tunes.entries()) {
      const at = `cpuTune.${kind}[${index}]`;
      const text = tune.vcpus;
      const fault = text ? setFault(text) : "is missing";
      if (fault !== undefined && !fault.startsWith("is empty")) {
        return yield {
          at: `${at}.vcpus`,
          message: `${at}.vcpus of "${label}" ${text ? `is "${text}", which ${fault}` : fault}.`,
          fix: "give numbers and ranges with commas between them, such as 0-3,8",
        };
      }
      const vcpus = numbersOf(text!)?.filter((vcpu) => vcpu < most) ?? [];
      // libvirt does not look at a group of vCPUs that the guest does not have.
      if (vcpus.length === 0) continue;
      const met = groups.find((group) => group.vcpus.some((vcpu) => vcpus.includes(vcpu)));
      const same = met !== undefined && rangesOf(met.vcpus) === rangesOf(vcpus) ? met : undefined;
      if (met !== undefined && (same === undefined || kind === "cacheTune")) {
        return yield {
          at: `${at}.vcpus`,
          message: `${at} and ${met.at} of "${label}" are for vCPUs ${rangesOf(vcpus)} and ${rangesOf(met.vcpus)}; a vCPU is in one group.`,
          fix: "let them name different vCPUs",
        };
      }
      const group = same ?? { at, vcpus, nodes: new Set<number>() };
      if ("cache" in tune) yield* cacheFaults(tune.cache ?? [], at, label);
      if ("nodes" in tune) yield* nodeFaults(tune.nodes ?? [], group, at, label);
      const parts = [
        ...("cache" in tune ? (tune.cache ?? []) : []),
        ...("nodes" in tune ? (tune.nodes ?? []) : []),
      ];
      if (same === undefined && (parts.length > 0 || (tune.monitor ?? []).length > 0)) groups.push(group);
    }
  }
  if (isEmulated && groups.length > 0) {
    yield {
      at: groups[0]!.at,
      message: `"${label}" has ${groups[0]!.at} and is of type qemu; cache and bandwidth are set apart for KVM guests alone.`,
      fix: 'remove it, or use type "kvm"',
    };
  }
}

type Cache = NonNullable<NonNullable<Tune["cacheTune"]>[number]["cache"]>;
type Nodes = NonNullable<NonNullable<Tune["memoryTune"]>[number]["nodes"]>;

function* cacheFaults(caches: Cache, at: string, label: string): Iterable<Failure> {
  for (const [index, { id, level, type }] of caches.entries()) {
    const collides = caches
      .slice(0, index)
      .some(
        (other) =>
          other.id === id &&
          other.level === level &&
          (other.type === type || other.type === "both" || type === "both"),
      );
    if (!collides) continue;
    yield {
      at: `${at}.cache[${index}]`,
      message: `${at} of "${label}" sets apart cache ${id} of level ${level} (${type}) twice.`,
      fix: 'give each cache once: as "both", or as "code" and "data"',
    };
  }
}

function* nodeFaults(nodes: Nodes, group: Group, at: string, label: string): Iterable<Failure> {
  for (const [index, { id, bandwidth }] of nodes.entries()) {
    if (bandwidth < 0 || bandwidth > 100) {
      yield {
        at: `${at}.nodes[${index}].bandwidth`,
        message: `${at} of "${label}" gives ${bandwidth} per cent of the bandwidth of node ${id}.`,
        fix: "set bandwidth from 0 to 100",
      };
    }
    if (group.nodes.has(id)) {
      yield {
        at: `${at}.nodes[${index}].id`,
        message: `The bandwidth of node ${id} is given twice for vCPUs ${rangesOf(group.vcpus)} of "${label}".`,
        fix: "give it once",
      };
    }
    group.nodes.add(id);
  }
}
