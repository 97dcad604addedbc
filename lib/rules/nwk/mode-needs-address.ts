import { isLate } from "../../plan/late";
import { defineRule, fail, needsFacts, networks, notApplicable, pass, undetermined } from "../../rule";
import { isAtLeast } from "../versions";

/** From this version on a network of mode open may be without the host. */
const OPEN_WITHOUT_ADDRESS = "10.8.0";
const FORWARDING = ["nat", "route", "open"];

/** What is forwarded must come from somewhere. */
export const modeNeedsAddress = defineRule({
  code: "VIRT-NWK-001",
  slug: "mode-needs-address",
  severity: "error",
  stage: "apply",
  title: "A network that forwards packets needs an address",
  why: "In the modes nat, route and open the host forwards packets between the network and the world, and needs an address in the network for that. libvirt refuses to define such a network without one; since 10.8 it takes mode open so.",
  fix: "Add an address block, or leave out forward for a network without connection to the world.",
  sources: [
    "libvirt network_conf.c virNetworkDefParseXML",
    "tried: libvirt 9.0.0 refuses nat, route and open without ip (forwarding requested, but no IP address provided); a network without forward and ip is started",
    "libvirt news of 10.8.0: a network of mode open needs no address",
  ],
  needs: ["network"],
  on: networks,
  check: (network) => {
    const { forward, ips } = network.config;
    if (forward === undefined || (ips?.length ?? 0) > 0) return notApplicable;
    // forward without a mode is nat.
    const mode = forward.mode ?? "nat";
    if (isLate(mode)) return undetermined("the mode of a network is known only at apply");
    if (!FORWARDING.includes(mode)) return pass;
    const later = mode === "open" && isAtLeast(network.host.facts?.data.libvirtVersion, OPEN_WITHOUT_ADDRESS);
    if (later === undefined) return needsFacts(network.host);
    if (later) return pass;
    return fail({
      at: "ips",
      message: `Network "${network.label}" has forward mode ${mode} and no address.`,
      fix: 'add an address block, such as { address: "10.20.0.1", prefix: 24 }, or leave out forward for an isolated network',
    });
  },
  examples: {
    bad: (plan) => plan.network("lan", { forward: { mode: "nat" }, ips: null }),
    good: (plan) =>
      plan.network("lan", { forward: { mode: "nat" }, ips: [{ address: "10.20.0.1", prefix: 24 }] }),
  },
});
