import { Construct } from "constructs";
import { z } from "zod";
import { type CloudInit, cloudInit } from "../cloud-init/cloud-init";
import type { IResolvable } from "../engine";
import { GuestOs } from "../guest-os";
import type { IHost } from "../host/host";
import { anyHost, hostIssues } from "../host/is-host";
import type { Memory } from "../memory";
import { addPropIssues, type PropIssue, setIntent } from "../plan/intent";
import { shareSource } from "../plan/source";
import { check, choice, flag, instance, libvirtName, literal, memory, positiveNumber, text } from "../props";
import { Domain, type DomainConfig, type DomainCpu } from "../provider/domain";
import { replaceOnChange } from "../revision";
import { type Image, image } from "../storage/image";
import { type Cpu, type CpuTopology, cpu, cpuConfig, topology } from "./cpu";
import { type Disk, disk } from "./disk";
import { bindDisks, type DiskTraits } from "./disks";
import { type Graphics, graphics } from "./graphics";
import { type HostDevice, hostDevice } from "./host-device";
import { GUEST_BRAND, isGuest } from "./is-guest";
import { osMetadata } from "./metadata";
import { type Nic, nic } from "./nic";
import { bindNics } from "./nics";
import { DomainTeardown } from "./teardown";

/** What happens when the configuration of a guest changes. */
export type OnChange = "replace" | "in-place";

/** Props of every guest. */
export interface GuestProps {
  /** Name of the domain on the host. @default - the construct's id */
  readonly name?: string;
  /** The operating system. Sets defaults that boot, and tells the rules what can work. @default - not stated */
  readonly os?: GuestOs;
  /** Maximum memory; all of it at start, unless `currentMemory` says less. */
  readonly memory: Memory;
  /** Memory at start, the rest being handed out by the balloon. @default - all of it */
  readonly currentMemory?: Memory;
  /** Number of vCPUs, 1 or more. @default 1 */
  readonly vcpus?: number;
  /** How the vCPUs look to the guest; the product must be `vcpus`. @default - one socket for each; with KVM one for all where the operating system uses fewer */
  readonly topology?: CpuTopology;
  /** The CPU that the guest sees. @default - the host's model (KVM), the maximum (TCG), Xen's own */
  readonly cpu?: Cpu;
  /** Image of the root disk: the guest gets an overlay on it as its first disk. @default - no root disk but those in `disks` */
  readonly image?: Image;
  /** Size of the root disk made of `image`. @default - 20 GiB, or more where the operating system needs it */
  readonly rootDiskSize?: Memory;
  /** Disks, after the root disk made of `image`. @default - none */
  readonly disks?: readonly Disk[];
  /** Network interfaces; an empty list for none. @default - one on the host's default network */
  readonly nics?: readonly Nic[];
  /** First-boot configuration, given to the guest as a CD-ROM. @default - none */
  readonly cloudInit?: CloudInit;
  /** How the display is reached. @default - VNC on the host's loopback address on x86 with emulated hardware, else none */
  readonly graphics?: Graphics;
  /** Devices of the host that the guest gets for itself. @default - none */
  readonly hostDevices?: readonly HostDevice[];
  /** Start the guest when the host boots. @default false */
  readonly autostart?: boolean | IResolvable;
  /** Run the guest once it is made. @default true */
  readonly running?: boolean | IResolvable;
  /**
   * `replace`: a change destroys the guest's domain (not its volumes) and makes it anew. `in-place`: the provider
   * changes the domain; with version 0.9.7 that ends in an error for each change of a running guest, which is
   * applied all the same.
   *
   * @default "replace"
   */
  readonly onChange?: OnChange;
  /** The guest must stay migratable while it runs. @default - true where `migratesTo` names hosts, else false */
  readonly migratable?: boolean;
  /** Hosts that the guest must be able to move to while it runs. @default - not stated */
  readonly migratesTo?: readonly IHost[];
  /**
   * Whether those who administer the guest may administer its host as well. `false` asks for what keeps the host
   * safe from the guest.
   *
   * @default - not stated
   */
  readonly trusted?: boolean;
  /** Text for people. @default - none */
  readonly description?: string;
}

