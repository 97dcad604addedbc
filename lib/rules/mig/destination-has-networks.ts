import type { PlanGuest } from "../../plan/guest";
import type { PlanHost } from "../../plan/host";
import { isLate } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { defineRule, fail, guests, needsFacts, type Outcome, pass, undetermined } from "../../rule";
import { destinationsOf, migratable, NO_DESTINATIONS } from "./destinations";

/** The destination connects the guest by the same names. */
export const destinationHasNetworks = defineRule({
  code: "VIRT-MIG-008",
  slug: "destination-has-networks",
  severity: "warning",
  stage: "runtime",
  title: "The hosts that a guest moves to should have its networks, bridges and pools",
  why: "A guest arrives with the definition that it left with. A network, bridge or pool of that name must be there and active, or the migration fails.",
  fix: "Make the network, bridge or pool on every host that the guest moves to.",
  sources: [
    "libvirt qemu_process.c and bridge_driver.c networkAllocatePort: the destination looks names up by itself",
  ],
  needs: ["plan", "host facts"],
  on: migratable(guests),
  check: (guest, plan): Outcome | Outcome[] => {
    const destinations = destinationsOf(plan, guest);
    if (!destinations) return undetermined(NO_DESTINATIONS);
    const names = namesOf(guest);
    return destinations.flatMap((host) => names.map((name) => outcomeOf(plan, guest, host, name)));
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvmHost("kvm2", { facts: { networks: [] } })
        .kvm({ intent: { migratesTo: ["kvm2"] } }),
    good: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvmHost("kvm2")
        .kvm({ intent: { migratesTo: ["kvm2"] } }),
  },
  alsoFails: ["VIRT-FW-020"],
});

interface Named {
  readonly kind: "network" | "bridge" | "pool";
  readonly name: string;
  readonly at: string;
}

function namesOf({ interfaces, disks }: PlanGuest): Named[] {
  const named = (kind: Named["kind"], name: string | undefined, at: string): Named[] =>
    name === undefined ? [] : [{ kind, name, at }];
  return [
    ...interfaces.flatMap(({ source }, index) => [
      ...named("network", source?.network?.network, `devices.interfaces[${index}].source.network.network`),
      ...named("bridge", source?.bridge?.bridge, `devices.interfaces[${index}].source.bridge.bridge`),
    ]),
    ...disks.flatMap(({ source }, index) =>
      named("pool", source?.volume?.pool, `devices.disks[${index}].source.volume.pool`),
    ),
  ];
}

function outcomeOf(plan: Plan, guest: PlanGuest, host: PlanHost, { kind, name, at }: Named): Outcome {
  if (isLate(name)) return undetermined(`a ${kind} of a migratable guest is known only at apply`);
  const found = has(plan, host, kind, name);
  if (found === undefined) return needsFacts(host);
  if (found) return pass;
  return fail({
    at,
    key: `${host.label} ${kind} ${name}`,
    places: [guest, host],
    message: `"${guest.label}" must be able to move to "${host.label}", which has no ${kind} "${name}".`,
    fix: `make ${kind} "${name}" on ${host.label}, or take ${host.label} out of migratesTo`,
  });
}

function has(plan: Plan, host: PlanHost, kind: Named["kind"], name: string): boolean | undefined {
  const data = host.facts?.data;
  if (kind === "pool") {
    if (plan.poolNamed(host, name)) return true;
    return data?.pools?.some((pool) => pool.name === name && pool.active);
  }
  if (kind === "network") {
    if (plan.networksNamed(host, name).length > 0) return true;
    return data?.networks?.some((network) => network.name === name && network.active);
  }
  if (plan.networksOn(host).some(({ config }) => config.bridge?.name === name)) return true;
  if (data?.networks?.some(({ bridge }) => bridge === name)) return true;
  return data?.interfaces?.some((each) => each.name === name);
}
