import { closest } from "../../plan/did-you-mean";
import { isLate } from "../../plan/late";
import { defineRule, fail, guests, having, needsFacts, notApplicable, pass, undetermined } from "../../rule";
import { bridgesOf } from "./host-bridges";
import { nicLabel } from "./interface-source";

/** An interface is plugged into a bridge or device of its own host. */
export const hostInterfaceExists = defineRule({
  code: "VIRT-NET-016",
  slug: "host-interface-exists",
  severity: "error",
  stage: "start",
  title: "The bridge or device under an interface must exist on the host",
  why: "libvirt makes the bridges of its own networks and no others. A bridge, or a device for macvtap, that the host does not have stops the start of the guest.",
  fix: "Make the bridge on the host, or name one that is there.",
  sources: [
    "libvirt qemu_interface.c qemuInterfaceBridgeConnect, virnetdevmacvlan.c",
    "tried: libvirt 9.0.0 defines interfaces on bridge br99 and on macvtap over eth99 and refuses to start them (No such device), and a name of 16 characters (too long)",
  ],
  needs: ["plan", "host facts"],
  on: having(guests, "devices.interfaces[].source.bridge", "devices.interfaces[].source.direct"),
  *check(guest, plan) {
    for (const [index, { source, backendDomain }] of guest.interfaces.entries()) {
      const kind = source?.bridge ? "bridge" : source?.direct ? "direct" : undefined;
      const name = source?.bridge?.bridge ?? source?.direct?.dev;
      // The bridge of a driver domain is in that guest.
      if (kind === undefined || name === undefined || name === "" || backendDomain !== undefined) {
        yield notApplicable;
        continue;
      }
      if (isLate(name)) {
        yield undetermined("the bridge or device under an interface is known only at apply");
        continue;
      }
      const made = bridgesOf(plan, guest.host);
      const there = guest.host.facts?.data.interfaces?.map((each) => each.name);
      if (made.has(name) || there?.includes(name)) yield pass;
      else if (there === undefined) yield needsFacts(guest.host);
      else {
        const meant = closest(name, [...made, ...there]);
        yield fail({
          at: `devices.interfaces[${index}].source.${kind === "bridge" ? "bridge.bridge" : "direct.dev"}`,
          message: `The ${nicLabel(index)} of "${guest.label}" is on ${kind === "bridge" ? "bridge" : "device"} ${name}, which "${guest.host.label}" does not have (there: ${there.join(", ")}).`,
          fix: `${meant === undefined ? "" : `did you mean ${meant}? Else `}make ${name} on ${guest.host.label} and capture its facts again`,
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvmHost("kvm1", { facts: HAS_ETH0 }).kvm({ devices: { interfaces: [macvtap("eth9")] } }),
    good: (plan) =>
      plan.kvmHost("kvm1", { facts: HAS_ETH0 }).kvm({ devices: { interfaces: [macvtap("eth0")] } }),
  },
});

const HAS_ETH0 = { interfaces: [{ name: "lo" }, { name: "eth0" }] };

function macvtap(dev: string): Record<string, unknown> {
  return { source: { direct: { dev, mode: "bridge" } }, model: { type: "virtio" } };
}
