import type { PlanGuest } from "../../plan/guest";
import { offeredEnlightenments } from "../../plan/hyper-v";
import { containsLate, isLate, known } from "../../plan/late";
import {
  defineRule,
  fail,
  guests,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
} from "../../rule";

/** Windows asks its hypervisor for help in the language of Hyper-V, and reads the hardware clock as local time. */
export const windowsEnlightenments = defineRule({
  code: "VIRT-GOS-009",
  slug: "windows-enlightenments",
  severity: "warning",
  stage: "advice",
  title: "A Windows guest of KVM should have Hyper-V's interfaces and a clock in local time",
  why: "Without them Windows spins for locks that a sleeping vCPU holds, reads slow emulated timers thousands of times a second, and burns CPU when idle. A clock in UTC makes its time wrong by the time zone. KvmGuest sets both; of the interfaces those that the host's facts list.",
  fix: "Set features.hyperV with what the host offers, and clock.offset localtime.",
  sources: [
    "QEMU docs/system/i386/hyperv.rst, recommendations",
    "tried: QEMU 7.2 on a host whose domain capabilities list spinlocks alone refuses vpindex (kernel doesn't allow setting HyperV VP_INDEX): only what is listed is asked for",
  ],
  needs: ["guest", "operating system", "host facts"],
  on: guests,
  *check(guest) {
    if (guest.mode !== "kvm" || guest.os?.family !== "windows") return yield notApplicable;
    yield checkClock(guest);
    yield checkInterfaces(guest);
  },
  examples: {
    bad: (plan) => plan.kvm({ intent: { os: "windows-server-2022" }, memory: 4, clock: { offset: "utc" } }),
    good: (plan) =>
      plan.kvm({
        intent: { os: "windows-server-2022" },
        memory: 4,
        clock: { offset: "localtime" },
        features: { hyper_v: { relaxed: { state: "on" } } },
      }),
  },
});

function checkClock({ domain: { clock }, os, label }: PlanGuest): Outcome {
  const offset = clock?.offset ?? "utc";
  if (isLate(offset)) return undetermined("the clock of a guest is known only at apply");
  if (offset !== "utc") return pass;
  return fail({
    at: "clock.offset",
    message: `The clock of "${label}" is in UTC, and ${os!.name} takes it for local time.`,
    fix: 'set clock.offset to "localtime"',
  });
}

function checkInterfaces(guest: PlanGuest): Outcome {
  const { domain, host, arch, machine, label, os } = guest;
  const hyperV = domain.features?.hyperV;
  if (containsLate(hyperV)) return undetermined("Hyper-V's interfaces of a guest are known only at apply");
  // What was chosen by hand, or is left to QEMU, is left alone.
  if (hyperV !== undefined) return pass;
  const offered = offeredEnlightenments(
    host.facts?.domainCapabilitiesFor("kvm", known(arch) ?? "", known(machine)),
  );
  if (offered === undefined) return needsFacts(host);
  if (offered.length === 0) return pass;
  return fail({
    at: "features.hyperV",
    message: `"${label}" has none of Hyper-V's interfaces, which ${os!.name} runs better with; "${host.label}" offers ${offered.join(", ")}.`,
    fix: `switch on in features.hyperV: ${offered.join(", ")}`,
  });
}
