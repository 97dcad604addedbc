import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";

/** Huge pages come from a file system of their own, and are taken when the guest starts. */
export const hugepagesNeedAllocation = defineRule({
  code: "VIRT-MEM-013",
  slug: "hugepages-need-allocation",
  severity: "error",
  stage: "define",
  title: "Huge pages exclude anonymous memory and allocation on demand",
  why: "libvirt takes huge pages from the host's hugetlbfs, and all of them at once, so that the guest cannot run out of them later. A memory source of type anonymous has no file to take them from; allocation ondemand asks for the opposite.",
  fix: "Use memory source memfd or file, or none, and allocation immediate, or none.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDefMemory",
    "tried: libvirt 9.0.0, define of hugepages with source anonymous: hugepages are not allowed with anonymous memory source; with allocation ondemand: hugepages are not allowed with memory allocation ondemand; with file, memfd and immediate they are accepted",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "memoryBacking.memoryHugePages"),
  *check(guest): Iterable<Outcome> {
    const backing = guest.domain.memoryBacking;
    if (backing?.memoryHugePages === undefined) return yield notApplicable;
    const { label } = guest;
    const type = backing.memorySource?.type;
    const mode = backing.memoryAllocation?.mode;
    if (isLate(backing.memoryHugePages) || isLate(type) || isLate(mode)) {
      yield undetermined("the memory backing of a guest is known only at apply");
    }
    if (type === "anonymous") {
      yield fail({
        at: "memoryBacking.memorySource.type",
        message: `"${label}" takes its memory from huge pages (memoryHugePages) and from a source of type anonymous.`,
        fix: 'set memoryBacking.memorySource.type to "memfd", or remove it',
      });
    }
    if (mode === "ondemand") {
      yield fail({
        at: "memoryBacking.memoryAllocation.mode",
        message: `"${label}" takes its memory from huge pages (memoryHugePages), which libvirt does not allocate on demand.`,
        fix: 'set memoryBacking.memoryAllocation.mode to "immediate", or remove it',
      });
    }
    yield pass;
  },
  examples: {
    bad: (plan) =>
      plan.kvm({ memory_backing: { memory_huge_pages: {}, memory_source: { type: "anonymous" } } }),
    good: (plan) => plan.kvm({ memory_backing: { memory_huge_pages: {}, memory_source: { type: "memfd" } } }),
  },
});
