import { isLate } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, needsFacts, notApplicable, pass, qemuGuests, undetermined } from "../../rule";

/** Memory of another node is slow, and a guest that does not know of nodes cannot avoid it. */
export const guestSpansNumaNodes = defineRule({
  code: "VIRT-PERF-004",
  slug: "guest-spans-numa-nodes",
  severity: "warning",
  stage: "advice",
  title: "A guest that is larger than a NUMA node of its host should have NUMA cells",
  why: "A guest with more vCPUs or memory than any node of its host runs on several nodes. Without NUMA cells its system takes all memory for equally near, so that processes run on one node with their memory on another.",
  fix: "Give the guest one NUMA cell for each node that it spans, or make it small enough for one.",
  sources: ["RHEL 9, Optimizing virtual machine CPU performance, NUMA", "virsh capabilities, cells"],
  needs: ["guest", "host facts"],
  on: qemuGuests,
  check: ({ domain, host, vcpus, memoryKiB, label }) => {
    if (domain.cpu?.numa !== undefined) return notApplicable;
    const cells = host.facts?.data.numaCells;
    if (!cells) return needsFacts(host);
    if (cells.length < 2) return notApplicable;
    const cpus = Math.max(...cells.map((cell) => cell.cpus.length));
    const memory = Math.max(...cells.map((cell) => cell.memoryKiB ?? Number.POSITIVE_INFINITY));
    const manyCpus = !isLate(vcpus) && (vcpus as number) > cpus;
    const muchMemory = memoryKiB !== undefined && !isLate(memoryKiB) && (memoryKiB as number) > memory;
    if (!manyCpus && !muchMemory) {
      return isLate(vcpus) || isLate(memoryKiB)
        ? undetermined("the size of a guest is known only at apply")
        : pass;
    }
    const size = manyCpus ? `${vcpus} vCPUs` : formatKiB(memoryKiB as number);
    return fail({
      at: "cpu.numa",
      message: `"${label}" has ${size}, and no NUMA node of "${host.label}" has more than ${manyCpus ? `${cpus} CPUs` : formatKiB(memory)}: it spans nodes without knowing of them.`,
      fix: "add a cell to cpu.numa for each node that the guest spans",
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1", { facts: { numaCells: twoNodes() } }).kvm({ memory: 40 }),
    good: (plan) => plan.kvmHost("kvm1", { facts: { numaCells: twoNodes() } }).kvm({ memory: 30 }),
  },
});

function twoNodes() {
  return [0, 1].map((id) => ({
    id,
    memoryKiB: 32 * 2 ** 20,
    cpus: [...Array(8).keys()].map((cpu) => cpu + 8 * id),
    pages: [],
  }));
}
