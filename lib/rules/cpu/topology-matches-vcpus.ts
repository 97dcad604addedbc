import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { isAtLeast } from "../versions";

const PARTS = ["sockets", "dies", "clusters", "cores", "threads"] as const;
type Part = (typeof PARTS)[number];

/** The parts that libvirt demands; it takes the others as 1. */
const DEMANDED: readonly Part[] = ["sockets", "cores", "threads"];

/** A topology has room for exactly as many CPUs as the guest may ever have. */
export const topologyMatchesVcpus = defineRule({
  code: "VIRT-CPU-002",
  slug: "topology-matches-vcpus",
  severity: "error",
  stage: "define",
  title: "The CPU topology must add up to the guest's vCPUs",
  why: "A topology of sockets, dies, clusters, cores and threads has room for their product, and QEMU wants that to be exactly the maximum number of vCPUs. libvirt refuses any other, and a topology without sockets, cores and threads.",
  fix: "Change the topology so that its product is the number of vCPUs, or the number of vCPUs, or leave the topology out.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainVCpuTopology, domain_conf.c virDomainDefGetVcpusTopology, cpu_conf.c virCPUDefParseXML",
    "libvirt NEWS 10.1.0: clusters; older versions ignore the attribute",
    "tried: libvirt 9.0.0, define of 1 x 2 x 2 with 8 vCPUs: CPU topology doesn't match maximum vcpu count; cores alone: Missing required attribute 'sockets'; 2 sockets x 2 dies x 2 cores x 2 threads with 16 vCPUs starts; the maximum counts, not the current number",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "cpu.topology"),
  check: (guest) => {
    const topology = guest.domain.cpu?.topology;
    if (!topology) return notApplicable;
    const { vcpus, host, label } = guest;
    if (isLate(vcpus) || PARTS.some((part) => isLate(topology[part]))) {
      return undetermined("the CPU topology or the number of vCPUs is known only at apply");
    }
    // The provider leaves out a 0 as it leaves out what is not set.
    const size = (part: Part) => (topology[part] as number | undefined) || 1;
    const missing = DEMANDED.filter((part) => !topology[part]);
    if (missing.length > 0) {
      return fail({
        at: `cpu.topology.${missing[0]}`,
        message: `The CPU topology of "${label}" gives no ${missing.join(" and no ")}: libvirt wants sockets, cores and threads, each at least 1.`,
        fix: advice(guest, size("threads")),
      });
    }
    const withoutClusters = size("sockets") * size("dies") * size("cores") * size("threads");
    const withClusters = withoutClusters * size("clusters");
    const clustersCount = isAtLeast(host.facts?.data.libvirtVersion, "10.1.0");
    if (clustersCount === undefined && (withClusters === vcpus) !== (withoutClusters === vcpus)) {
      return needsFacts(host);
    }
    const product = clustersCount === false ? withoutClusters : withClusters;
    if (product === vcpus) return pass;
    const shown = PARTS.filter((part) => topology[part]).map((part) => counted(size(part), part));
    const ignored =
      clustersCount === false && size("clusters") > 1
        ? ` (libvirt ${host.facts?.data.libvirtVersion} ignores clusters)`
        : "";
    return fail({
      at: "cpu.topology",
      message: `The CPU topology of "${label}" has room for ${product} vCPUs (${shown.join(" x ")})${ignored}, but the guest has ${vcpus}.`,
      fix: `set vcpu to ${product}, or ${advice(guest, size("threads"))}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ vcpu: 6, cpu: { topology: { sockets: 2, cores: 4, threads: 1 } } }),
    good: (plan) => plan.kvm({ vcpu: 8, cpu: { topology: { sockets: 2, cores: 4, threads: 1 } } }),
  },
});

/** A topology that fits, with the same threads for each core where that divides. */
function advice(guest: PlanGuest, threads: number): string {
  const vcpus = guest.vcpus as number;
  const kept = vcpus % threads === 0 ? threads : 1;
  return `set cpu.topology to 1 socket, ${counted(vcpus / kept, "cores")}, ${counted(kept, "threads")}`;
}

/** `2 cores`, `1 core`. */
function counted(count: number, part: Part): string {
  return `${count} ${count === 1 ? part.slice(0, -1) : part}`;
}
