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
import { numbersOf, rangesOf } from "./cpu-set";

/** A pin is a promise of the scheduler, which can only deal out CPUs that are there. */
export const pinnedCpusExist = defineRule({
  code: "VIRT-CPU-012",
  slug: "pinned-cpus-exist",
  severity: "error",
  stage: "start",
  title: "A guest must be pinned to CPUs that the host has",
  why: "Pins name logical CPUs of the host. The kernel refuses a set of which none exists, and the guest does not start. Where only some exist the guest gets those, silently or not at all, as the host's control groups are.",
  fix: "Pin to CPUs of the host; virsh capabilities lists them with their NUMA nodes.",
  sources: [
    "libvirt qemu_process.c qemuProcessSetupPid, virprocess.c virProcessSetAffinity",
    "tried: libvirt 9.0.0 on a host with CPUs 0 and 1, start with vcpupin, emulatorpin, iothreadpin and vcpu cpuset of 40: cannot set CPU affinity: Invalid argument; with 0,40 it starts",
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "cpuTune", "vcpuCpuset"),
  *check(guest) {
    const pins = pinsOf(guest);
    if (pins.length === 0) return yield notApplicable;
    const { host, label } = guest;
    const cpu = host.facts?.data.cpu;
    const ids = cpu?.ids ?? (cpu?.threads === undefined ? undefined : [...Array(cpu.threads).keys()]);
    if (!ids) return yield needsFacts(host);
    const existing = new Set(ids);
    for (const { at, set } of pins) {
      if (isLate(set)) {
        yield undetermined("a CPU set is known only at apply");
        continue;
      }
      const cpus = numbersOf(set);
      // A set that is malformed is another rule's.
      if (!cpus) continue;
      const missing = cpus.filter((id) => !existing.has(id));
      if (missing.length === 0) yield pass;
      else {
        const none = missing.length === cpus.length;
        yield fail({
          severity: none ? "error" : "warning",
          at,
          message: `${at} of "${label}" is ${set}, but "${host.label}" has ${none ? "none of these CPUs" : `no CPU ${rangesOf(missing)}`}: it has ${rangesOf(ids)}.`,
          fix: `choose from ${rangesOf(ids)}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").kvm({ cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "40" }] } }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "4" }] } }),
  },
});

interface Pin {
  readonly at: string;
  readonly set: string;
}

function pinsOf({ domain: { cpuTune, vcpuCpuset } }: PlanGuest): Pin[] {
  const pins: { at: string; set: string | undefined }[] = [
    { at: "vcpuCpuset", set: vcpuCpuset },
    { at: "cpuTune.emulatorPin.cpuSet", set: cpuTune?.emulatorPin?.cpuSet },
    ...(cpuTune?.vcpuPin ?? []).map(({ cpuSet }, index) => ({
      at: `cpuTune.vcpuPin[${index}].cpuSet`,
      set: cpuSet,
    })),
    ...(cpuTune?.ioThreadPin ?? []).map(({ cpuSet }, index) => ({
      at: `cpuTune.ioThreadPin[${index}].cpuSet`,
      set: cpuSet,
    })),
  ];
  return pins.filter((pin): pin is Pin => pin.set !== undefined);
}
