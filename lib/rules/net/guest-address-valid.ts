import { IPv4, IPv6, isValid, parse } from "ipaddr.js";
import type { Planned } from "../../plan/late";
import type { DomainDevicesInterfacesIp } from "../../provider/domain";
import { defineRule, type Failure, guests, having } from "../../rule";
import { type Literal, outcomesOf } from "../faults";
import { nicLabel, type SourceKind, sourceKind } from "./interface-source";

type Ip = Literal<Planned<DomainDevicesInterfacesIp>>;

/** An interface may be told its addresses, or its end on the host. */
export const guestAddressValid = defineRule({
  code: "VIRT-NET-104",
  slug: "guest-address-valid",
  severity: "error",
  stage: "define",
  title: "The address of an interface must be one of its family, with a prefix that its source takes",
  why: "An address, its peer and its prefix are of one family. User networking has one address of each family, a prefix of 4 to 27 for IPv4 and of 64 for IPv6, and no peer.",
  fix: "Write the address without its prefix, and the prefix as a number of its own.",
  sources: [
    "libvirt domain_conf.c virDomainNetIPParseXML, qemu_validate.c qemuValidateDomainDeviceDefNetwork",
    "tried: libvirt 9.0.0 refuses the address x, fd00::5 with family ipv4 (Invalid address), prefix 33 (Invalid prefix value), an IPv4 peer of an IPv6 address (Invalid peer); on user networking a peer, two IPv4 addresses, prefix 3 and 28, and IPv6 prefix 24 (must be 64)",
  ],
  needs: ["guest"],
  on: having(guests, "devices.interfaces[].ip", "devices.interfaces[].source.ethernet.ip"),
  *check(guest) {
    for (const [index, nic] of guest.interfaces.entries()) {
      const label = `the ${nicLabel(index)} of "${guest.label}"`;
      const at = `devices.interfaces[${index}]`;
      for (const [place, ips] of [
        [`${at}.ip`, nic.ip],
        [`${at}.source.ethernet.ip`, nic.source?.ethernet?.ip],
      ] as const) {
        if ((ips ?? []).length === 0) continue;
        const given = { ips: ips as Planned<DomainDevicesInterfacesIp[]>, kind: sourceKind(nic) };
        yield* outcomesOf(given, "the address of an interface is", (known) =>
          faultsOf(known.ips, place, label, guest.isQemu ? known.kind : undefined),
        );
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { interfaces: [nicWith({ address: "10.0.2.15/24" })] } }),
    good: (plan) => plan.kvm({ devices: { interfaces: [nicWith({ address: "10.0.2.15", prefix: 24 })] } }),
  },
});

function nicWith(ip: Record<string, unknown>): Record<string, unknown> {
  return { source: { user: {} }, model: { type: "virtio" }, ip: [ip] };
}

function* faultsOf(
  ips: readonly Ip[],
  place: string,
  label: string,
  kind: SourceKind | undefined,
): Iterable<Failure> {
  const families = new Set<string>();
  for (const [index, { address, family, prefix, peer }] of ips.entries()) {
    const wrong = (attribute: keyof Ip, what: string, fix: string): Failure => ({
      at: `${place}[${index}].${attribute}`,
      message: `The address ${address || "without text"} of ${label} ${what}.`,
      fix,
    });
    if (!address || !isValid(address)) {
      return yield wrong("address", "is no address", "write it as in 10.0.2.15, and its prefix apart");
    }
    const own = parse(address).kind();
    if (family && family !== own) {
      return yield wrong("family", `is not of family ${family}`, `set family to "${own}", or remove it`);
    }
    const bits = own === "ipv4" ? 32 : 128;
    if (prefix !== undefined && (prefix < 0 || prefix > bits)) {
      return yield wrong("prefix", `has prefix ${prefix}; it has ${bits} bits`, "correct the prefix");
    }
    if (peer && !(own === "ipv4" ? IPv4 : IPv6).isValid(peer)) {
      return yield wrong("peer", `has the peer ${peer}, which is no address of its family`, "correct peer");
    }
    if (kind !== "user") continue;
    const [least, most] = own === "ipv4" ? [4, 27] : [64, 64];
    if (peer) yield wrong("peer", "has a peer, which user networking does not have", "remove peer");
    else if (families.has(own)) {
      yield wrong("address", "is the second of its family, of which user networking has one", "remove one");
    } else if (prefix && (prefix < least || prefix > most)) {
      const range = least === most ? `prefix ${least}` : `prefixes from ${least} to ${most}`;
      yield wrong(
        "prefix",
        `has prefix ${prefix}; user networking takes ${range}`,
        `use ${least === most ? least : 24}`,
      );
    }
    families.add(own);
  }
}
