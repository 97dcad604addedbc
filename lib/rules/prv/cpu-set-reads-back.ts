import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, guests, having, type Outcome, pass, undetermined } from "../../rule";
import { numbersOf, rangesOf } from "../cpu/cpu-set";
import { MEASURED, readBack, WHY } from "./read-back";

/** libvirt keeps sets as bits, and prints them in one way. */
export const cpuSetReadsBack = defineRule({
  code: "VIRT-PRV-052",
  slug: "cpu-set-reads-back",
  severity: "error",
  stage: "apply",
  title: "CPU sets and pins must be written as libvirt writes them",
  why: `${WHY} libvirt keeps a set of CPUs or nodes as bits and prints it ascending, neighbours as a range: 0,1 comes back as 0-1. It prints pins by ascending vCPU, without those of vCPUs that the guest does not have, and a scheduler for each thread.`,
  fix: "Write sets ascending with neighbours as a range, such as 0-3,8, pins by ascending vCPU, and a scheduler for each thread.",
  sources: [
    `${MEASURED}: vcpuPin "0,1" and "0-3,^2", emulatorPin "1,0", ioThreadPin "0,1", numaTune nodeset "0-0" and cell cpus "0,1" come back as "0-1", "0-1,3", "0-1", "0-1", "0" and "0-1"; a pin of vCPU 1 before one of vCPU 0 changes places with it; a pin of vCPU 5 of 2 vanishes; vcpuSched "0,1" comes back as "0"`,
    'tried with the provider and kept: vcpuCpuset "0,1" and "1,0"',
  ],
  needs: ["guest"],
  on: having(guests, "cpuTune", "numaTune", "cpu.numa"),
  *check(guest): Iterable<Outcome> {
    let found = false;
    for (const [at, set] of setsOf(guest)) {
      const outcome = checkSet(guest, at, set);
      if (outcome === undefined) continue;
      found = true;
      yield outcome;
    }
    for (const outcome of checkPins(guest)) {
      found = true;
      yield outcome;
    }
    if (!found) yield pass;
  },
  examples: {
    bad: (plan) => plan.kvm({ cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "2,3" }] } }),
    good: (plan) => plan.kvm({ cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "2-3" }] } }),
  },
});

function* setsOf({ domain: { cpuTune, numaTune, cpu } }: PlanGuest): Iterable<readonly [string, unknown]> {
  for (const [index, { cpuSet }] of (cpuTune?.vcpuPin ?? []).entries()) {
    yield [`cpuTune.vcpuPin[${index}].cpuSet`, cpuSet];
  }
  for (const [index, { cpuSet }] of (cpuTune?.ioThreadPin ?? []).entries()) {
    yield [`cpuTune.ioThreadPin[${index}].cpuSet`, cpuSet];
  }
  yield ["cpuTune.emulatorPin.cpuSet", cpuTune?.emulatorPin?.cpuSet];
  yield ["numaTune.memory.nodeset", numaTune?.memory?.nodeset];
  for (const [index, { nodeset }] of (numaTune?.memNodes ?? []).entries()) {
    yield [`numaTune.memNodes[${index}].nodeset`, nodeset];
  }
  for (const [index, { cpus }] of (cpu?.numa?.cell ?? []).entries())
    yield [`cpu.numa.cell[${index}].cpus`, cpus];
}

/** What is wrong with a set that libvirt understands; one that it refuses is for other rules. */
function checkSet(guest: PlanGuest, at: string, set: unknown): Outcome | undefined {
  if (set === undefined) return undefined;
  if (isLate(set)) return undetermined("a CPU set is known only at apply");
  const numbers = numbersOf(String(set));
  if (numbers === undefined || numbers.length === 0) return undefined;
  const written = rangesOf(numbers).replaceAll(" ", "");
  return written === set ? undefined : readBack(guest, at, set, `as "${written}"`, `write "${written}"`);
}

function* checkPins(guest: PlanGuest): Iterable<Outcome> {
  const { cpuTune, vcpu } = guest.domain;
  if (cpuTune === undefined) return;
  let last = -1;
  for (const [index, pin] of (cpuTune.vcpuPin ?? []).entries()) {
    const at = `cpuTune.vcpuPin[${index}].vcpu`;
    if (isLate(pin.vcpu)) {
      yield undetermined("the vCPU of a pin is known only at apply");
      continue;
    }
    if (typeof pin.vcpu !== "number") continue;
    if (typeof vcpu === "number" && !isLate(vcpu) && pin.vcpu >= vcpu) {
      yield readBack(guest, at, pin.vcpu, `as nothing: the guest has vCPUs 0-${vcpu - 1}`, "remove the pin");
    } else if (pin.vcpu < last) {
      yield readBack(guest, at, pin.vcpu, `before that of vCPU ${last}`, "order the pins by vCPU");
    }
    last = Math.max(last, pin.vcpu);
  }
  const schedulers = [
    ["vcpuSched", "vcpus", cpuTune.vcpuSched?.map(({ vcpus }) => vcpus)],
    ["ioThreadSched", "ioThreads", cpuTune.ioThreadSched?.map(({ ioThreads }) => ioThreads)],
  ] as const;
  for (const [list, key, sets] of schedulers) {
    for (const [index, set] of (sets ?? []).entries()) {
      if (set === undefined || isLate(set)) continue;
      const threads = numbersOf(String(set));
      if (threads === undefined || threads.length < 2) continue;
      const at = `cpuTune.${list}[${index}].${key}`;
      yield readBack(guest, at, set, `as "${Math.min(...threads)}"`, `write a ${list} for each of ${set}`);
    }
  }
}
