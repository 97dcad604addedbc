/**
 * What a host can do, as plain JSON.
 *
 * Every optional field that is absent is **not known**; it never means "no". An empty list is an answer: the
 * host was asked and named nothing. Names (architectures, OS types, machine types, CPU models) are libvirt's own.
 */
export interface HostFactsData {
  /** The folder or file the facts come from, as the user wrote it: for messages. */
  readonly source: string;
  /** The hypervisor that answered. */
  readonly hypervisor?: "qemu" | "xen";
  /** The host's architecture: `x86_64`, `aarch64`, `s390x`, `ppc64le`, `ia64` ... */
  readonly arch?: string;
  /** The running kernel's release (dom0's on Xen): `6.1.0-56-amd64`. */
  readonly kernelRelease?: string;
  /** libvirt's version: the daemon's where it was captured, otherwise that of the `virsh` which asked. */
  readonly libvirtVersion?: string;
  /** The version of QEMU or Xen: `7.2.22`, `4.17.7`. */
  readonly hypervisorVersion?: string;
  /** The processors. */
  readonly cpu?: HostCpu;
  /** The machine's usable memory in KiB. On Xen that is all of it, dom0's share included. */
  readonly memoryKiB?: number;
  /** NUMA nodes. */
  readonly numaCells?: readonly NumaCell[];
  /** Page sizes the CPU offers, in KiB, ascending: `[4, 2048, 1048576]`. */
  readonly pageSizesKiB?: readonly number[];
  /** Whether the host has an active IOMMU, without which no device can be passed through safely. */
  readonly iommu?: boolean;
  /** Sleep states the host offers: `suspend_mem`, `suspend_disk`, `suspend_hybrid`. */
  readonly powerManagement?: readonly string[];
  /** Security models of the hypervisor driver: `apparmor`, `selinux`, `dac`, `none`. */
  readonly securityModels?: readonly string[];
  /** What kinds of guest the hypervisor runs. This list is libvirt's own probe and wins over every other hint. */
  readonly guests?: readonly GuestOffer[];
  /** Answers of `virsh domcapabilities`, the default one first. On Xen they can name machines the host cannot run. */
  readonly domainCapabilities?: readonly DomainCapabilities[];
  /** Every device of the host that libvirt knows. */
  readonly nodeDevices?: readonly NodeDevice[];
  /** Every libvirt network, inactive ones included. */
  readonly networks?: readonly HostNetwork[];
  /** Every storage pool, inactive ones included. */
  readonly pools?: readonly HostPool[];
  /** Every network interface. */
  readonly interfaces?: readonly HostInterface[];
  /** CIDRs the host already routes, without the default route. */
  readonly routes?: readonly string[];
  /** What only Xen's own tool stack tells. Present on Xen hosts alone. */
  readonly xen?: XenHostFacts;
}

/** The processors of a host. */
export interface HostCpu {
  /** The CPU model libvirt chose as the nearest: `Westmere`, `kvm64`. */
  readonly model?: string;
  /** `Intel`, `AMD`, `Hygon` ... */
  readonly vendor?: string;
  /** Features beyond those the model already implies; a feature that is not listed may still be there. */
  readonly features: readonly string[];
  /** Logical CPUs. */
  readonly threads?: number;
  /** Ids of the logical CPUs, as pinning names them. */
  readonly ids?: readonly number[];
  /**
   * The virtualization extension the CPU shows: Intel's `vmx` or AMD's `svm`; `none` only with evidence of its
   * absence. Never stated for Xen, where dom0 sees what Xen lets it see: ask `xen.virtCaps` there.
   */
  readonly virtualizationFlag?: "vmx" | "svm" | "none";
}

/** One NUMA node. Xen reports address space with its holes, so `memoryKiB` can exceed the machine's memory there. */
export interface NumaCell {
  /** Number of the node, as numatune names it. */
  readonly id: number;
  /** Its memory. */
  readonly memoryKiB?: number;
  /** Ids of its logical CPUs. */
  readonly cpus: readonly number[];
  /** Its page pools; `count` is the size of the pool in pages, free or not. */
  readonly pages: readonly { readonly sizeKiB: number; readonly count?: number }[];
}

