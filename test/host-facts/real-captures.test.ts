import { HostFacts } from "../../lib/host-facts";
import { captureOf, type HOSTS } from "./folder";

const read = (host: (typeof HOSTS)[number]) => HostFacts.fromDirectory(captureOf(host));

describe("a KVM host", () => {
  const facts = read("kvm-debian12");

  test("says what it is", () => {
    expect(facts.data).toMatchObject({
      source: captureOf("kvm-debian12"),
      hypervisor: "qemu",
      arch: "x86_64",
      libvirtVersion: "9.0.0",
      hypervisorVersion: "7.2.22",
      memoryKiB: 9922776,
      iommu: false,
      powerManagement: [],
      securityModels: ["none", "dac"],
      pageSizesKiB: [4, 2048, 1048576],
      networks: [{ name: "default", active: false, autostart: false }],
      pools: [],
    });
    expect(facts.data.xen).toBeUndefined();
    expect(facts.data.kernelRelease).toBeUndefined();
    expect(facts.missing).toEqual(["iface-list.txt", "ip-route.json"]);
  });

  test("has no virtualization flag and offers KVM nevertheless", () => {
    expect(facts.data.cpu).toMatchObject({
      model: "kvm64",
      vendor: "AMD",
      threads: 2,
      ids: [0, 1],
      virtualizationFlag: "none",
    });
    expect(facts.data.cpu?.features).toHaveLength(72);
    expect(facts.offersDomainType("hvm", "x86_64", "kvm")).toBe(true);
    expect(facts.hardwareVirtualization).toBe(true);
  });

  test("has one NUMA cell without huge pages in its pools", () => {
    expect(facts.data.numaCells).toEqual([
      {
        id: 0,
        memoryKiB: 9922776,
        cpus: [0, 1],
        pages: [
          { sizeKiB: 4, count: 2480694 },
          { sizeKiB: 2048, count: 0 },
          { sizeKiB: 1048576, count: 0 },
        ],
      },
    ]);
  });

  test("resolves machine aliases and knows each machine's vCPU limit", () => {
    expect(facts.machine("x86_64", "kvm", "pc")).toEqual({ name: "pc-i440fx-7.2", maxCpus: 255 });
    expect(facts.machine("x86_64", "kvm", "q35")).toEqual({ name: "pc-q35-7.2", maxCpus: 288 });
    expect(facts.machine("x86_64", "kvm", "pc-i440fx-1.4")).toMatchObject({ deprecated: true });
    expect(facts.machine("x86_64", "kvm", "pc-q35-9.9")).toBeUndefined();
    expect(facts.machinesOf("x86_64", "kvm")).toHaveLength(60);
    expect(facts.machinesOf("aarch64", "kvm")).toEqual([]);
  });

  test("answers domain capabilities by machine or alias, the default first", () => {
    expect(facts.data.domainCapabilities).toHaveLength(4);
    expect(facts.domainCapabilitiesFor("kvm", "x86_64")?.machine).toBe("pc-i440fx-7.2");
    const q35 = facts.domainCapabilitiesFor("kvm", "x86_64", "q35");
    expect(q35).toMatchObject({
      machine: "pc-q35-7.2",
      maxVcpus: 288,
      iothreads: true,
      firmware: ["efi"],
      secureLoader: true,
      cpuModes: { "host-passthrough": true, maximum: true, "host-model": true, custom: true },
      hostModel: { model: "kvm64", vendor: "AMD" },
      memoryBacking: { supported: true, enums: { sourceType: ["file", "anonymous", "memfd"] } },
      devices: {
        disk: { enums: { bus: ["fdc", "scsi", "virtio", "usb", "sata"] } },
        tpm: { enums: { model: ["tpm-tis", "tpm-crb"], backendModel: ["passthrough"] } },
      },
      features: { sev: { supported: false }, hyperv: { supported: true } },
    });
    expect(q35?.loaders).toContain("/usr/share/OVMF/OVMF_CODE_4M.secboot.fd");
    expect(facts.domainCapabilitiesFor("kvm", "x86_64", "pc")).toMatchObject({
      maxVcpus: 255,
      secureLoader: false,
    });
    expect(facts.domainCapabilitiesFor("kvm", "x86_64", "pc-q35-5.2")).toBeUndefined();
  });

  test("can run four CPU models under KVM and many more under emulation", () => {
    const usable = (virtType: string) =>
      facts
        .domainCapabilitiesFor(virtType, "x86_64", "q35")
        ?.cpuModels.filter((model) => model.usable)
        .map((model) => model.name);
    expect(usable("kvm")).toEqual(["pentium3", "pentium2", "pentium", "486"]);
    expect(usable("qemu")).toHaveLength(18);
    expect(usable("qemu")).toContain("Nehalem");
  });

  test("knows its devices by the names of libvirt", () => {
    expect(facts.data.nodeDevices).toHaveLength(12);
    expect(facts.pciDevice("0000:00:02.0")).toEqual({
      name: "pci_0000_00_02_0",
      parent: "computer",
      kind: "pci",
      pciAddress: "0000:00:02.0",
    });
    expect(facts.data.nodeDevices).toContainEqual({
      name: "block_vda",
      parent: "pci_0000_00_02_0",
      kind: "block",
    });
    expect(facts.hasPciDevice("0000:7F:00.0")).toBe(false);
    expect(facts.iommuGroup(1)).toBeUndefined();
  });
});

