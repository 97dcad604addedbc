import { isLate } from "../../plan/late";
import { defineRule, fail, guests, pass } from "../../rule";
import { type Nic, nicLabel, type SourceKind, sourceKind } from "./interface-source";

/** What a source of a kind must name; the other kinds need nothing, or the provider's schema asks for it. */
const NEEDED: { readonly [Kind in SourceKind]?: readonly string[] } = {
  network: ["network"],
  bridge: ["bridge"],
  direct: ["dev"],
  internal: ["name"],
  vdpa: ["device"],
  server: ["port"],
  client: ["address", "port"],
  mcast: ["address", "port"],
  udp: ["address", "port", "local"],
};

/** An interface leads somewhere. */
export const interfaceNeedsSource = defineRule({
  code: "VIRT-NET-004",
  slug: "interface-needs-source",
  severity: "error",
  stage: "define",
  title: "An interface must name what it is connected to",
  why: "libvirt refuses a source that does not name its network, bridge or device. An interface without any source becomes one of QEMU's own user networking: the guest is cut off from everything that the plan connects.",
  fix: "Give the interface a source: a network, a bridge, or a device of the host.",
  sources: [
    "libvirt domain_conf.c virDomainNetDefParseXML, virDomainNetDefParseXMLRequireSource",
    "tried: libvirt 9.0.0 refuses the kinds network, bridge, direct, internal, vdpa, server, client, mcast and udp without their source and without the attributes that name it (Missing required attribute), and defines an interface without type as type user",
    "tried: the provider sends bridge=\"\" for a bridge without its name, which libvirt 9.0.0 defines and refuses to start: Cannot get interface MTU on ''",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    // A construct leaves out what it cannot use, and says so itself.
    if (guest.raw.propIssues?.length) return;
    for (const [index, nic] of guest.interfaces.entries()) {
      const kind = sourceKind(nic);
      const at = `devices.interfaces[${index}].source`;
      const label = `The ${nicLabel(index)} of "${guest.label}"`;
      if (kind === undefined) {
        yield fail({
          at,
          message: `${label} has no source, so that libvirt gives it user networking.`,
          fix: "set source.network.network or source.bridge.bridge (source.user where user networking is meant)",
        });
        continue;
      }
      const missing = isLate(kind) ? undefined : missingIn(nic, kind);
      if (missing === undefined) yield pass;
      else {
        yield fail({
          at: `${at}.${kind}.${missing}`,
          message: `${label} has a source of kind ${kind} without its ${missing}.`,
          fix: `set source.${kind}.${missing}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({ devices: { interfaces: [{ model: { type: "virtio" }, source: { network: {} } }] } }),
    good: (plan) =>
      plan.kvm({
        devices: {
          interfaces: [{ model: { type: "virtio" }, source: { network: { network: "default" } } }],
        },
      }),
  },
});

function missingIn({ source }: Nic, kind: SourceKind): string | undefined {
  const given = source?.[kind] as Readonly<Record<string, unknown>>;
  return isLate(given) ? undefined : NEEDED[kind]?.find((name) => given[name] === undefined);
}