const list = <T>(element: z.ZodType<T>) =>
  literal(z.array(element, { error: "must be a list" }), "each of them is a device of its own").optional();
/** A switch that decides what there is, not what an attribute says. */
export const fixedFlag = literal(z.boolean({ error: "must be true or false" }), "devices depend on it");
/** What no attribute says and rules must know. */
const statement = literal(z.boolean({ error: "must be true or false" }), "rules depend on it");

export const guestShape = {
  name: libvirtName.optional(),
  os: instance(GuestOs.isGuestOs, "a GuestOs, such as GuestOs.DEBIAN_12").optional(),
  memory,
  currentMemory: memory.optional(),
  vcpus: positiveNumber.optional(),
  topology: topology.optional(),
  cpu: cpu.optional(),
  image: image.optional(),
  rootDiskSize: memory.optional(),
  disks: list(disk),
  nics: list(nic),
  cloudInit: cloudInit.optional(),
  graphics: graphics.optional(),
  hostDevices: list(hostDevice),
  autostart: flag.optional(),
  running: flag.optional(),
  onChange: literal(choice("replace", "in-place"), "resources depend on it").optional(),
  migratable: statement.optional(),
  migratesTo: literal(
    z.array(anyHost, { error: "must be a list of hosts" }),
    "rules depend on it",
  ).optional(),
  trusted: statement.optional(),
  description: text.optional(),
};

/** What a kind of guest adds to what all guests have. */
export interface GuestKind<P extends GuestProps> {
  readonly schema: z.ZodObject;
  /** Domain type of a guest of which nothing more can be said. */
  readonly type: "kvm" | "xen";
  /** The provider's configuration beside name, memory, vCPUs, disks and NICs. */
  config(
    props: P,
    host: IHost,
    name: string,
    issues: PropIssue[],
  ): Omit<Partial<DomainConfig>, "name"> & { type: string };
  /** Bus of a disk that names none. */
  diskBus(props: P, disk: Disk): ReturnType<DiskTraits["bus"]>;
  /** Model of a NIC that names none. */
  nicModel(props: P): string | undefined;
  /** libxl reads a volume only by its path; QEMU takes pool and name. */
  readonly volumesByPath: boolean;
  /** Names for CD-ROMs, the best first. */
  readonly cdromTargets?: readonly string[];
  /** Names for read-only disks, the best first. */
  readonly readOnlyTargets?: readonly string[];
  /** Where Windows finds drivers, for the rules. */
  virtioDrivers?(props: P): "in-image" | "iso" | "none" | undefined;
  /** Whether the image has Xen's drivers, for the rules. */
  xenDrivers?(props: P): "in-image" | "none" | undefined;
  /** URI by which virsh removes the domain, where the provider cannot. */
  virshUri?(props: P): string | undefined;
}

/** A virtual machine on a host. */
export abstract class Guest extends Construct {
  /** Whether a value is a guest, of this or another copy of the package. */
  static isGuest(value: unknown): value is Guest {
    return isGuest(value);
  }

  /** The host that it runs on. */
  readonly host: IHost;
  /** The provider's domain, for whatever no prop offers: `guest.domain.addOverride("features.pmu.state", "off")`. */
  readonly domain: Domain;
  /** Name of the domain on the host. */
  readonly guestName: string;
  /** MAC addresses of its NICs, in order. */
  readonly macAddresses: readonly string[];

