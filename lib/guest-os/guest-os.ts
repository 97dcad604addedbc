import { VirtConstructsError } from "../errors";
import * as bsd from "./catalogue/bsd";
import * as amazon from "./catalogue/linux-amazon";
import * as debian from "./catalogue/linux-debian";
import * as fedora from "./catalogue/linux-fedora";
import * as oracle from "./catalogue/linux-oracle";
import * as other from "./catalogue/linux-other";
import * as redHat from "./catalogue/linux-red-hat";
import * as suse from "./catalogue/linux-suse";
import * as macos from "./catalogue/macos";
import * as solaris from "./catalogue/solaris";
import * as windows from "./catalogue/windows";
import { didYouMean } from "./did-you-mean";
import type {
  FirmwareFacts,
  GuestOsFacts,
  GuestOsFamily,
  MaximumResources,
  MinimumResources,
  Resources,
  SupportFacts,
  Ternary,
  XenFacts,
} from "./facts";
import { type HasPv, type HasPvh, PV, PVH, type PvhVerdict, type PvVerdict, verdict } from "./xen-support";

const BRAND = Symbol.for("virt-constructs.GuestOs");

/** An operating system that a paravirtualized Xen guest may run: one with a PV kernel, or one not known to lack it. */
export type XenPvCapable = GuestOs<HasPv, string>;

/** An operating system that a Xen PVH guest may run: one with a PVH entry point, or one not known to lack it. */
export type XenPvhCapable = GuestOs<string, HasPvh>;

/** Of which the compiler knows nothing, such as one whose name was read from a file: the rules decide at synth. */
export type UndecidedGuestOs = GuestOs<PvVerdict<undefined>, PvhVerdict<undefined>>;

/**
 * The operating system of a guest, with the facts that the rules check a guest against.
 *
 * Take one from the catalogue (`GuestOs.DEBIAN_12`), by name (`GuestOs.byId("debian-12")`), or describe your own
 * with `GuestOs.of`. A fact that is not known is `undefined` and is treated as undetermined, never as yes or no.
 */
