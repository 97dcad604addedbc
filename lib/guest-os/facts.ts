/** A fact that may be unknown. `undefined` means undetermined: never read it as no. */
export type Ternary = boolean | undefined;

/** Systems that share a kernel, and so what they can run on. */
export type GuestOsFamily = "linux" | "windows" | "bsd" | "solaris" | "illumos" | "macos";

/** A calendar day. Where a vendor names only a month, its last day. */
export type IsoDate = `${number}-${number}-${number}`;

/** What an operating system needs or should have. A missing number is unknown. */
export interface Resources {
  /** Memory in MiB. */
  readonly memoryMiB?: number;
  /** Where the vendor asks for memory per processor. */
  readonly memoryPerVcpuMiB?: number;
  /** What the installer needs, where that is more than the installed system does. */
  readonly installMemoryMiB?: number;
  /** Size of the root disk. */
  readonly diskGiB?: number;
  /** Virtual processors. */
  readonly vcpus?: number;
}

/** Less than this and the vendor does not support it. */
export interface MinimumResources extends Resources {
  /** The installer refuses less, so less is an error and not a matter of taste. */
  readonly strict?: boolean;
}

/** More than this and the system leaves it unused, or its vendor does not support it. */
export interface MaximumResources {
  /** Memory in MiB. */
  readonly memoryMiB?: number;
  /** Virtual processors. */
  readonly vcpus?: number;
  /** Sockets, where the edition decides those of the largest one that is commonly licensed. */
  readonly sockets?: number;
}

/** What the firmware of a guest may be. Speaks of the x86-64 build where there is one. */
export interface FirmwareFacts {
  /** Boots with a BIOS. */
  readonly bios?: Ternary;
  /** Boots with UEFI. */
  readonly uefi?: Ternary;
  /** Boots with Secure Boot and the keys that every firmware carries: a shim or loader signed by Microsoft. */
  readonly secureBoot?: Ternary;
}

/**
 * What the stock x86-64 kernel can do on Xen. "No" means that it lacks the entry point, so that it cannot boot;
 * what the vendor supports is another question and stands in the note. ARM has one guest type, to which none of
 * this applies.
 */
export interface XenFacts<Pv extends Ternary = Ternary, Pvh extends Ternary = Ternary> {
  /** Boots as a paravirtualized guest. */
  readonly pv?: Pv;
  /** Has the entry point for Xen PVH (CONFIG_XEN_PVH; CONFIG_PVH alone serves QEMU only). */
  readonly pvh?: Pvh;
  /** Boots as a fully virtualized guest. */
  readonly hvm?: Ternary;
  /** Brings Xen's network and block drivers, so that a fully virtualized guest is not left with emulated ones. */
  readonly pvDriversInBox?: Ternary;
  /** What its vendor says of Xen, and what else there is to know. */
  readonly note?: string;
  /** Where `pv` and `pvh` were read. */
  readonly source?: string;
}

/** How long its vendor mends it. */
export interface SupportFacts {
  /** Last day of the vendor's regular support. */
  readonly endOfLife?: IsoDate;
  /** Longer support under a name of its own, usually at a price: `{ LTS: "2028-06-30" }`. */
  readonly extended?: Readonly<Record<string, IsoDate>>;
  /** Never ends, because there is only ever the newest release. */
  readonly rolling?: boolean;
}

/** What is known about one operating system. Whatever is left out is unknown. */
export interface GuestOsFacts<Pv extends Ternary = Ternary, Pvh extends Ternary = Ternary> {
  /** Short and stable, in lower case: `debian-12`. */
  readonly id: string;
  /** As people write it: `Debian 12`. */
  readonly name: string;
  /** What kind of system it is. */
  readonly family: GuestOsFamily;
  /** Its URL in the libosinfo database, which virt-install and virt-manager know. */
  readonly libosinfoId?: string;
  /** Start of the URLs of all minor releases, where libosinfo has one for each: `http://redhat.com/rhel/9`. */
  readonly libosinfoSeries?: string;
  /** In libvirt's names: `x86_64`, `i686`, `aarch64`, `armv7l`, `ppc64le`, `s390x`, `riscv64`. */
  readonly architectures?: readonly string[];
  /** There are more architectures than those listed. */
  readonly moreArchitectures?: boolean;
  /** Lowest x86-64 level on which an official build boots. */
  readonly x86Level?: "v1" | "v2" | "v3";
  /** CPU features needed beyond that level, in libvirt's names. */
  readonly cpuFeatures?: readonly string[];
  /** Version of the stock Linux kernel. */
  readonly kernel?: string;
  /** What it needs at least. */
  readonly minimum?: MinimumResources;
  /** Where another build needs other resources than the x86-64 one. */
  readonly minimumByArchitecture?: Readonly<Record<string, Resources>>;
  /** What it can use at most. */
  readonly maximum?: MaximumResources;
  /** Where another build can use less or more than the x86-64 one. */
  readonly maximumByArchitecture?: Readonly<Record<string, MaximumResources>>;
  /** What its vendor recommends. */
  readonly recommended?: Resources;
  /** Until when it is supported. */
  readonly support?: SupportFacts;
  /** With which firmware it boots. */
  readonly firmware?: FirmwareFacts;
  /** The TPM without which it does not install. */
  readonly tpm?: "2.0" | "none";
  /** Brings drivers for virtio disks and network cards. */
  readonly virtioInBox?: Ternary;
  /** What it can be on Xen. */
  readonly xen?: XenFacts<Pv, Pvh>;
  /** User that cloud-init prepares by default, `false` where there is none. A hint: image builders override it. */
  readonly cloudInitUser?: string | false;
  /** How it reads the hardware clock. */
  readonly clock?: "utc" | "localtime";
  /** What the vendor's licence demands of the host. */
  readonly licence?: string;
  /** What else there is to know. */
  readonly notes?: readonly string[];
}