  protected constructor(
    scope: Construct,
    id: string,
    given: GuestProps & { host: IHost },
    kind: GuestKind<never>,
  ) {
    super(scope, id);
    Object.defineProperty(this, GUEST_BRAND, { value: true });
    const done = shareSource(this);
    const ofGuest = kind as unknown as GuestKind<GuestProps & { host: IHost }>;
    const { usable: props, issues: wrong } = check(ofGuest.schema, given);
    const { host } = props;
    const issues = [...wrong, ...hostIssues(this, host), ...contradictions(props)];
    this.host = host;
    this.guestName = props.name ?? this.node.id;

    if (host === undefined) {
      // Nothing more can be said, but what is wrong beside is reported in the same run.
      this.domain = new Domain(this, "Resource", { name: this.guestName, type: ofGuest.type });
      this.macAddresses = [];
    } else {
      const own = ofGuest.config(props, host, this.guestName, issues);
      // First of all children: constructs whose first child varies in its name make synth slow.
      this.domain = new Domain(this, "Resource", domainConfig(props, host, this.guestName, own));
      const traits = {
        bus: (each: Disk) => ofGuest.diskBus(props, each),
        volumesByPath: ofGuest.volumesByPath,
        cdromTargets: ofGuest.cdromTargets,
        readOnlyTargets: ofGuest.readOnlyTargets,
      };
      const disks = bindDisks(this, props, traits, issues);
      const { interfaces, macAddresses } = bindNics(this, props, ofGuest.nicModel(props), issues);
      const hostdevs = (props.hostDevices ?? []).flatMap((device) => device.config ?? []);
      this.macAddresses = macAddresses;
      // libvirt takes the boot order of kinds or of devices, and not both.
      const byKind = own.os?.bootDevices !== undefined;
      this.domain.putDevices({
        ...own.devices,
        ...(disks.length > 0 && { disks: byKind ? disks.map(unordered) : disks }),
        ...(interfaces.length > 0 && { interfaces: byKind ? interfaces.map(unordered) : interfaces }),
        ...(hostdevs.length > 0 && { hostdevs }),
      });
    }
    addPropIssues(this.domain, issues);
    const virshUri = host && ofGuest.virshUri?.(props);
    setIntent(this.domain, {
      os: props.os,
      migratable: props.migratable ?? (props.migratesTo ?? []).length > 0,
      migratesTo: props.migratesTo?.map((each) => each.node.path),
      trusted: props.trusted,
      virtioDrivers: ofGuest.virtioDrivers?.(props),
      xenDrivers: ofGuest.xenDrivers?.(props),
      ...(ofGuest.virshUri && { removedByVirsh: virshUri !== undefined }),
      ...(props.onChange === "in-place" && { changedInPlace: true }),
    });
    const revision =
      props.onChange === "in-place" ? undefined : replaceOnChange(this, "Revision", this.domain);
    if (virshUri !== undefined) new DomainTeardown(this, "Teardown", this.domain, virshUri, revision);
    done();
  }
}

function domainConfig(
  props: GuestProps,
  host: IHost,
  name: string,
  own: Partial<DomainConfig> & { type: string },
): DomainConfig {
  const memory = props.memory?.toWhole();
  const current = props.currentMemory?.toWhole();
  const cpu = cpuConfig(props.cpu, props.topology);
  return {
    provider: host.provider,
    name,
    ...(props.description !== undefined && { description: props.description }),
    ...(memory && { memory: memory.amount, memoryUnit: memory.unit }),
    ...(current && { currentMemory: current.amount, currentMemoryUnit: current.unit }),
    vcpu: props.vcpus ?? 1,
    running: props.running ?? true,
    autostart: props.autostart ?? false,
    onPoweroff: "destroy",
    onReboot: "restart",
    onCrash: "restart",
    clock: { offset: props.os?.clock === "localtime" ? "localtime" : "utc" },
    metadata: osMetadata(props.os),
    ...own,
    ...(cpu && {
      cpu: { ...(props.cpu ? withoutModel(own.cpu) : own.cpu), ...cpu },
    }),
    // A guest that does not answer is switched off after this time; a shutdown on destroy would fail instead.
    update: { shutdown: { timeout: 300 } },
    destroy: { graceful: true },
  };
}

/** What a CPU says beside its model. */
function withoutModel({ numa, topology }: DomainCpu = {}): DomainCpu {
  return { ...(numa && { numa }), ...(topology && { topology }) };
}

/** A device without its boot order. */
function unordered<T extends { readonly boot?: unknown }>({ boot: _, ...device }: T): Omit<T, "boot"> {
  return device;
}

/** Props that are right each, but not together. */
function contradictions({ image, rootDiskSize }: GuestProps): PropIssue[] {
  if (rootDiskSize === undefined || (image !== undefined && image.format !== "iso")) return [];
  return [
    {
      prop: "rootDiskSize",
      message: "has no effect: no root disk is made of an image",
      fix: "give image, or the size of the disk itself: Disk.empty(size)",
    },
  ];
}
