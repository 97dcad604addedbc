import type { CpuModelOffer, DomainCapabilities, HostModel, Offer } from "./facts";
import { integer, known, Unreadable } from "./unreadable";
import { parseXml, type XmlElement } from "./xml";

/** Reads one output of `virsh domcapabilities`. */
export function readDomainCapabilities(text: string): DomainCapabilities {
  const root = parseXml(text, "domainCapabilities");
  const virtType = root.textOf("domain");
  const arch = root.textOf("arch");
  if (virtType === undefined || arch === undefined) throw new Unreadable("has no <domain> or no <arch>");

  const iothreads = root.child("iothreads");
  const memoryBacking = root.child("memoryBacking");
  const loader = root.child("os", "loader");
  return known({
    virtType,
    arch,
    machine: root.textOf("machine"),
    emulator: root.textOf("path"),
    maxVcpus: integer(root.child("vcpu")?.attribute("max"), "the highest number of vCPUs"),
    iothreads: iothreads && isSupported(iothreads),
    firmware: enumsOf(root.child("os")).firmware,
    loaders: loader && valuesOf(loader),
    secureLoader: enumsOf(loader).secure?.includes("yes"),
    cpuModes: Object.fromEntries(
      modes(root).map((mode) => [mode.attribute("name") ?? "", isSupported(mode)]),
    ),
    hostModel: hostModel(mode(root, "host-model")),
    cpuModels: cpuModels(mode(root, "custom")),
    devices: offers(root.child("devices")),
    features: offers(root.child("features")),
    memoryBacking: memoryBacking && offer(memoryBacking),
  });
}

function modes(root: XmlElement): readonly XmlElement[] {
  return root.child("cpu")?.all("mode") ?? [];
}

function mode(root: XmlElement, name: string): XmlElement | undefined {
  return modes(root).find((element) => element.attribute("name") === name && isSupported(element));
}

function hostModel(element: XmlElement | undefined): HostModel | undefined {
  if (element === undefined) return undefined;
  return known({
    model: element.textOf("model"),
    vendor: element.textOf("vendor"),
    features: element.all("feature").map((feature) => ({
      name: feature.attribute("name") ?? "",
      policy: feature.attribute("policy") ?? "require",
    })),
  });
}

function cpuModels(custom: XmlElement | undefined): readonly CpuModelOffer[] {
  const blockers = new Map(
    custom
      ?.all("blockers")
      .map((element) => [
        element.attribute("model"),
        element.all("feature").map((feature) => feature.attribute("name") ?? ""),
      ]),
  );
  return (custom?.all("model") ?? []).map((model) => {
    const usable = model.attribute("usable");
    return known({
      name: model.text,
      usable: usable === "yes" || (usable === "no" ? false : undefined),
      vendor: model.attribute("vendor"),
      deprecated: model.attribute("deprecated") === "yes" || undefined,
      canonical: model.attribute("canonical"),
      blockers: blockers.get(model.text),
    });
  });
}

function offers(group: XmlElement | undefined): Readonly<Record<string, Offer>> {
  return Object.fromEntries((group?.all() ?? []).map((element) => [element.name, offer(element)]));
}

function offer(element: XmlElement): Offer {
  return { supported: isSupported(element), enums: enumsOf(element) };
}

/** Some elements carry no `supported`: libvirt lists them only where they work. */
function isSupported(element: XmlElement): boolean {
  return element.attribute("supported") !== "no";
}

function enumsOf(element: XmlElement | undefined): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    (element?.all("enum") ?? []).map((list) => [list.attribute("name") ?? "", valuesOf(list)]),
  );
}

function valuesOf(element: XmlElement): readonly string[] {
  return element.all("value").map((value) => value.text);
}
