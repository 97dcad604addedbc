import { closest } from "../../plan/did-you-mean";
import type { PlanGuest } from "../../plan/guest";
import type { PlanHost } from "../../plan/host";
import { distinctTextsOf } from "../../plan/instances";
import { isLate } from "../../plan/late";
import { type Plan, PlanNetwork } from "../../plan/plan";
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

/** The networks that the plan makes on a host: by name, and whether some name is known only at apply. */
interface Made {
  readonly names: ReadonlySet<string>;
  readonly someLate: boolean;
}

/** A guest is plugged into its networks when it starts; none is made or started for it. */
export const networkExists = defineRule({
  code: "VIRT-NET-003",
  slug: "network-exists",
  severity: "error",
  stage: "start",
  title: "The network of an interface must be made by the plan or active on the host",
  why: "libvirt looks the network up by its name on the guest's own host when the guest starts, and refuses the start when there is none or when it is not active. The provider starts the networks that it makes.",
  fix: "Make the network in the plan on the guest's host, start it on the host, or correct the name.",
  sources: [
    "libvirt bridge_driver.c networkAllocatePort",
    "provider 0.9.7 network_resource.go: a network is started after it is defined",
    "confirmed on libvirt 9.0.0: a guest on an unknown or inactive network is defined and refused at start",
  ],
  needs: ["plan", "host facts"],
  on: guests,
  check: (guest, plan) => {
    const outcomes = guest.interfaces.flatMap(({ source }, index) => {
      const name = source?.network?.network;
      if (name === undefined) return [];
      const at = `devices.interfaces[${index}].source.network.network`;
      return [outcomeOf(plan, guest, name, at)];
    });
    return outcomes.length > 0 ? outcomes : notApplicable;
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({ name: "web", devices: { interfaces: [{ source: { network: { network: "dmz" } } }] } }),
    good: (plan) =>
      plan
        .kvmHost("kvm1")
        .network("dmz")
        .kvm({ name: "web", devices: { interfaces: [{ source: { network: { network: "dmz" } } }] } }),
  },
});

function outcomeOf(plan: Plan, guest: PlanGuest, name: string, at: string): Outcome {
  const { host } = guest;
  const target = plan.referenced(guest, name);
  if (target instanceof PlanNetwork && target.host !== host)
    return elsewhere(guest, target.label, [target], at);
  if (target instanceof PlanNetwork) return pass;

  const made = madeOn(plan, host);
  const wanted = distinctTextsOf(guest, name);
  if (wanted === undefined || wanted.some(isLate)) {
    return undetermined("the network of an interface is known only at apply");
  }
  const missing = wanted.find((each) => !made.names.has(each));
  if (missing === undefined) return pass;
  const active = host.facts?.data.networks?.filter((network) => network.active).map(({ name }) => name);
  const unknown = active && wanted.find((each) => !made.names.has(each) && !active.includes(each));
  if (active && unknown === undefined) return pass;
  if (made.someLate) return undetermined(`the name of a network of "${host.label}" is known only at apply`);
  if (unknown === undefined) return needsFacts(host);

  const others = plan.networks.filter((network) => network.config.name === unknown);
  if (others.length > 0) return elsewhere(guest, unknown, others, at);
  const offered = [...made.names, ...active!];
  const onHost = offered.length > 0 ? `there: ${offered.join(", ")}` : "it has no active network";
  if (host.facts!.network(unknown)) {
    return fail({
      at,
      message: `Network "${unknown}" of "${guest.label}" is defined on "${host.label}" but not active (${onHost}).`,
      fix: `start it: virsh net-start ${unknown}, and virsh net-autostart ${unknown}, then capture the facts again; or make the network in this plan`,
    });
  }
  const meant = closest(unknown, offered);
  return fail({
    at,
    message: `Network "${unknown}" of "${guest.label}" is neither made by this plan nor active on "${host.label}" (${onHost}).`,
    fix: `${meant === undefined ? "" : `did you mean "${meant}"? Else `}make the network in this plan on ${host.label}, or name one that is there`,
  });
}

function elsewhere(guest: PlanGuest, name: string, networks: readonly PlanNetwork[], at: string): Outcome {
  const hosts = [...new Set(networks.map((network) => network.host.label))].join(", ");
  return fail({
    at,
    places: [guest, ...networks],
    message: `Network "${name}" of "${guest.label}" is made on ${hosts}, but the guest runs on "${guest.host.label}".`,
    fix: `make the network on ${guest.host.label} as well, or place the guest on ${hosts}`,
  });
}

function madeOn(plan: Plan, host: PlanHost): Made {
  const byHost = plan.index("names of networks made", () => new Map<PlanHost, Made>());
  let made = byHost.get(host);
  if (made === undefined) {
    const texts = plan.networksOn(host).map((network) => distinctTextsOf(network, network.config.name ?? ""));
    made = {
      names: new Set(texts.flatMap((each) => each ?? [])),
      someLate: texts.some((each) => each === undefined || each.some(isLate)),
    };
    byHost.set(host, made);
  }
  return made;
}
