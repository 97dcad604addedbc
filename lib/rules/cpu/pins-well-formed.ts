import type { PlanGuest } from "../../plan/guest";
import { isLate, known, type Late } from "../../plan/late";
import {
  defineRule,
  fail,
  guests,
  having,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
} from "../../rule";
import { numbersOf, rangesOf, setFault } from "./cpu-set";
import { iothreadsOf } from "./iothreads";

/** A pin or a scheduler says for each thread where and how it runs, so it can say so once. */
export const pinsWellFormed = defineRule({
  code: "VIRT-CPU-013",
  slug: "pins-well-formed",
  severity: "error",
  stage: "define",
  title: "Pins and schedulers must name threads of the guest, each once, with a CPU set that holds a CPU",
  why: "cpuTune pins vCPUs, I/O threads and the emulator to CPUs of the host and gives them schedulers. libvirt refuses a CPU set that it cannot read or that is empty, a second pin of the same thread, I/O threads that the guest does not have, and schedulers of vCPUs that it does not have. A pin of a vCPU beyond the last is ignored.",
  fix: "Give each vCPU and I/O thread one pin, with a set such as 0-3,^2,8.",
  sources: [
    "libvirt domain_conf.c virDomainVcpuPinDefParseXML, virDomainIOThreadPinDefParseXML, virDomainDefParseBootXML; virbitmap.c virBitmapParse",
    "tried: libvirt 9.0.0, define of cpuset a-b, 3-1, x, 0,,1, 0 1, 0-3,^0-1 and 16384: Failed to parse bitmap; of ^0 and 0,^0: Invalid value of 'cpuset'; of no cpuset: missing cpuset for vcpupin; 16383, a comma at the end and spaces are accepted",
    "tried: libvirt 9.0.0, define of two pins of a vCPU: duplicate vcpupin for vcpu '0'; of an I/O thread: duplicate iothreadpin for same iothread; of one that is not there: Cannot find 'iothread' : 2; of vcpusched 7 of 2: vCPU '7' is not present; of two of vCPU 0: must not overlap; a pin of vCPU 7 of 2 starts",
  ],
  needs: ["guest"],
  on: having(guests, "cpuTune", "vcpuCpuset"),
  *check(guest): Iterable<Outcome> {
    const { cpuTune, vcpuCpuset } = guest.domain;
    if (cpuTune === undefined && !vcpuCpuset) return yield notApplicable;
    if (vcpuCpuset) yield checkSet(guest, "vcpuCpuset", vcpuCpuset);
    if (cpuTune?.emulatorPin) yield checkSet(guest, "cpuTune.emulatorPin.cpuSet", cpuTune.emulatorPin.cpuSet);
    yield* checkVcpuPins(guest);
    yield* checkThreadPins(guest);
    yield* checkSchedulers(guest, "vcpuSched", "vCPU");
    yield* checkSchedulers(guest, "ioThreadSched", "I/O thread");
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        cpu_tune: {
          vcpu_pin: [
            { vcpu: 0, cpu_set: "4" },
            { vcpu: 0, cpu_set: "5" },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        cpu_tune: {
          vcpu_pin: [
            { vcpu: 0, cpu_set: "4" },
            { vcpu: 1, cpu_set: "5" },
          ],
        },
      }),
  },
});

function* checkVcpuPins(guest: PlanGuest): Iterable<Outcome> {
  const seen = new Map<number, number>();
  for (const [index, { vcpu, cpuSet }] of (guest.domain.cpuTune?.vcpuPin ?? []).entries()) {
    const at = `cpuTune.vcpuPin[${index}]`;
    yield checkSet(guest, `${at}.cpuSet`, cpuSet);
    yield repeated(guest, at, "vCPU", vcpu, index, seen);
  }
}