export class GuestOs<out Pv extends string = string, out Pvh extends string = string>
  implements GuestOsFacts
{
  static readonly DEBIAN_10 = GuestOs.of(debian.DEBIAN_10);
  static readonly DEBIAN_11 = GuestOs.of(debian.DEBIAN_11);
  static readonly DEBIAN_12 = GuestOs.of(debian.DEBIAN_12);
  static readonly DEBIAN_13 = GuestOs.of(debian.DEBIAN_13);
  static readonly UBUNTU_20_04 = GuestOs.of(debian.UBUNTU_20_04);
  static readonly UBUNTU_22_04 = GuestOs.of(debian.UBUNTU_22_04);
  static readonly UBUNTU_24_04 = GuestOs.of(debian.UBUNTU_24_04);
  static readonly UBUNTU_26_04 = GuestOs.of(debian.UBUNTU_26_04);

  static readonly RHEL_7 = GuestOs.of(redHat.RHEL_7);
  static readonly RHEL_8 = GuestOs.of(redHat.RHEL_8);
  static readonly RHEL_9 = GuestOs.of(redHat.RHEL_9);
  static readonly RHEL_10 = GuestOs.of(redHat.RHEL_10);
  static readonly CENTOS_STREAM_8 = GuestOs.of(redHat.CENTOS_STREAM_8);
  static readonly CENTOS_STREAM_9 = GuestOs.of(redHat.CENTOS_STREAM_9);
  static readonly CENTOS_STREAM_10 = GuestOs.of(redHat.CENTOS_STREAM_10);
  static readonly ROCKY_LINUX_8 = GuestOs.of(redHat.ROCKY_LINUX_8);
  static readonly ROCKY_LINUX_9 = GuestOs.of(redHat.ROCKY_LINUX_9);
  static readonly ROCKY_LINUX_10 = GuestOs.of(redHat.ROCKY_LINUX_10);
  static readonly ALMALINUX_8 = GuestOs.of(redHat.ALMALINUX_8);
  static readonly ALMALINUX_9 = GuestOs.of(redHat.ALMALINUX_9);
  static readonly ALMALINUX_10 = GuestOs.of(redHat.ALMALINUX_10);

  static readonly ORACLE_LINUX_7 = GuestOs.of(oracle.ORACLE_LINUX_7);
  static readonly ORACLE_LINUX_8 = GuestOs.of(oracle.ORACLE_LINUX_8);
  static readonly ORACLE_LINUX_9 = GuestOs.of(oracle.ORACLE_LINUX_9);
  static readonly ORACLE_LINUX_10 = GuestOs.of(oracle.ORACLE_LINUX_10);

  static readonly FEDORA_41 = GuestOs.of(fedora.FEDORA_41);
  static readonly FEDORA_42 = GuestOs.of(fedora.FEDORA_42);
  static readonly FEDORA_43 = GuestOs.of(fedora.FEDORA_43);
  static readonly FEDORA_44 = GuestOs.of(fedora.FEDORA_44);

  static readonly SLES_12_SP5 = GuestOs.of(suse.SLES_12_SP5);
  static readonly SLES_15_SP6 = GuestOs.of(suse.SLES_15_SP6);
  static readonly SLES_15_SP7 = GuestOs.of(suse.SLES_15_SP7);
  static readonly SLES_16_0 = GuestOs.of(suse.SLES_16_0);
  static readonly OPENSUSE_LEAP_15_6 = GuestOs.of(suse.OPENSUSE_LEAP_15_6);
  static readonly OPENSUSE_LEAP_16_0 = GuestOs.of(suse.OPENSUSE_LEAP_16_0);
  static readonly OPENSUSE_TUMBLEWEED = GuestOs.of(suse.OPENSUSE_TUMBLEWEED);

  static readonly AMAZON_LINUX_2 = GuestOs.of(amazon.AMAZON_LINUX_2);
  static readonly AMAZON_LINUX_2023 = GuestOs.of(amazon.AMAZON_LINUX_2023);

  static readonly ARCH_LINUX = GuestOs.of(other.ARCH_LINUX);
  static readonly ALPINE_3_21 = GuestOs.of(other.ALPINE_3_21);
  static readonly ALPINE_3_22 = GuestOs.of(other.ALPINE_3_22);
  static readonly ALPINE_3_23 = GuestOs.of(other.ALPINE_3_23);
  static readonly ALPINE_3_24 = GuestOs.of(other.ALPINE_3_24);
  static readonly FLATCAR = GuestOs.of(other.FLATCAR);
  static readonly TALOS = GuestOs.of(other.TALOS);
  static readonly NIXOS_25_11 = GuestOs.of(other.NIXOS_25_11);
  static readonly NIXOS_26_05 = GuestOs.of(other.NIXOS_26_05);
  /** Some Linux, of which nothing more is known. */
  static readonly LINUX = GuestOs.of(other.LINUX);

  static readonly FREEBSD_13 = GuestOs.of(bsd.FREEBSD_13);
  static readonly FREEBSD_14 = GuestOs.of(bsd.FREEBSD_14);
  static readonly FREEBSD_15 = GuestOs.of(bsd.FREEBSD_15);
  static readonly OPENBSD_7_7 = GuestOs.of(bsd.OPENBSD_7_7);
  static readonly OPENBSD_7_8 = GuestOs.of(bsd.OPENBSD_7_8);
  static readonly OPENBSD_7_9 = GuestOs.of(bsd.OPENBSD_7_9);
  static readonly NETBSD_9 = GuestOs.of(bsd.NETBSD_9);
  static readonly NETBSD_10 = GuestOs.of(bsd.NETBSD_10);
  static readonly NETBSD_11 = GuestOs.of(bsd.NETBSD_11);

  static readonly SOLARIS_10 = GuestOs.of(solaris.SOLARIS_10);
  static readonly SOLARIS_11_4 = GuestOs.of(solaris.SOLARIS_11_4);
  static readonly OMNIOS = GuestOs.of(solaris.OMNIOS);
  static readonly OPENINDIANA = GuestOs.of(solaris.OPENINDIANA);

  static readonly WINDOWS_7 = GuestOs.of(windows.WINDOWS_7);
  static readonly WINDOWS_10 = GuestOs.of(windows.WINDOWS_10);
  static readonly WINDOWS_11 = GuestOs.of(windows.WINDOWS_11);
  static readonly WINDOWS_SERVER_2012_R2 = GuestOs.of(windows.WINDOWS_SERVER_2012_R2);
  static readonly WINDOWS_SERVER_2016 = GuestOs.of(windows.WINDOWS_SERVER_2016);
  static readonly WINDOWS_SERVER_2019 = GuestOs.of(windows.WINDOWS_SERVER_2019);
  static readonly WINDOWS_SERVER_2022 = GuestOs.of(windows.WINDOWS_SERVER_2022);
  static readonly WINDOWS_SERVER_2025 = GuestOs.of(windows.WINDOWS_SERVER_2025);

  static readonly MACOS_13 = GuestOs.of(macos.MACOS_13);
  static readonly MACOS_14 = GuestOs.of(macos.MACOS_14);
  static readonly MACOS_15 = GuestOs.of(macos.MACOS_15);
  static readonly MACOS_26 = GuestOs.of(macos.MACOS_26);

  /**
   * An operating system that the catalogue does not have. Say what you know and leave out the rest:
   * `xen: { pv: false }` makes the compiler refuse it in a `XenPvGuest`.
   */
  static of<const P extends Ternary = undefined, const H extends Ternary = undefined>(
    facts: GuestOsFacts<P, H>,
  ): GuestOs<PvVerdict<P>, PvhVerdict<H>> {
    return new GuestOs(facts);
  }

  /** All of the catalogue, family by family. */
  static all(): GuestOs[] {
    return Object.values(GuestOs).filter(GuestOs.isGuestOs);
  }

  /** By id (`debian-12`) or by the name of the member (`DEBIAN_12`). Throws when there is none. */
  static byId(id: string): UndecidedGuestOs {
    const found = GuestOs.findById(id);
    if (found) return found;
    const ids = GuestOs.all().map((os) => os.id);
    const near = didYouMean(normalized(id), ids);
    const hint = near.length > 0 ? `did you mean ${near.join(" or ")}?` : `known are ${ids.join(", ")}`;
    throw new VirtConstructsError(`"${id}" is no operating system of the catalogue: ${hint}`);
  }

  /** Like `byId`, but `undefined` when there is none. */
  static findById(id: string): UndecidedGuestOs | undefined {
    return catalogue().byName.get(normalized(id));
  }

  /** By the URL in a domain's libosinfo metadata; `undefined` when the catalogue does not have it. */
  static byLibosinfoId(url: string): UndecidedGuestOs | undefined {
    // Distributions that libosinfo does not know borrow these: the URL says "some Linux" and no more.
    if (url.startsWith("http://libosinfo.org/linux/")) return GuestOs.LINUX;
    const { byUrl, bySeries } = catalogue();
    return byUrl.get(url) ?? bySeries.get(url.replace(/(\.\d+|-unknown)$/, ""));
  }

  /** Also true for one that another copy of this package made. */
  static isGuestOs(x: unknown): x is GuestOs {
    return typeof x === "object" && x !== null && BRAND in x;
  }

  readonly id: string;
  readonly name: string;
  readonly family: GuestOsFamily;
  readonly libosinfoId: string | undefined;
  readonly libosinfoSeries: string | undefined;
  readonly architectures: readonly string[] | undefined;
  readonly moreArchitectures: boolean;
  readonly x86Level: GuestOsFacts["x86Level"];
  readonly cpuFeatures: readonly string[];
  readonly kernel: string | undefined;
  readonly minimum: MinimumResources;
  readonly minimumByArchitecture: Readonly<Record<string, Resources>>;
  readonly maximum: MaximumResources;
  readonly maximumByArchitecture: Readonly<Record<string, MaximumResources>>;
  readonly recommended: Resources;
  readonly support: SupportFacts;
  readonly firmware: FirmwareFacts;
  readonly tpm: GuestOsFacts["tpm"];
  readonly virtioInBox: Ternary;
  readonly xen: XenFacts;
  readonly cloudInitUser: string | false | undefined;
  readonly clock: GuestOsFacts["clock"];
  readonly licence: string | undefined;
  readonly notes: readonly string[];

  /** What `xen.pv` says, as a sentence that continues the name. */
  readonly pvKernel: Pv;
  /** What `xen.pvh` says, as a sentence that continues the name. */
  readonly pvhKernel: Pvh;

  private constructor(facts: GuestOsFacts) {
    Object.defineProperty(this, BRAND, { value: true });
    this.id = facts.id;
    this.name = facts.name;
    this.family = facts.family;
    this.libosinfoId = facts.libosinfoId;
    this.libosinfoSeries = facts.libosinfoSeries;
    this.architectures = facts.architectures;
    this.moreArchitectures = facts.moreArchitectures ?? false;
    this.x86Level = facts.x86Level;
    this.cpuFeatures = facts.cpuFeatures ?? [];
    this.kernel = facts.kernel;
    this.minimum = facts.minimum ?? {};
    this.minimumByArchitecture = facts.minimumByArchitecture ?? {};
    this.maximum = facts.maximum ?? {};
    this.maximumByArchitecture = facts.maximumByArchitecture ?? {};
    this.recommended = facts.recommended ?? {};
    this.support = facts.support ?? {};
    this.firmware = facts.firmware ?? {};
    this.tpm = facts.tpm;
    this.virtioInBox = facts.virtioInBox;
    this.xen = facts.xen ?? {};
    this.cloudInitUser = facts.cloudInitUser;
    this.clock = facts.clock;
    this.licence = facts.licence;
    this.notes = facts.notes ?? [];
    this.pvKernel = verdict(this.xen.pv, PV) as Pv;
    this.pvhKernel = verdict(this.xen.pvh, PVH) as Pvh;
    Object.freeze(this);
  }

  /** Known to boot as a paravirtualized Xen guest; `false` where undecided. Narrows the type, for loops and for names from files. */
  supportsXenPv(): this is GuestOs<HasPv, Pvh> & { readonly xen: { readonly pv: true } } {
    return this.xen.pv === true;
  }

  /** Known to boot as a Xen PVH guest; `false` where undecided. Narrows the type, for loops and for names from files. */
  supportsXenPvh(): this is GuestOs<Pv, HasPvh> & { readonly xen: { readonly pvh: true } } {
    return this.xen.pvh === true;
  }

  /** Whether there is a build for an architecture (libvirt's name); undetermined where the list is open. */
  runsOn(architecture: string): Ternary {
    if (this.architectures?.includes(architecture)) return true;
    return this.architectures === undefined || this.moreArchitectures ? undefined : false;
  }

  /** What its build for an architecture needs at least. */
  minimumOn(architecture: string): MinimumResources {
    return { ...this.minimum, ...this.minimumByArchitecture[architecture] };
  }

  /** What its build for an architecture can use at most. */
  maximumOn(architecture: string): MaximumResources {
    return { ...this.maximum, ...this.maximumByArchitecture[architecture] };
  }

  toString(): string {
    return this.name;
  }
}

type Index = ReadonlyMap<string | undefined, GuestOs>;
let index: { byName: Index; byUrl: Index; bySeries: Index } | undefined;

/** For look-ups, of which a plan makes many. Made at the first one, when the class has all its members. */
function catalogue(): NonNullable<typeof index> {
  const by = (key: (os: GuestOs) => string | undefined) => new Map(GuestOs.all().map((os) => [key(os), os]));
  index ??= {
    byName: by((os) => normalized(os.id)),
    byUrl: by((os) => os.libosinfoId),
    bySeries: by((os) => os.libosinfoSeries),
  };
  return index;
}

/** `UBUNTU_24_04`, `Ubuntu 24.04` and `ubuntu-24.04` are one name. */
function normalized(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s._-]+/g, "-");
}
