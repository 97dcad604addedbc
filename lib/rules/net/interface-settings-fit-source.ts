import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { type Nic, nicLabel, type SourceKind, sourceKind } from "./interface-source";

interface Setting {
  readonly attribute: "mtu" | "coalesce" | "ip" | "route" | "portOptions" | "target";
  readonly what: string;
  /** The kinds of source that take it; `user` for an MTU only with passt. */
  readonly kinds: readonly SourceKind[];
}

const SETTINGS: readonly Setting[] = [
  { attribute: "mtu", what: "an MTU", kinds: ["network", "bridge", "ethernet", "vhostUser"] },
  { attribute: "coalesce", what: "coalesce settings", kinds: ["network", "bridge"] },
  { attribute: "ip", what: "an address in the guest", kinds: ["user", "vdpa"] },
  { attribute: "route", what: "a route in the guest", kinds: ["vdpa"] },
  { attribute: "portOptions", what: "port options", kinds: ["network", "bridge"] },
  { attribute: "target", what: "a device that libvirt does not manage", kinds: ["ethernet"] },
];

/** Some settings are those of a tap device or of a bridge's port, and only some interfaces have one. */
export const interfaceSettingsFitSource = defineRule({
  code: "VIRT-NET-008",
  slug: "interface-settings-fit-source",
  severity: "error",
  stage: "define",
  title: "The settings of an interface must be of the kind that its source takes",
  why: "An MTU and coalesce settings belong to a tap device, port isolation to the port of a bridge; macvtap, passed-through devices and sockets have neither. QEMU sets addresses in the guest for user networking alone.",
  fix: "Remove the setting, or connect the interface to a network or bridge.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefNetwork, qemu_domain.c qemuDomainNetSupportsMTU, domain_validate.c virDomainNetDefValidate",
    "tried with fourteen kinds of source: libvirt 9.0.0 takes an MTU on network, bridge, ethernet and vhostuser, coalesce and port isolation on network and bridge, an address in the guest on user and vdpa, a route on vdpa, a target that is not managed on ethernet, and refuses each of them elsewhere",
    "libvirt since 9.2: user networking by passt takes an MTU",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest) {
    for (const [index, nic] of guest.interfaces.entries()) {
      const given = SETTINGS.filter(({ attribute }) => isGiven(nic, attribute));
      const kind = sourceKind(nic);
      if (given.length === 0 || kind === undefined) {
        yield notApplicable;
        continue;
      }
      if (isLate(kind)) {
        yield undetermined("what an interface is connected to is known only at apply");
        continue;
      }
      const refused = given.filter(
        ({ attribute, kinds }) =>
          !kinds.includes(kind) && !(attribute === "mtu" && kind === "user" && nic.backend?.type === "passt"),
      );
      if (refused.length === 0) yield pass;
      for (const { attribute, what, kinds } of refused) {
        yield fail({
          at: `devices.interfaces[${index}].${attribute}`,
          message: `The ${nicLabel(index)} of "${guest.label}" has ${what}, which a source of kind ${kind} does not take (${kinds.join(", ")} ${kinds.length === 1 ? "does" : "do"}).`,
          fix: `remove ${attribute}, or connect the interface otherwise`,
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({ devices: { interfaces: [withMtu({ direct: { dev: "eth0", mode: "bridge" } })] } }),
    good: (plan) => plan.kvm({ devices: { interfaces: [withMtu({ network: { network: "default" } })] } }),
  },
});

function withMtu(source: Record<string, unknown>): Record<string, unknown> {
  return { source, model: { type: "virtio" }, mtu: { size: 1400 } };
}

function isGiven(nic: Nic, attribute: Setting["attribute"]): boolean {
  if (attribute === "coalesce") return nic.coalesce?.rx?.frames !== undefined && !isLate(nic.coalesce);
  // Not to isolate a port asks for nothing.
  if (attribute === "portOptions") return !["no", undefined].includes(nic.portOptions?.isolated);
  if (attribute === "target") return nic.target?.managed === false;
  const value = nic[attribute];
  if (value === undefined || isLate(value)) return false;
  return !Array.isArray(value) || value.length > 0;
}
