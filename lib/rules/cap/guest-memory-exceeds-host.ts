import { isLate } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, needsFacts, pass, qemuGuests, undetermined } from "../../rule";

/** A guest that is larger than its host never fits, whoever else is there. */
export const guestMemoryExceedsHost = defineRule({
  code: "VIRT-CAP-001",
  slug: "guest-memory-exceeds-host",
  severity: "error",
  stage: "start",
  title: "A guest must not have more memory than its host",
  why: "The kernel refuses QEMU memory that is larger than the host's RAM and swap together. Facts do not tell how much swap there is: up to twice the host's memory this is a warning, since with that much swap the guest starts and crawls. What several guests need together is another rule's, and so is memory on Xen, which has no swap.",
  fix: "Give the guest less memory, or place it on a larger host.",
  sources: [
    "Linux Documentation/mm/overcommit-accounting: the heuristic refuses obvious overcommits",
    "tried: QEMU 7.2 with memory of twice the host's RAM, no swap: cannot set up guest memory 'pc.ram': Cannot allocate memory",
  ],
  needs: ["guest", "host facts"],
  on: qemuGuests,
  check: ({ label, host, memoryKiB }, plan) => {
    if (memoryKiB === undefined) return pass;
    if (isLate(memoryKiB)) return undetermined("the memory of a guest is known only at apply");
    const total = host.facts?.data.memoryKiB;
    if (total === undefined) return needsFacts(host);
    const memory = memoryKiB as number;
    if (memory <= total) return pass;
    const larger = plan.hosts
      .filter((each) => each.hypervisor === host.hypervisor && (each.facts?.data.memoryKiB ?? 0) >= memory)
      .map((each) => each.label);
    return fail({
      severity: memory > 2 * total ? "error" : "warning",
      at: "memory",
      message: `"${label}" has ${formatKiB(memory)} of memory, and all of "${host.label}" has ${formatKiB(total)}.`,
      fix: `set memory to less than ${formatKiB(total)}${larger.length > 0 ? `, or place "${label}" on ${larger.join(" or ")}` : ""}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").kvm({ name: "big", memory: 512 }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ name: "big", memory: 48 }),
  },
  alsoFails: ["VIRT-CAP-003"],
});
