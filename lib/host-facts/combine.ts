import type { Capabilities } from "./capabilities";
import type {
  DomainCapabilities,
  GuestOffer,
  HostCpu,
  HostFactsData,
  HostInterface,
  HostNetwork,
  HostPool,
  NodeDevice,
  XenHostFacts,
} from "./facts";
import { extensionIn, type NodeInfo, type Version } from "./host-text";
import { known, Unreadable } from "./unreadable";
import type { XlInfo } from "./xen";

/** What each capture of one host said; undefined for one that is not there. */
export interface Readings {
  readonly capabilities?: Capabilities;
  readonly domainCapabilities: readonly DomainCapabilities[];
  readonly nodeInfo?: NodeInfo;
  readonly version?: Version;
  readonly nodeDevices?: readonly NodeDevice[];
  readonly networks?: readonly HostNetwork[];
  readonly pools?: readonly HostPool[];
  readonly interfaces?: readonly HostInterface[];
  readonly addresses?: readonly HostInterface[];
  readonly routes?: readonly string[];
  readonly xlInfo?: XlInfo;
  readonly dom0?: Pick<XenHostFacts, "dom0MemoryMiB" | "dom0Vcpus">;
  readonly cpuInfo?: "vmx" | "svm" | "none";
  /** virt-host-validate's verdict. */
  readonly hardwareVirtualization?: boolean;
  readonly kernelRelease?: string;
}

/**
 * One host's facts out of its captures. Where several tell the same, the one closest to the hypervisor wins.
 *
 * @throws Unreadable when the captures are of different hypervisors.
 */
export function combine(source: string, readings: Readings): HostFactsData {
  const { capabilities, nodeInfo, version, xlInfo } = readings;
  const hypervisor = hypervisorOf(readings);
  const totalMemoryMiB = xlInfo?.xen.totalMemoryMiB;
  return known({
    source,
    hypervisor,
    ...capabilities,
    // libvirt's own name first: the kernel's differs on some machines.
    arch: capabilities?.arch ?? nodeInfo?.arch ?? xlInfo?.arch,
    kernelRelease: readings.kernelRelease ?? xlInfo?.kernelRelease,
    libvirtVersion: version?.libvirtVersion,
    // libvirt leaves out the third number of Xen's version.
    hypervisorVersion: xlInfo?.xen.version ?? version?.hypervisorVersion,
    cpu: cpuOf(readings, hypervisor),
    memoryKiB: totalMemoryMiB === undefined ? nodeInfo?.memoryKiB : totalMemoryMiB * 1024,
    domainCapabilities: distinct(readings.domainCapabilities),
    nodeDevices: readings.nodeDevices,
    networks: readings.networks,
    pools: readings.pools,
    interfaces: interfacesOf(readings),
    routes: readings.routes,
    xen: xlInfo && { ...xlInfo.xen, ...readings.dom0 },
  });
}

type Hypervisor = NonNullable<HostFactsData["hypervisor"]>;

function hypervisorOf({ capabilities, version, xlInfo, dom0 }: Readings): Hypervisor | undefined {
  const witnesses = new Map<string, Hypervisor | undefined>([
    ["capabilities.xml", capabilities && hypervisorOfGuests(capabilities.guests)],
    ["version.txt", version?.hypervisor],
    ["xl-info.txt", xlInfo && "xen"],
    ["xl-list.txt", dom0 && "xen"],
  ]);
  const [first, ...others] = [...witnesses].filter(([, hypervisor]) => hypervisor !== undefined);
  const other = others.find(([, hypervisor]) => hypervisor !== first?.[1]);
  if (first && other) {
    throw new Unreadable(`mixes captures: ${first[0]} is of ${first[1]}, ${other[0]} of ${other[1]}`);
  }
  return first?.[1];
}

function hypervisorOfGuests(guests: readonly GuestOffer[]): Hypervisor | undefined {
  const types = new Set(guests.flatMap((guest) => guest.domainTypes));
  if (types.has("xen")) return "xen";
  return types.has("qemu") || types.has("kvm") ? "qemu" : undefined;
}

function cpuOf(readings: Readings, hypervisor: Hypervisor | undefined): HostCpu | undefined {
  const cpu = readings.capabilities?.cpu;
  const threads = readings.xlInfo?.xen.threads ?? readings.nodeInfo?.threads ?? cpu?.ids?.length;
  const virtualizationFlag = hypervisor === "xen" ? undefined : extensionOf(readings, hypervisor);
  if (cpu === undefined && threads === undefined && virtualizationFlag === undefined) return undefined;
  return known({ features: [], ...cpu, threads, virtualizationFlag });
}

/** Absence needs positive evidence, and that the machine is no dom0: Xen hides the extension from it. */
function extensionOf(
  { capabilities, cpuInfo, hardwareVirtualization }: Readings,
  hypervisor: Hypervisor | undefined,
): HostCpu["virtualizationFlag"] {
  const cpu = capabilities?.cpu;
  const seen = extensionIn(cpu?.features) ?? (cpuInfo === "none" ? undefined : cpuInfo);
  if (seen !== undefined) return seen;
  if (hardwareVirtualization === true) return cpu?.vendor === undefined ? undefined : EXTENSIONS[cpu.vendor];
  const absent = hardwareVirtualization === false || cpuInfo === "none";
  return absent && hypervisor === "qemu" ? "none" : undefined;
}

const EXTENSIONS: Readonly<Record<string, "vmx" | "svm" | undefined>> = {
  Intel: "vmx",
  AMD: "svm",
  Hygon: "svm",
};

/** The default capture repeats one of the others. */
function distinct(all: readonly DomainCapabilities[]): readonly DomainCapabilities[] | undefined {
  const byKey = new Map<string, DomainCapabilities>();
  for (const one of all) {
    const key = JSON.stringify([one.virtType, one.arch, one.machine, one.emulator]);
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return byKey.size > 0 ? [...byKey.values()] : undefined;
}

/** libvirt's list knows what is active, the kernel's what has which address. */
function interfacesOf({ interfaces, addresses }: Readings): readonly HostInterface[] | undefined {
  const byName = new Map(interfaces?.map((one) => [one.name, one]));
  for (const one of addresses ?? []) byName.set(one.name, { ...byName.get(one.name), ...one });
  return interfaces || addresses ? [...byName.values()] : undefined;
}
