import type { GuestFeature, GuestOffer, HostCpu, HostFactsData, MachineOffer, NumaCell } from "./facts";
import { integer, known, Unreadable } from "./unreadable";
import { parseXml, type XmlElement } from "./xml";

/** What `virsh capabilities` alone tells. */
export type Capabilities = Pick<
  HostFactsData,
  "arch" | "numaCells" | "pageSizesKiB" | "iommu" | "powerManagement" | "securityModels"
> & { readonly cpu?: HostCpu; readonly guests: readonly GuestOffer[] };

export function readCapabilities(text: string): Capabilities {
  const root = parseXml(text, "capabilities");
  const host = root.child("host");
  if (host === undefined) throw new Unreadable("has no <host>, so it is not from virsh capabilities");
  const cells = host.child("topology", "cells")?.all("cell").map(numaCell);
  const pages = host.child("cpu")?.all("pages").map(pageSize);
  const iommu = host.child("iommu")?.attribute("support");
  return known({
    arch: host.textOf("cpu", "arch"),
    cpu: hostCpu(host.child("cpu"), cells),
    numaCells: cells,
    // Xen's driver lists no pages, which does not mean that there are none.
    pageSizesKiB: pages?.length ? pages.sort((a, b) => a - b) : undefined,
    iommu: iommu === undefined ? undefined : iommu === "yes",
    powerManagement: host
      .child("power_management")
      ?.all()
      .map((state) => state.name),
    securityModels: securityModels(host),
    guests: root.all("guest").map(guestOffer),
  });
}

function hostCpu(cpu: XmlElement | undefined, cells: readonly NumaCell[] | undefined): HostCpu | undefined {
  const ids = cells?.flatMap((cell) => cell.cpus).sort((a, b) => a - b);
  if (cpu === undefined && !ids?.length) return undefined;
  return known({
    model: cpu?.textOf("model"),
    vendor: cpu?.textOf("vendor"),
    features: (cpu?.all("feature") ?? []).map((feature) => required(feature, "name")),
    ids: ids?.length ? ids : undefined,
  });
}

function numaCell(cell: XmlElement): NumaCell {
  const memory = cell.child("memory");
  return known({
    id: number(cell, "id"),
    memoryKiB: memory && inKiB(memory, integer(memory.text, "memory of a NUMA cell")),
    cpus: (cell.child("cpus")?.all("cpu") ?? []).map((cpu) => number(cpu, "id")),
    pages: cell
      .all("pages")
      .map((pages) => known({ sizeKiB: pageSize(pages), count: integer(pages.text || undefined, "pages") })),
  });
}

function pageSize(pages: XmlElement): number {
  return inKiB(pages, number(pages, "size"))!;
}

const UNITS_KIB: Readonly<Record<string, number>> = { KiB: 1, MiB: 1024, GiB: 1024 ** 2 };

function inKiB(element: XmlElement, value: number | undefined): number | undefined {
  const factor = UNITS_KIB[element.attribute("unit") ?? "KiB"];
  if (factor === undefined) throw new Unreadable(`gives <${element.name}> in ${element.attribute("unit")}`);
  return value && value * factor;
}

function securityModels(host: XmlElement): readonly string[] | undefined {
  const models = host.all("secmodel").flatMap((model) => model.textOf("model") ?? []);
  return models.length > 0 ? models : undefined;
}

function guestOffer(guest: XmlElement): GuestOffer {
  const osType = guest.textOf("os_type");
  const arch = guest.child("arch");
  if (osType === undefined || arch === undefined)
    throw new Unreadable("has a <guest> without os_type or arch");
  const domains = arch.all("domain");
  return known({
    osType,
    arch: required(arch, "name"),
    wordSize: integer(arch.textOf("wordsize"), "wordsize"),
    emulator: arch.textOf("emulator"),
    loader: arch.textOf("loader"),
    domainTypes: domains.map((domain) => required(domain, "type")),
    machines: [
      ...arch.all("machine").map((machine) => machineOffer(machine)),
      ...domains.flatMap((domain) =>
        domain.all("machine").map((machine) => machineOffer(machine, required(domain, "type"))),
      ),
    ],
    features: guestFeatures(guest.child("features")),
  });
}

function machineOffer(machine: XmlElement, domainType?: string): MachineOffer {
  return known({
    name: machine.text,
    canonical: machine.attribute("canonical"),
    maxCpus: integer(machine.attribute("maxCpus"), "maxCpus"),
    deprecated: machine.attribute("deprecated") === "yes" || undefined,
    domainType,
  });
}

function guestFeatures(features: XmlElement | undefined): Readonly<Record<string, GuestFeature>> | undefined {
  if (features === undefined) return undefined;
  return Object.fromEntries(
    features.all().map((feature) => {
      const state = feature.attribute("default");
      const toggle = feature.attribute("toggle");
      return [
        feature.name,
        known({
          default: state === "on" || state === "off" ? state : undefined,
          toggle: toggle === undefined ? undefined : toggle === "yes",
        }),
      ];
    }),
  );
}

function required(element: XmlElement, attribute: string): string {
  const value = element.attribute(attribute);
  if (value === undefined) throw new Unreadable(`has <${element.name}> without ${attribute}`);
  return value;
}

function number(element: XmlElement, attribute: string): number {
  return integer(required(element, attribute), `${attribute} of <${element.name}>`)!;
}
