import { isLate, known, type Late } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";
import { type Ignored, ignoredIn, reportIgnored } from "./ignored";

const OF_NIC = { mtu: "an MTU", driver: "driver settings", rom: "a boot ROM" };
const OF_BANDWIDTH = { inbound: "a limit on inbound traffic" };
const OF_OUTBOUND = { peak: "a peak of outbound traffic", burst: "a burst of outbound traffic" };

/** libxl knows of an interface its address, bridge, model, script and one rate. */
export const interfaceSettingsIgnored = defineRule({
  code: "VIRT-XEN-055",
  slug: "interface-settings-ignored",
  severity: "warning",
  stage: "silent",
  title:
    "A Xen guest's interfaces have no MTU, link state, inbound limit, filter, isolation or driver settings",
  why: "libvirt's Xen driver passes on an interface's MAC address, bridge, model, script and average outbound rate. It accepts the rest and drops it: the interface is up with MTU 1500. A port that should be isolated from its neighbours is not, and a network filter is not applied, which are errors.",
  fix: "Remove the settings; set MTU, filters and limits on the host's bridge or inside the guest.",
  sources: [
    "libvirt libxl_conf.c libxlMakeNic",
    "tried: Xen 4.17, libvirt 9.0.0, HVM: mtu 1400, link state down, isolated port, driver queues and rom file change neither vif, tap, device model nor JSON configuration; inbound bandwidth makes no qdisc; outbound average 500 is the rate of the vif (25600 bytes each 50 ms), without peak and burst",
    "tried: Xen 4.17, libvirt 9.0.0, HVM with a filterref to a filter that does not exist: starts, and nothing in dom0 differs",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    for (const [index, nic] of guest.interfaces.entries()) {
      if (isLate(nic)) {
        yield undetermined("a network interface is known only at apply");
        continue;
      }
      const { bandwidth, link, portOptions, source } = nic;
      // A device of the host is no interface of Xen's.
      if (source?.hostdev !== undefined) continue;
      const at = `devices.interfaces[${index}]`;
      const subject = `interface ${index + 1} of "${guest.label}"`;
      const state = link?.state;
      const settings: readonly Ignored[] = [
        ...ignoredIn(nic, at, OF_NIC),
        ...(state === undefined || known(state) === "up"
          ? []
          : [{ at: `${at}.link.state`, what: "a link that is down", late: isLate(state) }]),
        ...ignoredIn(bandwidth, `${at}.bandwidth`, OF_BANDWIDTH),
        ...ignoredIn(bandwidth?.outbound, `${at}.bandwidth.outbound`, OF_OUTBOUND),
      ];
      if (settings.length > 0) yield* reportIgnored(subject, settings);
      if (nic.filterRef !== undefined) yield filterOf(subject, at, nic.filterRef);
      const isolated = portOptions?.isolated;
      if (isLate(isolated)) yield undetermined("whether a port is isolated is known only at apply");
      else if (isolated === "yes") {
        yield fail({
          severity: "error",
          at: `${at}.portOptions.isolated`,
          message: `${subject} asks for an isolated port: under Xen it would reach all its neighbours on the bridge.`,
          fix: `remove ${at}.portOptions and isolate the port on the host (bridge link set dev vif… isolated on), or give the guest a bridge of its own`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.xenPv({ devices: { interfaces: [{ ...bridged, mtu: { size: 9000 } }] } }),
    good: (plan) =>
      plan.xenPv({
        devices: { interfaces: [{ ...bridged, bandwidth: { outbound: { average: 500 } } }] },
      }),
  },
});

function filterOf(subject: string, at: string, filterRef: { readonly filter: unknown } | Late): Outcome {
  if (isLate(filterRef)) return undetermined("the network filter of an interface is known only at apply");
  const { filter } = filterRef;
  return fail({
    severity: "error",
    at: `${at}.filterRef`,
    message: `${subject} asks for the network filter${isLate(filter) ? "" : ` ${filter}`}: under Xen nothing would be filtered.`,
    fix: `remove ${at}.filterRef and filter on the host's bridge (nftables)`,
  });
}

const bridged = { mac: { address: "52:54:00:00:00:01" }, source: { bridge: { bridge: "xenbr0" } } };
