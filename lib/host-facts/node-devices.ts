import type { NodeDevice, NodeDeviceKind } from "./facts";
import { completeLines } from "./text-table";
import { known, Unreadable } from "./unreadable";
import { parseXml, type XmlElement } from "./xml";

/** Reads `virsh nodedev-list --tree`: names, and what libvirt's way of naming tells of each. */
export function readNodeDeviceTree(text: string): readonly NodeDevice[] {
  const lines = completeLines(text);
  if (lines[0]?.trim() !== "computer")
    throw new Unreadable('does not begin with "computer", the root of the tree');
  // The root is a device too: "virsh nodedev-list" names it, and a dump of it may lie beside this.
  const devices: NodeDevice[] = [{ name: "computer" }];
  const parents: { column: number; name: string }[] = [{ column: -1, name: "computer" }];
  for (const line of lines.slice(1)) {
    const match = /^([ |]*)\+- (\S+)\s*$/.exec(line);
    if (match === null) {
      if (/^[ |]*$/.test(line)) continue;
      throw new Unreadable(`has the line "${line.slice(0, 80)}", which is no branch of the tree`);
    }
    const column = match[1]!.length;
    const name = match[2]!;
    while (parents.at(-1)!.column >= column) parents.pop();
    devices.push(known({ name, parent: parents.at(-1)!.name, ...factsOfName(name) }));
    parents.push({ column, name });
  }
  return devices;
}

function factsOfName(name: string): Pick<NodeDevice, "kind" | "pciAddress"> {
  const kind = /^(scsi_host|pci|usb|net|block|scsi|mdev|drm|ccw)(?=_|\d)/.exec(name)?.[1] as
    | NodeDeviceKind
    | undefined;
  const pci = /^pci_([\da-f]{4,})_([\da-f]{2})_([\da-f]{2})_([0-7])$/i.exec(name);
  return { kind, pciAddress: pci ? `${pci[1]}:${pci[2]}:${pci[3]}.${pci[4]}`.toLowerCase() : undefined };
}

/** Reads one `virsh nodedev-dumpxml`. */
export function readNodeDevice(text: string): NodeDevice {
  const device = parseXml(text, "device");
  const name = device.textOf("name");
  if (name === undefined) throw new Unreadable("has no <name>");
  const capability = device.child("capability");
  const type = capability?.attribute("type");
  return known({
    name,
    parent: device.textOf("parent"),
    ...factsOfName(name),
    driver: device.textOf("driver", "name"),
    vendorId: capability?.child("vendor")?.attribute("id"),
    productId: capability?.child("product")?.attribute("id"),
    ...(type === "pci" && pciFacts(capability!)),
    ...(type === "usb_device" && usbFacts(capability!)),
  });
}

function pciFacts(pci: XmlElement): Partial<NodeDevice> {
  const inner = (type: string) => pci.all("capability").find((element) => element.attribute("type") === type);
  const physicalFunction = inner("phys_function")?.child("address");
  return {
    pciAddress: pciAddress((part) => pci.textOf(part)),
    pciBridge: inner("pci-bridge") !== undefined || inner("cardbus-bridge") !== undefined,
    iommuGroup: count(pci.child("iommuGroup")?.attribute("number"), "the IOMMU group"),
    physicalFunction: physicalFunction && addressOf(physicalFunction),
    virtualFunctions: inner("virt_functions")?.all("address").map(addressOf),
  };
}

function usbFacts(usb: XmlElement): Partial<NodeDevice> {
  const bus = count(usb.textOf("bus"), "the USB bus");
  const device = count(usb.textOf("device"), "the USB device");
  return { usbAddress: bus === undefined || device === undefined ? undefined : { bus, device } };
}

function addressOf(element: XmlElement): string {
  return pciAddress((part) => element.attribute(part));
}

function pciAddress(partOf: (part: string) => string | undefined): string {
  const [domain, bus, slot, fn] = ["domain", "bus", "slot", "function"].map((part) => {
    const value = count(partOf(part), `the ${part} of a PCI address`);
    if (value === undefined) throw new Unreadable(`has a PCI address without ${part}`);
    return value.toString(16);
  });
  return `${domain!.padStart(4, "0")}:${bus!.padStart(2, "0")}:${slot!.padStart(2, "0")}.${fn}`;
}

/** A number that libvirt writes in decimal or, with 0x, in hexadecimal. */
function count(text: string | undefined, what: string): number | undefined {
  if (text === undefined) return undefined;
  if (!/^(\d{1,10}|0x[\da-f]{1,8})$/i.test(text)) throw new Unreadable(`has "${text}" for ${what}`);
  return Number(text);
}
