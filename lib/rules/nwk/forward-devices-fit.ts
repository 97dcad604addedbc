import type { Planned } from "../../plan/late";
import { pciAddress } from "../../plan/pci-address";
import type { NetworkForward } from "../../provider/network";
import { defineRule, type Failure, networks } from "../../rule";
import { outcomesOf } from "../faults";

type Forward = Planned<NetworkForward>;

/** Modes in which packets leave by one device, if by a certain one. */
const ROUTED = ["nat", "route", "open"];

/** A network hands out devices of one kind, or leads packets to one. */
export const forwardDevicesFit = defineRule({
  code: "VIRT-NWK-104",
  slug: "forward-devices-fit",
  severity: "error",
  stage: "define",
  title: "The devices of a network must be of one kind, that of its mode, and each listed once",
  why: "A network leads packets to one device, or hands out devices to its guests: named ones (interfaces), the virtual functions of one card (pfs), or PCI devices (addresses) in mode hostdev alone, which takes no named ones.",
  fix: "List interfaces, or one pf, or addresses with mode hostdev.",
  sources: [
    "libvirt network_conf.c virNetworkForwardDefParseXML, virNetworkDefParseXML; bridge_driver.c networkValidate",
    "tried: libvirt 9.0.0 refuses two pfs (Only one <pf> element is allowed), dev beside pfs or addresses (cannot be used), an interface or a PCI device twice (can only be listed once) and without dev, dev and another first interface (must match first), two interfaces in mode nat (only one is supported), an address outside mode hostdev (only supported for networks with forward mode 'hostdev') and an interface in it (require all devices to be listed by PCI address)",
  ],
  needs: ["network"],
  on: networks,
  check: ({ config: { forward }, label }) => {
    const devices = forward && {
      mode: forward.mode,
      dev: forward.dev,
      interfaces: forward.interfaces,
      addresses: forward.addresses,
      pfs: forward.pfs,
    };
    return outcomesOf(devices, "the devices of a network are", (known) => faultsOf(known, label));
  },
  examples: {
    bad: (plan) => plan.network("lan", passedOn({ pfs: [{ dev: "eth1" }, { dev: "eth2" }] })),
    good: (plan) => plan.network("lan", passedOn({ pfs: [{ dev: "eth1" }] })),
  },
});

function passedOn(forward: Record<string, unknown>): Record<string, unknown> {
  return { forward: { mode: "passthrough", ...forward }, ips: null };
}

function* faultsOf(
  { mode = "nat", dev, interfaces = [], addresses = [], pfs = [] }: Forward,
  label: string,
): Iterable<Failure> {
  const wrong = (attribute: string, what: string, fix: string): Failure => ({
    at: `forward.${attribute}`,
    message: `Network "${label}" ${what}.`,
    fix,
  });
  if (dev && (addresses.length > 0 || pfs.length > 0)) {
    const other = pfs.length > 0 ? "pfs" : "addresses";
    return yield wrong("dev", `leads to ${dev} and lists ${other}`, `remove dev or ${other}`);
  }
  const names = interfaces.map((each) => each.dev);
  const nameless = names.findIndex((name) => !name);
  if (nameless >= 0) {
    return yield wrong(
      `interfaces[${nameless}].dev`,
      `lists interface ${nameless + 1} without its name`,
      "set dev",
    );
  }
  if (dev && names.length > 0 && names[0] !== dev) {
    return yield wrong(
      "dev",
      `leads to ${dev}, and the first of its interfaces is ${names[0]}`,
      "remove dev, or list it first",
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    yield wrong("interfaces", `lists interface ${twice} twice`, "list it once");
  }
  if (names.length === 0 && addresses.length === 0 && pfs.length > 1) {
    yield wrong(
      "pfs",
      `lists ${pfs.length} cards in pfs, of which one is possible`,
      "keep one, or list interfaces",
    );
  }
  if (ROUTED.includes(mode) && names.length > 1) {
    yield wrong(
      "interfaces",
      `leads packets to ${names.join(" and ")}; in mode ${mode} they leave by one device`,
      "keep one, as dev",
    );
  }
  const named = dev || names[0];
  if (mode === "hostdev" && named) {
    yield wrong(
      dev ? "dev" : "interfaces",
      `is of mode hostdev and lists ${named} by name`,
      "list the PCI addresses of its virtual functions (addresses), or its card (pfs)",
    );
  }
  // libvirt reads addresses only where nothing is listed by name.
  const pci = named ? undefined : addresses[0]?.pci;
  const places = addresses.map((each) => each.pci && pciAddress(each.pci));
  const again = named ? undefined : places.find((place, index) => place && places.indexOf(place) < index);
  if (again !== undefined) {
    yield wrong("addresses", `lists PCI device ${again} twice`, "list it once");
  }
  if (mode !== "hostdev" && pci) {
    yield wrong(
      "addresses",
      `is of mode ${mode} and lists PCI device ${pciAddress(pci)}`,
      'use mode "hostdev", or list interfaces',
    );
  }
}
