import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import { type Plan, PlanNetwork } from "../../plan/plan";
import type { DomainDevicesInterfaces } from "../../provider/domain";
import { defineRule, fail, guests, type Outcome, pass, undetermined } from "../../rule";
import { isAtLeast } from "../versions";

type Nic = Planned<DomainDevicesInterfaces>;
/** What an interface is connected to, as far as tags are concerned. */
type Connection = "tags" | "no tags" | "bridge" | "unknown" | "late";

/** Since this version libvirt tags on Linux bridges as well, where they filter VLANs. */
const TAGS_ON_BRIDGES = "11.0.0";

/** A tag is put on frames by a switch or a network card. */
export const vlanNeedsSwitch = defineRule({
  code: "VIRT-NET-005",
  slug: "vlan-needs-switch",
  severity: "error",
  stage: "start",
  title:
    "VLAN tags of an interface need Open vSwitch, a passed-through device or macvtap in mode passthrough",
  why: "libvirt leaves tagging to Open vSwitch or to the network card that a guest has for itself. On an ordinary macvtap device, and before version 11 on every Linux bridge, it refuses to start a guest with tags.",
  fix: "Connect the interface to a bridge whose uplink is the tagged device, or use Open vSwitch.",
  sources: [
    "libvirt domain_validate.c virDomainActualNetDefValidate",
    "tried: libvirt 9.0.0 defines tags on every kind of interface and refuses to start them on a Linux bridge, on user networking and on macvtap in mode bridge: vlan tag not supported for this connection type; Xen 4.17 as well",
    "libvirt news of 11.0.0: VLAN tags on standard Linux bridges",
  ],
  needs: ["plan"],
  on: guests,
  *check(guest, plan) {
    for (const [index, nic] of guest.interfaces.entries()) {
      const tags = nic.vlan?.tags ?? [];
      if (tags.length === 0) continue;
      yield outcomeOf(guest, connectionOf(plan, guest, nic), tags.map(({ id }) => id).join(", "), index);
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          interfaces: [{ source: { network: { network: "default" } }, vlan: { tags: [{ id: 20 }] } }],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          interfaces: [
            {
              source: { bridge: { bridge: "ovsbr0" } },
              virtual_port: { params: { open_v_switch: {} } },
              vlan: { tags: [{ id: 20 }] },
            },
          ],
        },
      }),
  },
  alsoFails: ["VIRT-NET-013"],
});

function outcomeOf(guest: PlanGuest, connection: Connection, tags: string, index: number): Outcome {
  const version = guest.host.facts?.data.libvirtVersion;
  if (connection === "tags") return pass;
  if (connection === "late") {
    return undetermined("what a tagged interface is connected to is known only at apply");
  }
  if (connection === "unknown") {
    return undetermined("whether a network that the plan does not make takes VLAN tags is not known");
  }
  if (connection === "bridge" && isAtLeast(version, TAGS_ON_BRIDGES) !== false) {
    return undetermined("whether a Linux bridge takes VLAN tags depends on libvirt 11 and on the bridge");
  }
  return fail({
    at: `devices.interfaces[${index}].vlan`,
    message: `Interface ${index + 1} of "${guest.label}" has VLAN tag ${tags} on ${
      connection === "bridge"
        ? `a Linux bridge, which libvirt ${version} does not tag`
        : "a connection that cannot tag"
    }.`,
    fix: "remove vlan and use a bridge whose uplink is the tagged device, or an Open vSwitch bridge (virtualPort.params.openVSwitch)",
  });
}

function connectionOf(plan: Plan, guest: PlanGuest, { source, virtualPort }: Nic): Connection {
  if (isLate(source) || isLate(virtualPort)) return "late";
  const isOvs = virtualPort?.params?.openVSwitch !== undefined;
  if (source?.hostdev) return "tags";
  if (source?.direct) {
    const { mode } = source.direct;
    return isLate(mode) ? "late" : mode === "passthrough" ? "tags" : "no tags";
  }
  if (source?.bridge) return isOvs ? "tags" : "bridge";
  const name = source?.network?.network;
  if (name === undefined) return "no tags";
  const target = plan.referenced(guest, name);
  const network = target instanceof PlanNetwork ? target : plan.networksNamed(guest.host, name)[0];
  if (network === undefined) return isLate(name) ? "late" : networkOfHost(guest, name);
  const mode = network.config.forward?.mode;
  if (isLate(mode)) return "late";
  if (mode === "hostdev" || mode === "passthrough") return "tags";
  const ovs = isOvs || network.config.virtualPort?.params?.openVSwitch !== undefined;
  if (mode === "bridge" && ovs) return "tags";
  return mode === "private" || mode === "vepa" ? "no tags" : "bridge";
}

/** The facts tell a network's addresses, which only networks with a Linux bridge of libvirt have. */
function networkOfHost(guest: PlanGuest, name: string): Connection {
  const cidrs = guest.host.facts?.network(name)?.cidrs;
  return cidrs !== undefined && cidrs.length > 0 ? "bridge" : "unknown";
}
