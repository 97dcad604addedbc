import type { PlanHost } from "../../plan/host";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { destinationsOf, migratable, NO_DESTINATIONS } from "./destinations";

/** A guest that sees its host's own CPU finds another one on an unlike host. */
export const hostCpuFitsDestinations = defineRule({
  code: "VIRT-MIG-004",
  slug: "host-cpu-fits-destinations",
  severity: "warning",
  stage: "runtime",
  title: "A guest with its host's own CPU should move between like hosts only",
  why: "With mode host-passthrough or maximum the guest uses whatever the host's CPU has. On a host with another CPU the migration is refused, or the guest dies on the first instruction that is not there.",
  fix: "Use a named CPU model that all hosts have.",
  sources: ["libvirt formatdomain, cpu mode host-passthrough and maximum: migration to identical hosts only"],
  needs: ["plan", "host facts"],
  on: migratable(qemuGuests),
  check: (guest, plan): Outcome | Outcome[] => {
    const mode = guest.domain.cpu?.mode;
    if (isLate(mode)) return undetermined("the CPU of a guest is known only at apply");
    if (mode !== "host-passthrough" && mode !== "maximum") return notApplicable;
    const destinations = destinationsOf(plan, guest);
    if (!destinations) return undetermined(NO_DESTINATIONS);
    return destinations.map((destination) => {
      const [here, there] = [cpuOf(guest.host), cpuOf(destination)];
      if (here === undefined) return needsFacts(guest.host);
      if (there === undefined) return needsFacts(destination);
      if (here.key === there.key) return pass;
      return fail({
        at: "cpu.mode",
        key: destination.label,
        places: [guest, destination],
        message: `"${guest.label}" sees the CPU of "${guest.host.label}" (${here.model}), and "${destination.label}", where it must be able to move, has another (${there.model}).`,
        fix: "use a named CPU model that both hosts have",
      });
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvmHost("kvm2", { facts: { cpu: { model: "Icelake-Server", features: ["vmx"], threads: 16 } } })
        .kvm({ cpu: { mode: "host-passthrough" }, intent: { migratesTo: ["kvm2"] } }),
    good: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvmHost("kvm2")
        .kvm({ cpu: { mode: "host-passthrough" }, intent: { migratesTo: ["kvm2"] } }),
  },
  alsoFails: ["VIRT-FW-020"],
});

/** The CPU of a host by model and features, which libvirt lists beyond the model's own. */
function cpuOf({ facts }: PlanHost): { model: string; key: string } | undefined {
  const { model, features } = facts?.data.cpu ?? {};
  if (model === undefined || features === undefined) return undefined;
  return { model, key: [model, ...[...features].sort()].join() };
}
