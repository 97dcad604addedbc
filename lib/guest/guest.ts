import { Construct } from "constructs";
import { z } from "zod";
import type { CloudInit } from "../cloud-init/cloud-init";
import { isCloudInit } from "../cloud-init/cloud-init";
import { VirtConstructsError } from "../errors";
import { GuestOs } from "../guest-os";
import { Host, type IHost } from "../host/host";
import type { Memory } from "../memory";
import { addPropIssues, type PropIssue, setIntent } from "../plan/intent";
import { isLate } from "../plan/late";
import { shareSource } from "../plan/source";
import { checkProps, flag, instance, late, libvirtName, memory, text, wholeNumber } from "../props";
import { Domain, type DomainConfig } from "../provider/domain";
import { replaceOnChange } from "../revision";
import { Image } from "../storage/image";
import { Cpu, type CpuTopology, cpuConfig } from "./cpu";
import { Disk } from "./disk";
import { bindDisks } from "./disks";
import { Graphics } from "./graphics";
import { HostDevice } from "./host-device";
import { osMetadata } from "./metadata";
import { Nic } from "./nic";
import { bindNics } from "./nics";

/** What happens when the configuration of a guest changes. */
export type OnChange = "replace" | "in-place";

export interface GuestProps {
  /** Name of the domain on the host. @default - the construct's id */
  readonly name?: string;
  /** The operating system. Sets defaults that boot, and tells the rules what can work. @default - not stated */
  readonly os?: GuestOs;
  /** Maximum memory. */
  readonly memory: Memory;
  /** Memory at start, the rest being handed out by the balloon. @default - all of it */
  readonly currentMemory?: Memory;
  /** Number of vCPUs. @default 1 */
  readonly vcpus?: number;
  /** How the vCPUs look to the guest; the product must be `vcpus`. @default - one socket for each */
  readonly topology?: CpuTopology;
  /** @default - the host's model (KVM), the maximum (TCG), Xen's own */
  readonly cpu?: Cpu;
  /** Image of the root disk: the guest gets an overlay on it as its first disk. @default - no root disk but those in `disks` */
  readonly image?: Image;
  /** Size of the root disk made of `image`. @default - 20 GiB, or more where the operating system needs it */
  readonly rootDiskSize?: Memory;
  /** Disks, after the root disk made of `image`. @default - none */
  readonly disks?: readonly Disk[];
  /** @default - one on the host's default network */
  readonly nics?: readonly Nic[];
  /** First-boot configuration, given to the guest as a CD-ROM. @default - none */
  readonly cloudInit?: CloudInit;
  /** @default - VNC on the host's loopback address where the guest has a display, else none */
  readonly graphics?: Graphics;
  /** Model of the video card. @default - one that every system can show something on */
  readonly video?: string;
  /** Model of the sound card, such as ich9 (KVM) or ich6 (Xen). @default - none */
  readonly sound?: string;
  /** Devices of the host that the guest gets for itself. @default - none */
  readonly hostDevices?: readonly HostDevice[];
  /** Start the guest when the host boots. @default false */
  readonly autostart?: boolean;
  /** Run the guest once it is made. @default true */
  readonly running?: boolean;
  /**
   * `replace`: a change destroys the guest's domain (not its volumes) and makes it anew. `in-place`: the provider
   * changes the domain; with version 0.9.7 that ends in an error for each change of a running guest, which is
   * applied all the same.
   *
   * @default "replace"
   */
  readonly onChange?: OnChange;
  /** The guest must stay migratable while it runs. @default false */
  readonly migratable?: boolean;
  /** Text for people. @default - none */
  readonly description?: string;
}

export const guestShape = {
  host: instance(Host.isHost, "a host"),
  name: libvirtName.optional(),
  os: instance(GuestOs.isGuestOs, "a GuestOs, such as GuestOs.DEBIAN_12").optional(),
  memory,
  currentMemory: memory.optional(),
  vcpus: wholeNumber.optional(),
  topology: z
    .strictObject({
      sockets: wholeNumber.optional(),
      dies: wholeNumber.optional(),
      cores: wholeNumber.optional(),
      threads: wholeNumber.optional(),
    })
    .optional(),
  cpu: instance(Cpu.isCpu, "a Cpu, such as Cpu.hostModel()").optional(),
  image: instance(Image.isImage, 'an Image, such as Image.fromUrl("https://…")').optional(),
  rootDiskSize: memory.optional(),
  disks: z.array(instance(Disk.isDisk, "a Disk, such as Disk.volume(volume)")).optional(),
  nics: z.array(instance(Nic.isNic, "a Nic, such as Nic.network(network)")).optional(),
  cloudInit: instance(isCloudInit, "a CloudInit").optional(),
  graphics: instance(Graphics.isGraphics, "Graphics, such as Graphics.vnc()").optional(),
  video: text.optional(),
  sound: text.optional(),
  hostDevices: z
    .array(instance(HostDevice.isHostDevice, "a HostDevice, such as HostDevice.pci(…)"))
    .optional(),
  autostart: flag.optional(),
  running: flag.optional(),
  onChange: late(z.enum(["replace", "in-place"], { error: 'must be "replace" or "in-place"' })).optional(),
  migratable: flag.optional(),
  description: text.optional(),
};