describe("a host with emulation alone", () => {
  const facts = read("qemu-only-debian12");

  test("offers the domain type qemu and no kvm", () => {
    expect(facts.offersDomainType("hvm", "x86_64", "qemu")).toBe(true);
    expect(facts.offersDomainType("hvm", "x86_64", "kvm")).toBe(false);
    expect(facts.hardwareVirtualization).toBe(false);
    expect(facts.data.cpu?.virtualizationFlag).toBe("none");
    expect(facts.machinesOf("x86_64", "kvm")).toEqual([]);
    expect(facts.domainCapabilitiesFor("qemu", "x86_64", "q35")?.cpuModes["host-passthrough"]).toBe(false);
  });

  test("does not know what was not captured", () => {
    expect(facts.hasPciDevice("0000:00:02.0")).toBeUndefined();
    expect(facts.hasActiveNetwork("default")).toBeUndefined();
    expect(facts.missing).toEqual([
      "nodedev-tree.txt",
      "net-list.txt",
      "pool-list.txt",
      "iface-list.txt",
      "ip-route.json",
    ]);
  });
});

describe("xen-arm64", () => {
  const facts = read("xen-arm64");

  test("offers one kind of guest, whatever xl calls the CPU's virtualization", () => {
    expect(facts.data).toMatchObject({ hypervisor: "xen", arch: "aarch64", iommu: false });
    expect(facts.data.guests?.map(({ osType, arch }) => `${osType} ${arch}`)).toEqual([
      "xen aarch64",
      "xen armv7l",
    ]);
    expect(facts.data.xen).toMatchObject({ virtCaps: ["hvm", "hap", "vpmu", "gnttab-v1"], dom0Vcpus: 1 });
    expect(facts.offersDomainType("linux", "aarch64", "xen")).toBe(true);
    expect(facts.offersDomainType("hvm", "aarch64", "xen")).toBe(false);
    expect(facts.hardwareVirtualization).toBe(false);
  });
});

describe.each([
  {
    host: "xen-hvm",
    osTypes: ["xen", "hvm", "xenpvh", "hvm", "xenpvh"],
    totalMemoryMiB: 6143,
    cells: 8388608,
  },
  { host: "xen-pv-only", osTypes: ["xen"], totalMemoryMiB: 4095, cells: 6291456 },
] as const)("$host", ({ host, osTypes, totalMemoryMiB, cells }) => {
  const facts = read(host);
  const isHvm = host === "xen-hvm";

  test("offers the guests its CPU can run", () => {
    expect(facts.data.hypervisor).toBe("xen");
    expect(facts.data.guests?.map((guest) => guest.osType)).toEqual(osTypes);
    expect(facts.offersDomainType("xen", "x86_64", "xen")).toBe(true);
    expect(facts.offersDomainType("linux", "x86_64", "xen")).toBe(true);
    expect(facts.offersDomainType("hvm", "x86_64", "xen")).toBe(isHvm);
    expect(facts.offersDomainType("xenpvh", "x86_64", "xen")).toBe(isHvm);
    expect(facts.hardwareVirtualization).toBe(isHvm);
  });

  test("tells what xl knows", () => {
    expect(facts.data).toMatchObject({
      kernelRelease: "6.1.0-56-amd64",
      hypervisorVersion: "4.17.7",
      memoryKiB: totalMemoryMiB * 1024,
      cpu: { threads: 2, ids: [0, 1] },
      xen: {
        version: "4.17.7",
        totalMemoryMiB,
        threads: 2,
        scheduler: "credit2",
        dom0MemoryMiB: 1536,
        dom0Vcpus: 2,
      },
      interfaces: [
        { name: "eth0", active: true, mac: "52:54:00:12:34:56" },
        { name: "lo", active: false, mac: "00:00:00:00:00:00" },
      ],
    });
    expect(facts.data.xen?.virtCaps.includes("hvm")).toBe(isHvm);
    expect(facts.data.xen?.capabilities.some((word) => word.startsWith("hvm-"))).toBe(isHvm);
  });

  test("does not conclude from what dom0 sees", () => {
    expect(facts.data.cpu?.virtualizationFlag).toBeUndefined();
    expect(facts.data.pageSizesKiB).toBeUndefined();
    expect(facts.offersPageSize(2048)).toBeUndefined();
    // The cell spans address space, holes included: more than the machine has.
    expect(facts.data.numaCells?.[0]?.memoryKiB).toBe(cells);
  });

  test("prints domain capabilities for every machine, whether it can run it or not", () => {
    const pvh = facts.domainCapabilitiesFor("xen", "x86_64", "xenpvh");
    expect(pvh).toMatchObject({ maxVcpus: 512, loaders: [], cpuModels: [] });
    expect(pvh?.firmware).toBeUndefined();
    expect(pvh?.secureLoader).toBeUndefined();
    expect(facts.domainCapabilitiesFor("xen", "x86_64", "xenfv")).toMatchObject({
      maxVcpus: 128,
      loaders: ["/usr/lib/xen/boot/ovmf.bin", "/usr/lib/xen/boot/hvmloader"],
      devices: { disk: { enums: { bus: ["ide", "scsi", "xen"] } } },
    });
  });
});
