import type { PlanGuest } from "../../plan/guest";
import { textsOf } from "../../plan/instances";
import { isLate } from "../../plan/late";
import { groupBy, type Plan } from "../../plan/plan";
import { defineRule, fail, hosts, notApplicable, type Outcome, pass, undetermined } from "../../rule";
import { normalMac } from "../net/mac";
import { type Segment, segmentOf } from "../net/segment";
import { guestsOf, together, type Use, usersText } from "../together";

interface MacUse extends Use {
  readonly at: string;
  /** Undefined when it is known only at apply. */
  readonly mac: string | undefined;
  readonly segment: Segment | null | undefined;
}

/** A switch sends a frame to the port where it last saw the address: two ports with one address take turns. */
export const uniqueMac = defineRule({
  code: "VIRT-UNQ-004",
  slug: "unique-mac",
  severity: "error",
  stage: "runtime",
  title: "Every interface on a network needs a MAC address of its own",
  why: "Frames for an address that two interfaces have reach the one or the other by chance, and DHCP gives both the same lease. Systems that configure interfaces by their MAC, such as cloud-init, fail on two in one guest. libvirt accepts both.",
  fix: "Give each interface another address, or none: libvirt then makes one.",
  sources: [
    "confirmed on libvirt 9.0.0: two interfaces of one address are defined and started, in one guest and in two",
    "QEMU failover needs one address on both interfaces of a team, so these are left out",
  ],
  needs: ["plan"],
  on: hosts,
  *check(host, plan) {
    const uses = plan.guestsOn(host).flatMap((guest) => macUsesOf(plan, guest));
    if (uses.length === 0) return yield notApplicable;
    yield pass;
    for (const [mac, same] of groupBy(uses, (use) => use.mac)) {
      yield* outcomesOf(mac, same);
    }
    if (uses.length > 1 && uses.some(({ mac }) => mac === undefined)) {
      yield undetermined("a MAC address is known only at apply");
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({
          name: "a",
          devices: {
            interfaces: [
              { mac: { address: "52:54:00:00:00:01" }, source: { network: { network: "default" } } },
            ],
          },
        })
        .kvm({
          name: "b",
          devices: {
            interfaces: [
              { mac: { address: "52:54:00:00:00:01" }, source: { network: { network: "default" } } },
            ],
          },
        }),
    good: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({
          name: "a",
          devices: {
            interfaces: [
              { mac: { address: "52:54:00:00:00:01" }, source: { network: { network: "default" } } },
            ],
          },
        })
        .kvm({
          name: "b",
          devices: {
            interfaces: [
              { mac: { address: "52:54:00:00:00:02" }, source: { network: { network: "default" } } },
            ],
          },
        }),
  },
  alsoFails: ["VIRT-NET-013"],
});

function* outcomesOf(mac: string, uses: readonly MacUse[]): Iterable<Outcome> {
  const byGuest = groupBy(uses, (use) => use.guest);
  for (const [guest, own] of byGuest) {
    const places = [...new Set(own.map(({ at }) => at))];
    if (places.length < 2) continue;
    yield fail({
      at: places[1]!,
      key: `${mac} twice`,
      places: [guest],
      message: `"${guest.label}" has ${places.length} interfaces with MAC ${mac}.`,
      fix: "give each interface another address, or leave mac out",
    });
  }
  // Across guests one interface of each guest says enough.
  const once = [...byGuest.values()].flatMap((own) => own.filter(({ at }) => at === own[0]!.at));
  for (const [segment, same] of groupBy(once, (use) => use.segment?.key)) {
    const verdict = together(same);
    if (verdict === "perhaps") yield undetermined("which guests run together is known only at apply");
    if (verdict !== "several" && verdict !== "alternately") continue;
    yield fail({
      severity: verdict === "several" ? "error" : "warning",
      at: same[0]!.at,
      key: `${mac} ${segment}`,
      places: guestsOf(same),
      message: `MAC ${mac} is used by ${usersText(same)} on ${same[0]!.segment!.label}${
        verdict === "several" ? "." : ": they cannot run at the same time."
      }`,
      fix:
        guestsOf(same).length === 1
          ? "leave mac out, or give each instance an address of its own"
          : "give each interface another address, or leave mac out",
    });
  }
  if (once.length > 1 && once.some(({ segment }) => segment === undefined)) {
    yield undetermined("the network of an interface is known only at apply");
  }
}

function macUsesOf(plan: Plan, guest: PlanGuest): MacUse[] {
  const teamed = new Set<string>();
  return guest.interfaces.flatMap((nic, index) => {
    const address = nic.mac?.address;
    if (address === undefined) return [];
    if (nic.teaming !== undefined) {
      if (teamed.has(address.toLowerCase())) return [];
      teamed.add(address.toLowerCase());
    }
    const at = `devices.interfaces[${index}].mac.address`;
    const segment = segmentOf(plan, guest, nic);
    const texts = textsOf(guest, address);
    return (texts ?? [address]).flatMap((text) => {
      const mac = normalMac(text);
      // What is no MAC address is another rule's matter.
      if (mac === undefined && !isLate(text)) return [];
      return [{ guest, at, mac, segment, uncertain: texts === undefined }];
    });
  });
}
