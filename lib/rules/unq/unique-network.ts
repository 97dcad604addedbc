import { isLate } from "../../plan/late";
import type { PlanNetwork } from "../../plan/plan";
import { defineRule, fail, hosts, notApplicable, pass, undetermined } from "../../rule";
import { instanceName, namesOf } from "./names";

/** Networks whose bridge libvirt makes. */
const OWN_BRIDGE = ["nat", "route", "open", undefined];

/** A network is known by its name, and on its host by its bridge. */
export const uniqueNetwork = defineRule({
  code: "VIRT-UNQ-010",
  slug: "unique-network",
  severity: "error",
  stage: "apply",
  title: "Every network of a host needs a name and a bridge of its own",
  why: "libvirt refuses a second network of one name, and a network whose bridge another has, whatever name that other has. Networks in mode bridge use a bridge that the host has, and may share it.",
  fix: "Give each network another name, and leave out the names of bridges: libvirt then finds free ones.",
  sources: [
    "libvirt virnetworkobj.c virNetworkObjBridgeInUse, bridge_driver.c networkBridgeNameValidate",
    "tried: libvirt 9.0.0 refuses a second network of one name (already exists with uuid) and two isolated networks on one bridge (bridge name already in use); two networks of mode bridge on one bridge are defined",
  ],
  needs: ["plan"],
  on: hosts,
  *check(host, plan) {
    const networks = plan.networksOn(host);
    if (networks.length === 0) return yield notApplicable;
    yield pass;
    const names = namesOf(networks, ({ config }) => config.name);
    for (const { name, resources, count } of names.clashes) {
      yield fail({
        at: "name",
        key: `name ${name}`,
        places: resources,
        message: `${count} networks on "${host.label}" would be called "${name}".`,
        fix:
          resources.length === 1
            ? `put what tells the instances apart into the name: "${instanceName(resources[0]!, name)}"`
            : "give each network another name",
      });
    }
    const own = networks.filter(hasOwnBridge);
    const bridges = namesOf(own, bridgeOf);
    for (const { name, resources, count } of bridges.clashes) {
      yield fail({
        at: "bridge.name",
        key: `bridge ${name}`,
        places: resources,
        message: `${count} networks on "${host.label}" would have the bridge ${name}.`,
        fix: "leave out bridge.name, or give each network another bridge",
      });
    }
    for (const network of own) {
      const bridge = bridgeOf(network);
      const other = host.facts?.data.networks?.find(
        (each) => each.bridge !== undefined && each.bridge === bridge && each.name !== network.config.name,
      );
      if (!other || isLate(network.config.name)) continue;
      yield fail({
        at: "bridge.name",
        key: `bridge of ${other.name}`,
        places: [network],
        message: `Network "${network.label}" would have the bridge ${bridge}, which network "${other.name}" of "${host.label}" has.`,
        fix: "leave out bridge.name, or name another bridge",
      });
    }
    if (names.undecided || bridges.undecided) {
      yield undetermined("the name, bridge or number of a network is known only at apply");
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { routes: [] } })
        .network("lan", { bridge: { name: "virbr7" } })
        .network("dmz", { bridge: { name: "virbr7" }, ips: [{ address: "10.21.0.1", prefix: 24 }] }),
    good: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { routes: [] } })
        .network("lan", { bridge: { name: "virbr7" } })
        .network("dmz", { bridge: { name: "virbr8" }, ips: [{ address: "10.21.0.1", prefix: 24 }] }),
  },
});

function hasOwnBridge({ config }: PlanNetwork): boolean {
  return OWN_BRIDGE.includes(config.forward?.mode);
}

/** The name of the bridge, unless libvirt is to fill in a number. */
function bridgeOf({ config }: PlanNetwork): string | undefined {
  const name = config.bridge?.name;
  return name?.includes("%d") ? undefined : name;
}