function* checkThreadPins(guest: PlanGuest): Iterable<Outcome> {
  const seen = new Map<number, number>();
  const threads = iothreadsOf(guest);
  for (const [index, { ioThread, cpuSet }] of (guest.domain.cpuTune?.ioThreadPin ?? []).entries()) {
    const at = `cpuTune.ioThreadPin[${index}]`;
    yield checkSet(guest, `${at}.cpuSet`, cpuSet);
    yield repeated(guest, at, "I/O thread", ioThread, index, seen);
    if (threads === undefined) yield undetermined("the I/O threads of a guest are known only at apply");
    else if (!isLate(ioThread) && !threads.includes(ioThread)) {
      yield fail({
        at: `${at}.ioThread`,
        message: `${at} of "${guest.label}" pins I/O thread ${ioThread}, but the guest has ${threads.length > 0 ? `${rangesOf(threads)} alone` : "none"}.`,
        fix:
          threads.length > 0
            ? `pin one of ${rangesOf(threads)}, or raise ioThreads`
            : `set ioThreads to ${ioThread} or more, or remove the pin`,
      });
    }
  }
}

function checkSet(guest: PlanGuest, at: string, set: string | undefined): Outcome {
  if (isLate(set)) return undetermined("a CPU set is known only at apply");
  const fault = set ? setFault(set) : "is missing";
  if (fault === undefined) return pass;
  return fail({
    at,
    message: `${at} of "${guest.label}" ${set ? `is "${set}", which ${fault}` : fault}.`,
    fix: "give numbers and ranges with commas between them, such as 0-3,^2,8",
  });
}

function repeated(
  guest: PlanGuest,
  at: string,
  what: string,
  number: number | Late,
  index: number,
  seen: Map<number, number>,
): Outcome {
  if (isLate(number)) return undetermined("what is pinned is known only at apply");
  const first = seen.get(number);
  seen.set(number, first ?? index);
  if (first === undefined) return pass;
  return fail({
    at,
    message: `${what} ${number} of "${guest.label}" is pinned twice, by ${at.replace(/\d+(?=\]$)/, String(first))} and by ${at}.`,
    fix: "keep one of the pins, with all the CPUs in its set",
  });
}

/** Which vCPUs or I/O threads schedulers are for: each once, and all of them there. */
function* checkSchedulers(
  guest: PlanGuest,
  kind: "vcpuSched" | "ioThreadSched",
  what: string,
): Iterable<Outcome> {
  const { cpuTune } = guest.domain;
  const sets =
    kind === "vcpuSched"
      ? (cpuTune?.vcpuSched ?? []).map(({ vcpus }) => vcpus)
      : (cpuTune?.ioThreadSched ?? []).map(({ ioThreads }) => ioThreads);
  if (sets.length === 0) return;
  const vcpus = known(guest.vcpus);
  const existing =
    kind === "ioThreadSched"
      ? iothreadsOf(guest)
      : vcpus === undefined
        ? undefined
        : [...Array(vcpus).keys()];
  const taken = new Set<number>();
  for (const [index, set] of sets.entries()) {
    const at = `cpuTune.${kind}[${index}].${kind === "vcpuSched" ? "vcpus" : "ioThreads"}`;
    yield checkSet(guest, at, set);
    const numbers = isLate(set) || !set || setFault(set) ? [] : (numbersOf(set) ?? []);
    const twice = numbers.filter((number) => taken.has(number));
    for (const number of numbers) taken.add(number);
    if (twice.length > 0) {
      yield fail({
        at,
        message: `${at} of "${guest.label}" gives ${what} ${rangesOf(twice)} a second scheduler.`,
        fix: "give each one scheduler",
      });
    }
    if (existing === undefined) {
      yield undetermined(`the ${what}s of a guest are known only at apply`);
      continue;
    }
    const missing = numbers.filter((number) => !existing.includes(number));
    if (missing.length > 0) {
      yield fail({
        at,
        message: `${at} of "${guest.label}" gives ${what} ${rangesOf(missing)} a scheduler, but the guest has ${existing.length > 0 ? `${rangesOf(existing)} alone` : "none"}.`,
        fix:
          existing.length > 0
            ? `choose from ${rangesOf(existing)}`
            : "remove the scheduler, or raise ioThreads",
      });
    }
  }
}
