import { HostFacts, type HostFactsData } from "../host-facts";

const GIB = 2 ** 20;
const MACHINES = [
  { name: "q35", canonical: "pc-q35-7.2", maxCpus: 288 },
  { name: "pc-q35-7.2", maxCpus: 288 },
  { name: "pc", canonical: "pc-i440fx-7.2", maxCpus: 255 },
  { name: "pc-i440fx-7.2", maxCpus: 255 },
];

/** An ordinary KVM host of 64 GiB and 16 logical CPUs, for examples; it offers what rules ask about. */
export const KVM_EXAMPLE: HostFactsData = {
  source: "an example",
  hypervisor: "qemu",
  arch: "x86_64",
  libvirtVersion: "9.0.0",
  hypervisorVersion: "7.2.22",
  cpu: { model: "Skylake-Server", features: ["vmx"], threads: 16, virtualizationFlag: "vmx" },
  memoryKiB: 64 * GIB,
  pageSizesKiB: [4, 2048, 1048576],
  numaCells: [
    {
      id: 0,
      memoryKiB: 64 * GIB,
      cpus: [...Array(16).keys()],
      pages: [
        { sizeKiB: 4, count: 12 * 2 ** 20 },
        { sizeKiB: 2048, count: 8192 },
        { sizeKiB: 1048576, count: 0 },
      ],
    },
  ],
  iommu: true,
  guests: [{ osType: "hvm", arch: "x86_64", domainTypes: ["qemu", "kvm"], machines: MACHINES }],
  domainCapabilities: [
    {
      virtType: "kvm",
      arch: "x86_64",
      machine: "pc-q35-7.2",
      maxVcpus: 288,
      firmware: ["efi"],
      loaders: ["/usr/share/OVMF/OVMF_CODE_4M.ms.fd", "/usr/share/OVMF/OVMF_CODE_4M.fd"],
      secureLoader: true,
      cpuModes: { "host-passthrough": true, maximum: true, "host-model": true, custom: true },
      hostModel: { model: "Skylake-Server", features: [] },
      cpuModels: [
        { name: "Skylake-Server", usable: true },
        { name: "Icelake-Server", usable: false, blockers: ["avx512f"] },
      ],
      devices: {
        tpm: {
          supported: true,
          enums: {
            model: ["tpm-tis", "tpm-crb"],
            backendModel: ["passthrough", "emulator", "external"],
            backendVersion: ["1.2", "2.0"],
          },
        },
      },
      features: {},
    },
  ],
  networks: [{ name: "default", active: true, bridge: "virbr0", cidrs: ["192.168.122.1/24"] }],
  pools: [{ name: "default", active: true, path: "/var/lib/libvirt/images" }],
};

/** An ordinary Xen host of 64 GiB whose CPU has virtualization; dom0 takes 4 GiB. */
export const XEN_EXAMPLE: HostFactsData = {
  source: "an example",
  hypervisor: "xen",
  arch: "x86_64",
  libvirtVersion: "9.0.0",
  hypervisorVersion: "4.17.7",
  memoryKiB: 64 * GIB,
  iommu: true,
  guests: [
    { osType: "xen", arch: "x86_64", domainTypes: ["xen"], machines: [{ name: "xenpv" }] },
    { osType: "hvm", arch: "x86_64", domainTypes: ["xen"], machines: [{ name: "xenfv" }] },
    { osType: "xenpvh", arch: "x86_64", domainTypes: ["xen"], machines: [{ name: "xenpvh" }] },
  ],
  networks: [{ name: "default", active: true, bridge: "virbr0", cidrs: ["192.168.122.1/24"] }],
  pools: [{ name: "default", active: true, path: "/var/lib/libvirt/images" }],
  xen: {
    version: "4.17.7",
    capabilities: ["xen-3.0-x86_64", "hvm-3.0-x86_32", "hvm-3.0-x86_32p", "hvm-3.0-x86_64"],
    virtCaps: ["pv", "hvm", "hap", "hvm_directio"],
    totalMemoryMiB: 64 * 1024,
    commandLine: "dom0_mem=4096M,max:4096M",
    dom0MemoryMiB: 4 * 1024,
    dom0Vcpus: 2,
  },
};

/** Facts of an example host with some of them changed; a key set to undefined is taken away. */
export function exampleFacts(base: HostFactsData, changes: Partial<HostFactsData>): HostFacts {
  const merged: Record<string, unknown> = { ...base, ...changes };
  for (const key of Object.keys(merged)) if (merged[key] === undefined) delete merged[key];
  return HostFacts.fromJson(merged);
}
