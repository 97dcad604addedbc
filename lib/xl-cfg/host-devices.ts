import type { DomainDevicesHostdevs } from "../provider/domain";
import { type Options, shown } from "./options";
import { KeyValues } from "./spec";
import { XlCfgError, type XlText } from "./syntax";

const ADDRESS = /^(?:([\da-f]{1,4}):)?([\da-f]{1,2}):([01]?[\da-f])\.([0-7]|\*)(?:@([\da-f]{1,2}))?$/i;

/** PCI devices of the host: `0000:65:00.0,permissive=1`, by xl-pci-configuration(5). */
export function pciDevicesOf(options: Options): DomainDevicesHostdevs[] {
  const all = {
    permissive: options.flag("pci_permissive") ?? false,
    seize: options.flag("pci_seize") ?? false,
  };
  for (const name of ["pci_msitranslate", "pci_power_mgmt"]) {
    if (options.flag(name) === true) options.lose(name, "libvirt has no word for it");
  }
  return options.texts("pci").flatMap((text, index) => pciDeviceOf(text, `pci[${index}]`, options, all));
}

function pciDeviceOf(
  text: XlText,
  at: string,
  options: Options,
  all: { readonly permissive: boolean; readonly seize: boolean },
): DomainDevicesHostdevs[] {
  const [first = "", ...others] = text.text.split(",");
  const isNamed = first.includes("=");
  const values = new KeyValues({ ...text, text: isNamed ? text.text : others.join(",") }, at);
  const lose = (part: string, value: string, why: string) =>
    options.losePart(part === "" ? at : `${at}: ${part}`, value, text, why);
  if (values.has("name")) {
    lose("", text.text, "libvirt knows devices by address, not by the name that xl gave them");
    return [];
  }
  const address = ADDRESS.exec((isNamed ? values.take("bdf") : first.trim()) ?? "");
  if (address === null) {
    throw new XlCfgError(`${at} is ${shown(text.text)}: expected an address such as 0000:65:00.0`, text);
  }
  const [, domain = "0", bus, slot, fn, virtual = values.take("vslot")] = address;
  if (fn === "*") {
    lose("", text.text, "libvirt takes the functions of a device one by one");
    return [];
  }
  if (virtual !== undefined) lose("vslot", virtual, "libvirt's Xen driver leaves the slot to Xen");
  const isOn = (key: string, fallback: boolean) =>
    values.has(key) ? Number(values.take(key)) !== 0 : fallback;
  const permissive = isOn("permissive", all.permissive);
  const managed = isOn("seize", all.seize);
  for (const [key, value] of values.rest) {
    if (value !== "0") lose(key, value, "libvirt has no word for it");
  }
  const hex = (digits: string) => Number.parseInt(digits, 16);
  const source = { domain: hex(domain), bus: hex(bus!), slot: hex(slot!), function: Number(fn) };
  return [
    {
      // xl takes devices that somebody assigned to pciback before, unless it may seize them.
      managed,
      subsysPci: { source: { address: source, ...(permissive && { writeFiltering: "no" }) } },
    },
  ];
}

/** USB devices of the host on the paravirtual controller: `hostbus=1,hostaddr=3`. */
export function usbDevicesOf(options: Options): DomainDevicesHostdevs[] {
  return options.texts("usbdev").map((text, index) => {
    const at = `usbdev[${index}]`;
    const values = new KeyValues(text, at);
    const kind = values.take("type");
    if (kind !== undefined && kind !== "hostdev")
      throw new XlCfgError(`${at} is of type ${kind}: expected hostdev`, text);
    const bus = values.number("hostbus");
    const device = values.number("hostaddr");
    if (bus === undefined || device === undefined)
      throw new XlCfgError(`${at} needs hostbus= and hostaddr=`, text);
    for (const [key, value] of values.rest) {
      options.losePart(`${at}: ${key}`, value, text, "libvirt's Xen driver leaves it to Xen");
    }
    return { managed: false, subsysUsb: { source: { address: { bus, device } } } };
  });
}
