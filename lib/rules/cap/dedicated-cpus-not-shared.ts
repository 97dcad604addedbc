import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { defineRule, fail, hosts, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import { numbersOf, rangesOf } from "../cpu/cpu-set";
import { guestsOf, together, type Use, usersText, usesOf } from "../together";

/** A vCPU that is pinned to one CPU waits for that CPU, whoever else is on it. */
export const dedicatedCpusNotShared = defineRule({
  code: "VIRT-CAP-007",
  slug: "dedicated-cpus-not-shared",
  severity: "warning",
  stage: "advice",
  title: "A CPU to which a vCPU is pinned alone should not be pinned by another guest",
  why: "Pinning a vCPU to a single CPU of the host is meant to give the guest that CPU for itself. The scheduler cannot move the vCPU away when another guest's vCPUs, emulator or I/O threads are pinned to the same CPU, so that both run slower than they would unpinned. Guests that share sets of several CPUs are left alone: there the scheduler can move.",
  fix: "Pin the guests to different CPUs.",
  sources: [
    "KubeVirt, dedicated CPU placement: CPUs of one guest alone",
    "libvirt cputune: vcpupin, emulatorpin, iothreadpin",
  ],
  needs: ["plan"],
  on: hosts,
  *check(host, plan) {
    const pinned = plan.guestsOn(host).filter((guest) => guest.mayRun !== false && isPinned(guest));
    if (pinned.length === 0) return yield notApplicable;
    yield pass;
    const cpus = new Map<number, Sharing>();
    for (const guest of pinned) {
      if (pinsOf(guest).some(({ set }) => isLate(set)))
        yield undetermined("a CPU set is known only at apply");
      collect(guest, cpus);
    }
    const shared = [...cpus].filter(
      ([, { dedicated, users }]) =>
        dedicated && (users.size > 1 || [...users].some((guest) => guest.repeated)),
    );
    for (const group of groupBy(shared, ([, { users }]) =>
      [...users].map(({ address, unit }) => unit + address).join(),
    ).values()) {
      yield outcomeOf(
        host.label,
        group.map(([cpu]) => cpu),
        [...group[0]![1].users].flatMap(usesOf),
      );
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({ name: "a", cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "4" }] } })
        .kvm({ name: "b", cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "4" }] } }),
    good: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({ name: "a", cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "4" }] } })
        .kvm({ name: "b", cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "5" }] } }),
  },
});

/** Who is pinned to a CPU, and whether a vCPU has nothing but it. */
interface Sharing {
  dedicated: boolean;
  readonly users: Set<PlanGuest>;
}

function isPinned({ domain: { cpuTune } }: PlanGuest): boolean {
  return (
    cpuTune?.vcpuPin !== undefined || cpuTune?.emulatorPin !== undefined || cpuTune?.ioThreadPin !== undefined
  );
}

function pinsOf({ domain: { cpuTune } }: PlanGuest): { set: string | undefined; vcpu: boolean }[] {
  return [
    ...(cpuTune?.vcpuPin ?? []).map(({ cpuSet }) => ({ set: cpuSet, vcpu: true })),
    ...[cpuTune?.emulatorPin, ...(cpuTune?.ioThreadPin ?? [])].map((pin) => ({
      set: pin?.cpuSet,
      vcpu: false,
    })),
  ];
}

function collect(guest: PlanGuest, cpus: Map<number, Sharing>): void {
  for (const { set, vcpu } of pinsOf(guest)) {
    const numbers = set === undefined || isLate(set) ? [] : (numbersOf(set) ?? []);
    for (const number of numbers) {
      const sharing = cpus.get(number) ?? { dedicated: false, users: new Set() };
      sharing.dedicated ||= vcpu && numbers.length === 1;
      sharing.users.add(guest);
      cpus.set(number, sharing);
    }
  }
}

function outcomeOf(host: string, cpus: readonly number[], uses: readonly Use[]): Outcome {
  const verdict = together(uses);
  if (verdict === "single" || verdict === "alternately") return pass;
  if (verdict === "perhaps") return undetermined("which guests run together is known only at apply");
  const names = `CPU${cpus.length === 1 ? "" : "s"} ${rangesOf(cpus)}`;
  return fail({
    at: "cpuTune",
    key: names,
    places: guestsOf(uses),
    message: `${names} of "${host}" ${cpus.length === 1 ? "is" : "are"} pinned by ${usersText(uses)}, and a vCPU of them has no other.`,
    fix: "pin each guest to CPUs of its own",
  });
}
