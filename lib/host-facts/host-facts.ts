import type { DomainCapabilities, HostFactsData, HostNetwork, MachineOffer, NodeDevice } from "./facts";

/**
 * What one host offers, as it said itself, and the questions rules ask about it.
 *
 * Every question answers `undefined` when the facts do not tell. Nothing here talks to a host.
 */
export class HostFacts {
  /**
   * Reads a folder of captured command outputs. A relative path is resolved against the working directory.
   *
   * At least one of these files must be there; each adds what it knows, other files are ignored. Capture with
   * `LC_ALL=C`, as translated tables are refused.
   *
   * | File | Command |
   * |---|---|
   * | `capabilities.xml` | `virsh capabilities` (the main one) |
   * | `domcaps-*.xml` | `virsh domcapabilities [--virttype TYPE] [--machine MACHINE]` |
   * | `nodeinfo.txt` | `virsh nodeinfo` |
   * | `version.txt` | `virsh version --daemon` |
   * | `nodedev-tree.txt` | `virsh nodedev-list --tree` |
   * | `nodedev-*.xml` | `virsh nodedev-dumpxml DEVICE`, one device a file |
   * | `net-list.txt`, `net-*.xml` | `virsh net-list --all`, `virsh net-dumpxml NETWORK` |
   * | `pool-list.txt`, `pool-*.xml` | `virsh pool-list --all`, `virsh pool-dumpxml POOL` |
   * | `iface-list.txt` | `virsh iface-list --all` |
   * | `ip-addr.json`, `ip-route.json` | `ip -j addr`, `ip -j route` |
   * | `xl-info.txt`, `xl-list.txt` | `xl info`, `xl list` |
   * | `cpuinfo.txt` | `cat /proc/cpuinfo` |
   * | `virt-host-validate.txt` | `virt-host-validate` |
   * | `uname.txt` | `uname -r` |
   *
   * @throws HostFactsError when the folder or a file in it cannot be read or is not what its name says.
   */
  static fromDirectory(path: string): HostFacts {
    const { readDirectory } = require("./directory") as typeof import("./directory");
    return new HostFacts(readDirectory(path));
  }

  /**
   * Reads one JSON file, as {@link HostFacts.toJSON} writes it. Its `source` becomes the path given here.
   *
   * @throws HostFactsError when it cannot be read, is no JSON, or has another shape.
   */
  static fromFile(path: string): HostFacts {
    const { readJsonFile } = require("./json-file") as typeof import("./json-file");
    return new HostFacts(readJsonFile(path));
  }

  /**
   * Takes facts from a value, for instance one embedded in a program.
   *
   * @param source the name messages use; default: the value's own `source`.
   * @throws HostFactsError when the value has another shape.
   */
  static fromJson(data: unknown, source?: string): HostFacts {
    const { parseFacts } = require("./json-file") as typeof import("./json-file");
    return new HostFacts(parseFacts(data, source));
  }

  /** The facts as plain data. */
  readonly data: HostFactsData;
  private readonly answers = new Map<string, unknown>();

  private constructor(data: HostFactsData) {
    this.data = data;
  }

  /** A thousand guests ask one host the same. */
  private once<T>(question: string, answer: () => T): T {
    if (!this.answers.has(question)) this.answers.set(question, answer());
    return this.answers.get(question) as T;
  }

  toJSON(): HostFactsData {
    return this.data;
  }

  /** Captures that would tell more about this host, by their file names; empty when nothing is missing. */
  get missing(): readonly string[] {
    const { data } = this;
    const absent: [string, unknown][] = [
      ["capabilities.xml", data.guests],
      ["domcaps-default.xml", data.domainCapabilities],
      ["nodeinfo.txt", data.memoryKiB],
      ["version.txt", data.libvirtVersion],
      ["nodedev-tree.txt", data.nodeDevices],
      ["net-list.txt", data.networks],
      ["pool-list.txt", data.pools],
      ["iface-list.txt", data.interfaces],
      ["ip-route.json", data.routes],
    ];
    if (data.hypervisor === "xen") {
      absent.push(["xl-info.txt", data.xen?.totalMemoryMiB], ["xl-list.txt", data.xen?.dom0MemoryMiB]);
    }
    return absent.filter(([, fact]) => fact === undefined).map(([file]) => file);
  }

  /** Whether the host runs guests of this OS type, architecture and domain type: `("hvm", "x86_64", "kvm")`. */
  offersDomainType(osType: string, arch: string, virtType: string): boolean | undefined {
    // libvirt writes a paravirtualized Xen guest as "linux" and lists it as "xen".
    const wanted = osType === "linux" && virtType === "xen" ? "xen" : osType;
    return this.data.guests?.some(
      (guest) => guest.osType === wanted && guest.arch === arch && guest.domainTypes.includes(virtType),
    );
  }

