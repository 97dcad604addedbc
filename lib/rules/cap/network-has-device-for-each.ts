import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import { type Plan, PlanNetwork } from "../../plan/plan";
import { defineRule, fail, networks, notApplicable, pass, undetermined } from "../../rule";

/** A network of host devices lends each of them to one interface at a time. */
export const networkHasDeviceForEach = defineRule({
  code: "VIRT-CAP-009",
  slug: "network-has-device-for-each",
  severity: "error",
  stage: "start",
  title: "A network of host devices must have one for each interface on it",
  why: "With forward mode hostdev or passthrough every guest interface takes a device of the network's list for itself when the guest starts. When none is left, the guest does not start. The virtual functions of a physical one count as many as the host's facts list.",
  fix: "Add devices to the network, or take interfaces off it.",
  sources: [
    "libvirt bridge_driver.c networkAllocatePort",
    "tried: libvirt 9.0.0, network of mode passthrough with one device, start of a second guest: network requires exclusive access to interfaces, but none are available",
  ],
  needs: ["plan", "network"],
  on: networks,
  check: (network, plan) => {
    const mode = network.config.forward?.mode;
    if (isLate(mode)) return undetermined("the mode of a network is known only at apply");
    if (mode !== "hostdev" && mode !== "passthrough") return notApplicable;
    const users = (interfacesByNetwork(plan).get(network) ?? []).filter(({ mayRun }) => mayRun !== false);
    if (users.length === 0) return pass;
    const devices = devicesOf(network);
    if (devices === undefined)
      return undetermined(`how many devices network "${network.label}" has is not known`);
    const certain = users.filter(({ mayRun, multiplicity }) => mayRun && !isLate(multiplicity));
    const taken = certain.reduce((sum, guest) => sum + (guest.multiplicity as number), 0);
    if (taken <= devices) {
      return certain.length === users.length ? pass : undetermined("which guests run is known only at apply");
    }
    return fail({
      at: "forward",
      places: [network, ...new Set(certain)],
      message: `Network "${network.label}" has ${devices} device${devices === 1 ? "" : "s"}, and ${taken} interfaces of ${[...new Set(certain)].map(({ label }) => label).join(", ")} take one each.`,
      fix: `add ${taken - devices} to the network, or take as many interfaces off it`,
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .network("vf", { forward: { mode: "passthrough", interfaces: [{ dev: "eth1" }] }, ips: null })
        .kvm({
          name: "a",
          devices: { interfaces: [{ model: { type: "virtio" }, source: { network: { network: "vf" } } }] },
        })
        .kvm({
          name: "b",
          devices: { interfaces: [{ model: { type: "virtio" }, source: { network: { network: "vf" } } }] },
        }),
    good: (plan) =>
      plan
        .kvmHost("kvm1")
        .network("vf", {
          forward: { mode: "passthrough", interfaces: [{ dev: "eth1" }, { dev: "eth2" }] },
          ips: null,
        })
        .kvm({
          name: "a",
          devices: { interfaces: [{ model: { type: "virtio" }, source: { network: { network: "vf" } } }] },
        })
        .kvm({
          name: "b",
          devices: { interfaces: [{ model: { type: "virtio" }, source: { network: { network: "vf" } } }] },
        }),
  },
});

/** The guests of each network of the plan, once for each of their interfaces on it. */
function interfacesByNetwork(plan: Plan): ReadonlyMap<PlanNetwork, readonly PlanGuest[]> {
  return plan.index("guests by network", () => {
    const users = new Map<PlanNetwork, PlanGuest[]>();
    for (const guest of plan.guests) {
      for (const { source } of guest.interfaces) {
        const name = source?.network?.network;
        if (name === undefined) continue;
        const target = plan.referenced(guest, name);
        const network =
          target instanceof PlanNetwork ? target : plan.networksNamed(guest.host, known(name) ?? "")[0];
        if (!network) continue;
        const list = users.get(network);
        if (list) list.push(guest);
        else users.set(network, [guest]);
      }
    }
    return users;
  });
}

/** How many devices a network lends; undefined when only apply or the host knows. */
function devicesOf({ config: { forward }, host }: PlanNetwork): number | undefined {
  const { addresses, interfaces, pfs, dev } = forward ?? {};
  if ([addresses, interfaces, pfs].some((list) => list?.some(isLate)) || isLate(dev)) return undefined;
  if (pfs === undefined)
    return addresses?.length ?? interfaces?.length ?? (dev === undefined ? undefined : 1);
  const physical = known(pfs[0]?.dev);
  const devices = host.facts?.data.nodeDevices;
  const parent = devices?.find(({ name }) => name.startsWith(`net_${physical}_`))?.parent;
  return devices?.find(({ name }) => name === parent)?.virtualFunctions?.length;
}