/** One kind of guest: an operating-system type on an architecture. */
export interface GuestOffer {
  /** `hvm`, `xen` (paravirtualized), `xenpvh`, `exe`. */
  readonly osType: string;
  /** In libvirt's spelling: `x86_64`. */
  readonly arch: string;
  /** 32 or 64. */
  readonly wordSize?: number;
  /** Path of the device model that libvirt starts. */
  readonly emulator?: string;
  /** Path of the firmware that libvirt would use. */
  readonly loader?: string;
  /** `kvm`, `qemu`, `xen` ... */
  readonly domainTypes: readonly string[];
  /** Machine types. */
  readonly machines: readonly MachineOffer[];
  /** Features libvirt lists for this kind of guest: `acpi`, `apic`, `pae`, `hap` ... */
  readonly features?: Readonly<Record<string, GuestFeature>>;
}

/** A feature of a kind of guest. */
export interface GuestFeature {
  /** Whether a domain that says nothing has it. */
  readonly default?: "on" | "off";
  /** Whether a domain may change the default. */
  readonly toggle?: boolean;
}

/** A machine type of an emulator. */
export interface MachineOffer {
  /** As a domain names it: `q35`. */
  readonly name: string;
  /** The versioned machine this name stands for: `pc-q35-7.2` for `q35`. */
  readonly canonical?: string;
  /** Most vCPUs that a guest of this machine can have. */
  readonly maxCpus?: number;
  /** The hypervisor will drop this machine in a later version. */
  readonly deprecated?: boolean;
  /** Set when the machine is listed for one domain type alone. */
  readonly domainType?: string;
}

/** What one combination of domain type, architecture and machine offers: one `virsh domcapabilities`. */
export interface DomainCapabilities {
  /** Domain type: `kvm`, `qemu` or `xen`. */
  readonly virtType: string;
  /** In libvirt's spelling: `x86_64`. */
  readonly arch: string;
  /** Machine type that was asked for. */
  readonly machine?: string;
  /** Path of the emulator that was asked. */
  readonly emulator?: string;
  /** Most vCPUs of a guest. */
  readonly maxVcpus?: number;
  /** Whether disks can have threads of their own. */
  readonly iothreads?: boolean;
  /** Firmware that libvirt can choose by itself: `efi`, `bios`. Xen's driver does not list it. */
  readonly firmware?: readonly string[];
  /** Loader images; empty when a loader cannot be given at all. */
  readonly loaders?: readonly string[];
  /** Whether a loader with Secure Boot can be asked for. */
  readonly secureLoader?: boolean;
  /** `host-passthrough`, `maximum`, `host-model`, `custom`: whether each can be used. */
  readonly cpuModes: Readonly<Record<string, boolean>>;
  /** What `host-model` expands to. */
  readonly hostModel?: HostModel;
  /** Models for CPU mode `custom`. */
  readonly cpuModels: readonly CpuModelOffer[];
  /** Devices by libvirt's element name: `disk`, `graphics`, `video`, `hostdev`, `rng`, `tpm` ... */
  readonly devices: Readonly<Record<string, Offer>>;
  /** Features by libvirt's element name: `sev`, `launchSecurity`, `hyperv`, `genid` ... */
  readonly features: Readonly<Record<string, Offer>>;
  /** Where guest memory can come from. */
  readonly memoryBacking?: Offer;
}

/** The CPU of a guest whose CPU mode is `host-model`. */
export interface HostModel {
  /** Name of the CPU model. */
  readonly model?: string;
  /** `Intel`, `AMD` ... */
  readonly vendor?: string;
  /** What is added to the model or taken from it. */
  readonly features: readonly { readonly name: string; readonly policy: string }[];
}

/** A CPU model that libvirt knows. */
export interface CpuModelOffer {
  /** As a domain names it: `Skylake-Server`. */
  readonly name: string;
  /** Absent when libvirt does not know. */
  readonly usable?: boolean;
  /** Whose CPUs it describes. */
  readonly vendor?: string;
  /** QEMU will drop it in a later version. */
  readonly deprecated?: boolean;
  /** The versioned model this name stands for. */
  readonly canonical?: string;
  /** Features the host lacks for it; newer libvirt names them. */
  readonly blockers?: readonly string[];
}

