import { defineRule, guests, notApplicable } from "../../rule";
import { type Kind, namedOnHost } from "../named-on-host";

const NETWORK: Kind = {
  word: "network",
  type: "libvirt_network",
  made: (plan) => plan.networks,
  listed: (host) => host.facts?.data.networks,
  start: (name) => `virsh net-start ${name}, and virsh net-autostart ${name}`,
};

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
      return [namedOnHost(plan, guest, name, at, NETWORK)];
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
  alsoFails: ["VIRT-NET-013"],
});
