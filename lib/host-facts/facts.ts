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
  readonly cpu?: HostCpu;
  /** The machine's usable memory in KiB. On Xen that is all of it, dom0's share included. */
  readonly memoryKiB?: number;
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
  readonly interfaces?: readonly HostInterface[];
  /** CIDRs the host already routes, without the default route. */
  readonly routes?: readonly string[];
  /** What only Xen's own tool stack tells. Present on Xen hosts alone. */
  readonly xen?: XenFacts;
}

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
  readonly id: number;
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
  readonly arch: string;
  /** 32 or 64. */
  readonly wordSize?: number;
  readonly emulator?: string;
  readonly loader?: string;
  /** `kvm`, `qemu`, `xen` ... */
  readonly domainTypes: readonly string[];
  readonly machines: readonly MachineOffer[];
  /** Features libvirt lists for this kind of guest: `acpi`, `apic`, `pae`, `hap` ... */
  readonly features?: Readonly<Record<string, GuestFeature>>;
}

export interface GuestFeature {
  readonly default?: "on" | "off";
  /** Whether a domain may change the default. */
  readonly toggle?: boolean;
}

export interface MachineOffer {
  readonly name: string;
  /** The versioned machine this name stands for: `pc-q35-7.2` for `q35`. */
  readonly canonical?: string;
  readonly maxCpus?: number;
  /** The hypervisor will drop this machine in a later version. */
  readonly deprecated?: boolean;
  /** Set when the machine is listed for one domain type alone. */
  readonly domainType?: string;
}

/** What one combination of domain type, architecture and machine offers: one `virsh domcapabilities`. */
export interface DomainCapabilities {
  readonly virtType: string;
  readonly arch: string;
  readonly machine?: string;
  readonly emulator?: string;
  readonly maxVcpus?: number;
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
  readonly memoryBacking?: Offer;
}

export interface HostModel {
  readonly model?: string;
  readonly vendor?: string;
  readonly features: readonly { readonly name: string; readonly policy: string }[];
}

export interface CpuModelOffer {
  readonly name: string;
  /** Absent when libvirt does not know. */
  readonly usable?: boolean;
  readonly vendor?: string;
  readonly deprecated?: boolean;
  readonly canonical?: string;
  /** Features the host lacks for it; newer libvirt names them. */
  readonly blockers?: readonly string[];
}

/** A device or feature of the domain capabilities: whether it is there, and the values its settings take. */
export interface Offer {
  readonly supported: boolean;
  /** Allowed values by libvirt's enum name: `bus`, `type`, `modelType`, `backendModel`, `sectype` ... */
  readonly enums: Readonly<Record<string, readonly string[]>>;
}

export type NodeDeviceKind = "pci" | "usb" | "net" | "block" | "scsi" | "scsi_host" | "mdev" | "drm" | "ccw";

export interface NodeDevice {
  /** libvirt's name: `pci_0000_00_1f_3`. */
  readonly name: string;
  readonly parent?: string;
  readonly kind?: NodeDeviceKind;
  /** `0000:00:1f.3`, lower case. */
  readonly pciAddress?: string;
  /** A bridge or port, which cannot be passed through. */
  readonly pciBridge?: boolean;
  readonly iommuGroup?: number;
  readonly driver?: string;
  /** `0x8086`. */
  readonly vendorId?: string;
  readonly productId?: string;
  /** Address of the SR-IOV physical function this virtual function belongs to. */
  readonly physicalFunction?: string;
  /** Addresses of the SR-IOV virtual functions of this device. */
  readonly virtualFunctions?: readonly string[];
  readonly usbAddress?: { readonly bus: number; readonly device: number };
}

export interface HostNetwork {
  readonly name: string;
  readonly active: boolean;
  readonly autostart?: boolean;
  readonly bridge?: string;
  /** The host's own addresses on it with their prefix: `192.168.122.1/24`. */
  readonly cidrs?: readonly string[];
}

export interface HostPool {
  readonly name: string;
  readonly active: boolean;
  readonly autostart?: boolean;
  readonly path?: string;
}

export interface HostInterface {
  readonly name: string;
  readonly active?: boolean;
  /** Lower case. */
  readonly mac?: string;
  /** Addresses with their prefix: `192.0.2.10/24`. */
  readonly cidrs?: readonly string[];
}

export interface XenFacts {
  readonly version?: string;
  /** Words of `xen_caps`: `xen-3.0-x86_64`, `hvm-3.0-x86_64` ... */
  readonly capabilities: readonly string[];
  /** Words of `virt_caps`: `pv`, `hvm`, `hap`, `hvm_directio` ... */
  readonly virtCaps: readonly string[];
  /** The whole machine. */
  readonly totalMemoryMiB?: number;
  readonly freeMemoryMiB?: number;
  /** Physical CPUs as Xen counts them. */
  readonly threads?: number;
  readonly scheduler?: string;
  readonly commandLine?: string;
  /** dom0's current memory; without `xl list`, what the command line's `dom0_mem=` gives it. */
  readonly dom0MemoryMiB?: number;
  readonly dom0Vcpus?: number;
}