/** A device or feature of the domain capabilities: whether it is there, and the values its settings take. */
export interface Offer {
  /** Whether there is such a device or feature at all. */
  readonly supported: boolean;
  /** Allowed values by libvirt's enum name: `bus`, `type`, `modelType`, `backendModel`, `sectype` ... */
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

/** What a device of the host is, by the capability that libvirt gives it. */
export type NodeDeviceKind = "pci" | "usb" | "net" | "block" | "scsi" | "scsi_host" | "mdev" | "drm" | "ccw";

/** A device of the host. */
export interface NodeDevice {
  /** libvirt's name: `pci_0000_00_1f_3`. */
  readonly name: string;
  /** Name of the device that it hangs on. */
  readonly parent?: string;
  /** What it is. */
  readonly kind?: NodeDeviceKind;
  /** `0000:00:1f.3`, lower case. */
  readonly pciAddress?: string;
  /** A bridge or port, which cannot be passed through. */
  readonly pciBridge?: boolean;
  /** Devices of one group can be given to one guest only. */
  readonly iommuGroup?: number;
  /** The kernel's driver that has it: `vfio-pci`. */
  readonly driver?: string;
  /** `0x8086`. */
  readonly vendorId?: string;
  /** `0x100e`. */
  readonly productId?: string;
  /** Address of the SR-IOV physical function this virtual function belongs to. */
  readonly physicalFunction?: string;
  /** Addresses of the SR-IOV virtual functions of this device. */
  readonly virtualFunctions?: readonly string[];
  /** Where it is plugged in. */
  readonly usbAddress?: { readonly bus: number; readonly device: number };
}

/** A libvirt network of the host. */
export interface HostNetwork {
  /** Its libvirt name. */
  readonly name: string;
  /** Whether it is running. */
  readonly active: boolean;
  /** Whether it starts with the host. */
  readonly autostart?: boolean;
  /** Its bridge on the host. */
  readonly bridge?: string;
  /** The host's own addresses on it with their prefix: `192.168.122.1/24`. */
  readonly cidrs?: readonly string[];
}

/** A storage pool of the host. */
export interface HostPool {
  /** Its libvirt name. */
  readonly name: string;
  /** Whether it is running. */
  readonly active: boolean;
  /** Whether it starts with the host. */
  readonly autostart?: boolean;
  /** Its folder. */
  readonly path?: string;
  /** Its whole size in KiB, free or not. */
  readonly capacityKiB?: number;
}

/** A network interface of the host. */
export interface HostInterface {
  /** As the kernel names it: `eth0`. */
  readonly name: string;
  /** Whether it is up. */
  readonly active?: boolean;
  /** Lower case. */
  readonly mac?: string;
  /** Addresses with their prefix: `192.0.2.10/24`. */
  readonly cidrs?: readonly string[];
}

/** What `xl info` and `xl list` say. */
export interface XenHostFacts {
  /** Xen's version: `4.17.7`. */
  readonly version?: string;
  /** Words of `xen_caps`: `xen-3.0-x86_64`, `hvm-3.0-x86_64` ... */
  readonly capabilities: readonly string[];
  /** Words of `virt_caps`: `pv`, `hvm`, `hap`, `hvm_directio` ... */
  readonly virtCaps: readonly string[];
  /** The whole machine. */
  readonly totalMemoryMiB?: number;
  /** What no guest has, dom0 included. */
  readonly freeMemoryMiB?: number;
  /** Physical CPUs as Xen counts them. */
  readonly threads?: number;
  /** `credit2`, `credit`, `rtds` ... */
  readonly scheduler?: string;
  /** What the boot loader gave Xen. */
  readonly commandLine?: string;
  /** dom0's current memory; without `xl list`, what the command line's `dom0_mem=` gives it. */
  readonly dom0MemoryMiB?: number;
  /** vCPUs of dom0. */
  readonly dom0Vcpus?: number;
}