  /**
   * Whether the hypervisor can use the CPU's virtualization extension: KVM guests, or Xen HVM and PVH guests.
   * This is what the hypervisor itself found, so it holds where a CPU flag misleads.
   */
  get hardwareVirtualization(): boolean | undefined {
    const { guests, xen, hypervisor } = this.data;
    if (hypervisor === "xen") {
      if (guests !== undefined) return guests.some((guest) => guest.osType !== "xen");
      return xen?.capabilities.some((word) => word.startsWith("hvm-"));
    }
    return guests?.some((guest) => guest.domainTypes.includes("kvm"));
  }

  /** The machines of an architecture and domain type, aliases included; empty when the host offers none. */
  machinesOf(arch: string, virtType: string, osType?: string): readonly MachineOffer[] | undefined {
    return this.once(`machines ${arch} ${virtType} ${osType}`, () =>
      this.findMachines(arch, virtType, osType),
    );
  }

  private findMachines(arch: string, virtType: string, osType?: string): readonly MachineOffer[] | undefined {
    return this.data.guests
      ?.filter(
        (guest) =>
          guest.arch === arch &&
          guest.domainTypes.includes(virtType) &&
          (osType === undefined || guest.osType === osType),
      )
      .flatMap(({ machines }) => {
        // A list of a domain type's own replaces the architecture's.
        const own = machines.filter((machine) => machine.domainType === virtType);
        return own.length > 0 ? own : machines.filter((machine) => machine.domainType === undefined);
      });
  }

  /**
   * One machine by its name or alias (`q35` gives `pc-q35-7.2`).
   *
   * `undefined` when the host does not list it or the facts do not tell: {@link machinesOf} tells these apart.
   */
  machine(arch: string, virtType: string, machineOrAlias: string): MachineOffer | undefined {
    return this.once(`machine ${arch} ${virtType} ${machineOrAlias}`, () =>
      this.findMachine(arch, virtType, machineOrAlias),
    );
  }

  private findMachine(arch: string, virtType: string, machineOrAlias: string): MachineOffer | undefined {
    const machines = this.machinesOf(arch, virtType);
    const named = machines?.find((machine) => machine.name === machineOrAlias);
    if (named?.canonical === undefined) return named;
    const { canonical, ...alias } = named;
    return machines?.find((machine) => machine.name === canonical) ?? { ...alias, name: canonical };
  }

  /**
   * The domain capabilities captured for a machine (name or alias), or without one those of the first capture.
   *
   * They describe what a device may look like. On Xen they are printed even for machines the host cannot run:
   * ask {@link offersDomainType} for that.
   */
  domainCapabilitiesFor(virtType: string, arch: string, machine?: string): DomainCapabilities | undefined {
    const canonical = machine && (this.machine(arch, virtType, machine)?.name ?? machine);
    return this.data.domainCapabilities?.find(
      (capabilities) =>
        capabilities.virtType === virtType &&
        capabilities.arch === arch &&
        (machine === undefined || capabilities.machine === machine || capabilities.machine === canonical),
    );
  }

  /** Whether the CPU offers pages of this size. */
  offersPageSize(sizeKiB: number): boolean | undefined {
    return this.data.pageSizesKiB?.includes(sizeKiB);
  }

  /** A PCI device by its address (`0000:00:1f.3`, any case). See {@link hasPciDevice} for "is it there". */
  pciDevice(address: string): NodeDevice | undefined {
    const wanted = address.toLowerCase();
    return this.data.nodeDevices?.find((device) => device.pciAddress === wanted);
  }

  /** Whether there is a PCI device at this address. */
  hasPciDevice(address: string): boolean | undefined {
    return this.data.nodeDevices && this.pciDevice(address) !== undefined;
  }

  /** The devices that share an IOMMU group and can only be passed through together. */
  iommuGroup(group: number): readonly NodeDevice[] | undefined {
    const members = this.data.nodeDevices?.filter((device) => device.iommuGroup === group);
    return members?.length ? members : undefined;
  }

  /** The libvirt network of this name, running or not. */
  network(name: string): HostNetwork | undefined {
    return this.data.networks?.find((network) => network.name === name);
  }

  /** Whether a network of this name runs; `false` also when there is none. */
  hasActiveNetwork(name: string): boolean | undefined {
    return this.data.networks && this.network(name)?.active === true;
  }
}
