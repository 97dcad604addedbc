import { isLate, type Planned } from "../../plan/late";
import type { NetworkConfig } from "../../provider/network";
import { defineRule, fail, networks, notApplicable, type Outcome, pass, undetermined } from "../../rule";

/** Modes in which guests use an interface or bridge that libvirt does not make. */
const EXTERNAL = ["bridge", "private", "vepa", "passthrough", "hostdev"];

const MODES = ["none", "nat", "route", "open", ...EXTERNAL];

interface Misfit {
  readonly at: string;
  /** The setting, which may be late. */
  readonly value: unknown;
  readonly what: string;
  readonly fix: string;
}

/** libvirt runs DHCP and DNS and gives out addresses on bridges of its own making alone. */
export const modeFitsSettings = defineRule({
  code: "VIRT-NWK-002",
  slug: "mode-fits-settings",
  severity: "error",
  stage: "apply",
  title: "The settings of a network must be ones that its mode has",
  why: "In the modes bridge, private, vepa, passthrough and hostdev guests are connected to what the host has: libvirt gives it no address, DNS, domain, MAC or MTU, and only mode bridge names a bridge. NAT options are for mode nat, and open takes no device.",
  fix: "Remove the setting, or choose another mode.",
  sources: [
    "libvirt network_conf.c virNetworkDefParseXML, virNetworkForwardNatDefParseXML; bridge_driver.c networkValidate",
    "tried: libvirt 9.0.0 refuses ip, a DNS host, domain, mac, mtu, stp, zone, and a bridge with a device in mode bridge, a bridge, a bandwidth limit and macTableManager in mode private, nat options in modes route and open, a device in mode open, and mode bridged; it defines DNS forwarders and delay 0 in mode bridge, and a device in mode nat",
  ],
  needs: ["network"],
  on: networks,
  check: (network) => {
    const { forward } = network.config;
    const mode = forward === undefined ? undefined : (forward.mode ?? "nat");
    if (mode === undefined) return notApplicable;
    if (isLate(mode)) return undetermined("the mode of a network is known only at apply");
    const misfits = [...misfitsOf(network.config, mode)].filter(({ value }) => value !== undefined);
    if (misfits.length === 0) return pass;
    return misfits.map(
      ({ at, value, what, fix }): Outcome =>
        isLate(value)
          ? undetermined("a setting of a network is known only at apply")
          : fail({ at, message: `Network "${network.label}" has forward mode ${mode} and ${what}.`, fix }),
    );
  },
  examples: {
    bad: (plan) =>
      plan.network("lan", {
        forward: { mode: "bridge" },
        bridge: { name: "br0" },
        ips: [{ address: "10.20.0.1", prefix: 24 }],
      }),
    good: (plan) => plan.network("lan", { forward: { mode: "bridge" }, bridge: { name: "br0" }, ips: null }),
  },
});

function* misfitsOf(config: Planned<NetworkConfig>, mode: string): Iterable<Misfit> {
  const { forward, ips, dns, domain, mac, mtu, bridge, bandwidth } = config;
  if (!MODES.includes(mode)) {
    const fix = `use one of ${MODES.slice(1).join(", ")}`;
    return yield { at: "forward.mode", value: mode, what: "libvirt knows no such mode", fix };
  }
  if (mode !== "nat") {
    yield {
      at: "forward.nat",
      value: forward?.nat,
      what: "NAT options",
      fix: 'remove forward.nat, or use mode "nat"',
    };
  }
  if (mode === "open") {
    yield { at: "forward.dev", value: forward?.dev, what: "a device", fix: "remove forward.dev" };
  }
  if (!EXTERNAL.includes(mode)) return;
  const fix = 'remove it: guests get it from what they are connected to; or use mode "nat" or "route"';
  yield { at: "ips", value: ips?.[0], what: "an address", fix };
  if (mode !== "bridge" || !bridge?.name) {
    yield {
      at: "bandwidth",
      value: bandwidth?.inbound ?? bandwidth?.outbound,
      what: "a bandwidth limit",
      fix,
    };
  }
  // libvirt overlooks forwarders and the switch.
  const entry = dns?.host?.[0] ?? dns?.srVs?.[0] ?? dns?.txTs?.[0];
  yield { at: "dns", value: entry, what: "DNS entries", fix };
  yield { at: "domain", value: domain?.name, what: "a domain", fix };
  yield { at: "mac", value: mac?.address, what: "a MAC address for the bridge", fix };
  yield { at: "mtu", value: mtu?.size, what: "an MTU", fix };
  const delay = bridge?.delay === "0" ? undefined : bridge?.delay;
  yield {
    at: "bridge",
    value: bridge?.stp ?? delay ?? bridge?.zone,
    what: "bridge options (stp, delay or zone)",
    fix: "remove them: libvirt makes no bridge here",
  };
  if (mode !== "bridge") {
    yield {
      at: "bridge.macTableManager",
      value: bridge?.macTableManager,
      what: "a manager of a bridge's MAC table",
      fix: "remove it: libvirt makes no bridge here",
    };
    yield {
      at: "bridge.name",
      value: bridge?.name,
      what: "a bridge",
      fix: 'remove it, or use mode "bridge"',
    };
  } else if (bridge?.name !== undefined) {
    yield {
      at: "forward",
      value: forward?.dev ?? forward?.interfaces?.[0] ?? forward?.pfs?.[0],
      what: "both a bridge and a device",
      fix: "remove one of them",
    };
  }
}
