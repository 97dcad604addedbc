import { containsLate, isLate, type Planned } from "../../plan/late";
import type { NetworkConfig } from "../../provider/network";
import { defineRule, fail, networks, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import { isAtLeast } from "../versions";

/** Since this version libvirt tags on Linux bridges as well, where they filter VLANs. */
const TAGS_ON_BRIDGES = "11.0.0";

/** Modes in which an interface has a network card for itself, which tags. */
const TAGGING = ["hostdev", "passthrough"];
/** Modes in which it shares one without a bridge. */
const SHARING = ["private", "vepa"];

type Network = Planned<NetworkConfig>;

/** A network cannot tag what its switch cannot. */
export const networkVlanNeedsSwitch = defineRule({
  code: "VIRT-NWK-103",
  slug: "network-vlan-needs-switch",
  severity: "error",
  stage: "define",
  title: "VLAN tags of a network need Open vSwitch, or devices that guests have for themselves",
  why: "Open vSwitch tags frames, and so do network cards in the modes hostdev and passthrough. In the other modes libvirt refuses tags of the network and of its port groups; since version 11 it lets Linux bridges tag that filter VLANs.",
  fix: "Use mode bridge on Open vSwitch (virtualPort.params.openVSwitch), or a bridge whose uplink is the tagged device.",
  sources: [
    "libvirt bridge_driver.c networkValidate",
    "tried: libvirt 9.0.0 refuses tags of a network and of a port group in the modes nat, route, open and none, and in bridge without openVSwitch: <vlan> element specified for network, whose type doesn't support vlan configuration; a default port group on Open vSwitch makes good for its network",
    "libvirt news of 11.0.0: VLAN tags on standard Linux bridges",
  ],
  needs: ["network"],
  on: networks,
  check: ({ config, label, host }): Outcome => {
    const { vlan, portGroups = [], virtualPort, forward } = config;
    const groupTags = portGroups.some((group) => group.vlan !== undefined);
    if (vlan === undefined && !groupTags) return notApplicable;
    if (isLate(forward?.mode) || containsLate([vlan, virtualPort, portGroups])) {
      return undetermined("the VLAN tags of a network or its mode are known only at apply");
    }
    const mode = forward === undefined ? "none" : (forward.mode ?? "nat");
    const at = untaggable(config, mode);
    if (at === undefined) return pass;
    const version = host.facts?.data.libvirtVersion;
    if (!SHARING.includes(mode) && isAtLeast(version, TAGS_ON_BRIDGES) !== false) {
      return undetermined("whether a Linux bridge takes VLAN tags depends on libvirt 11 and on the bridge");
    }
    return fail({
      at,
      message:
        `Network "${label}" has VLAN tags in forward mode ${mode}${mode === "bridge" ? " without Open vSwitch" : ""}, where libvirt ${version ?? ""} cannot tag.`.replace(
          "  ",
          " ",
        ),
      fix: 'remove the tags, or use mode "bridge" on an Open vSwitch bridge with virtualPort.params.openVSwitch',
    });
  },
  examples: {
    bad: (plan) => plan.network("lan", { vlan: { tags: [{ id: 20 }] } }),
    good: (plan) =>
      plan.network("lan", {
        forward: { mode: "bridge" },
        bridge: { name: "ovsbr0" },
        ips: null,
        virtual_port: { params: { open_v_switch: {} } },
        vlan: { tags: [{ id: 20 }] },
      }),
  },
});

/** The tags that cannot be, as libvirt goes through them: a default port group stands before its network. */
function untaggable({ vlan, virtualPort, portGroups = [] }: Network, mode: string): string | undefined {
  const taggable = (port: Network["virtualPort"]) =>
    TAGGING.includes(mode) || (mode === "bridge" && port?.params?.openVSwitch !== undefined);
  const isUsed = (vlan?.tags ?? []).length > 0;
  for (const [index, group] of portGroups.entries()) {
    if (!isUsed && (group.vlan?.tags ?? []).length === 0) continue;
    // A virtual port of its own must be Open vSwitch, whatever the mode.
    const ownPort = group.virtualPort as Network["virtualPort"];
    const tags = ownPort
      ? mode === "bridge" && ownPort.params?.openVSwitch !== undefined
      : taggable(virtualPort);
    if (!tags) return group.vlan ? `portGroups[${index}].vlan` : "vlan";
  }
  const hasDefault = portGroups.some((group) => group.default?.toLowerCase() === "yes");
  return isUsed && !taggable(virtualPort) && !hasDefault ? "vlan" : undefined;
}