/** What a kind of guest adds to what all guests have. */
export interface GuestKind<P extends GuestProps> {
  readonly schema: z.ZodObject;
  /** The provider's configuration beside name, memory, vCPUs, disks and NICs. */
  config(
    props: P,
    host: IHost,
    name: string,
    issues: PropIssue[],
  ): Omit<Partial<DomainConfig>, "name"> & { type: string };
  /** Bus of a disk that names none. */
  diskBus(props: P, disk: Disk): string;
  /** Model of a NIC that names none. */
  nicModel(props: P): string | undefined;
  /** libxl reads a volume only by its path; QEMU takes pool and name. */
  readonly volumesByPath: boolean;
  /** Where Windows finds drivers, for the rules. */
  virtioDrivers?(props: P): "in-image" | "iso" | "none" | undefined;
}

const BRAND = Symbol.for("virt-constructs/Guest");

/** A virtual machine on a host. */
export abstract class Guest extends Construct {
  static isGuest(value: unknown): value is Guest {
    return typeof value === "object" && value !== null && BRAND in value;
  }

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
    Object.defineProperty(this, BRAND, { value: true });
    if (!Host.isHost(given?.host)) throw noHost(this.node.path);
    const done = shareSource(this);
    const { schema, config, diskBus, nicModel, volumesByPath, virtioDrivers } =
      kind as unknown as GuestKind<GuestProps>;
    const issues: PropIssue[] = [];
    const props = checkProps(this, schema, given, (issue) => issues.push(issue));
    const { host } = given;
    this.host = host;
    this.guestName = props.name ?? id;

    const own = config(props, host, this.guestName, issues);
    const disks = bindDisks(this, props, (disk) => diskBus(props, disk), volumesByPath);
    const nics = bindNics(this, props, nicModel(props));
    const hostdevs = (props.hostDevices ?? []).flatMap((device) => device.config ?? []);
    issues.push(...(props.hostDevices ?? []).flatMap((device) => device.issue ?? []));
    this.macAddresses = nics.macAddresses;

    const memoryAmount = props.memory?.toWhole();
    const current = props.currentMemory?.toWhole();
    const cpu = cpuConfig(props.cpu, props.topology) ?? own.cpu;
    this.domain = new Domain(this, "Resource", {
      provider: host.provider,
      name: this.guestName,
      ...(props.description === undefined ? {} : { description: props.description }),
      ...(memoryAmount && { memory: memoryAmount.amount, memoryUnit: memoryAmount.unit }),
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
      ...(cpu && { cpu: props.cpu || !own.cpu ? cpu : { ...own.cpu, ...cpu } }),
      devices: {
        ...own.devices,
        ...(disks.length > 0 && { disks }),
        ...(nics.interfaces.length > 0 && { interfaces: nics.interfaces }),
        ...(hostdevs.length > 0 && { hostdevs }),
      },
      // A guest that does not answer is switched off after this time; a shutdown on destroy would fail instead.
      update: { shutdown: { timeout: 300 } },
      destroy: { graceful: true },
    });
    addPropIssues(this.domain, issues);
    setIntent(this.domain, {
      os: props.os,
      migratable: props.migratable,
      virtioDrivers: virtioDrivers?.(props),
    });
    if ((props.onChange ?? "replace") === "replace") {
      replaceOnChange(this, "Revision", this.domain);
    }
    done();
  }
}

function noHost(path: string): VirtConstructsError {
  return new VirtConstructsError(`guest "${path}" has no host: give it a KvmHost or a XenHost`, {
    constructPath: path,
  });
}

/** Whether a prop that takes a literal choice is known now. */
export function knownChoice<T>(value: T | undefined): T | undefined {
  return isLate(value) ? undefined : value;
}
