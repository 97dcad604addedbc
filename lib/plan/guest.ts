import { GuestOs } from "../guest-os";
import type { DomainConfig, DomainDevicesDisks, DomainDevicesInterfaces } from "../provider/domain";
import { isX86 } from "./arch";
import { isLate, known, type Late, type Planned } from "./late";
import { PlanResource } from "./resource";
import { toKiB } from "./units";

/** How a guest runs. */
export type GuestMode = "kvm" | "tcg" | "xen-pv" | "xen-pvh" | "xen-hvm";

const OSINFO_ID = /<(?:\w+:)?os\s[^>]*\bid=["']([^"']+)["']/;

/** A domain of the plan, with what rules ask of it. */
export class PlanGuest extends PlanResource<Planned<DomainConfig>> {
  /** The configuration in the provider's vocabulary. */
  readonly domain: Planned<DomainConfig> = this.config;

  readonly isXen: boolean = known(this.domain.type) === "xen";

  /** Whether QEMU runs it under the qemu driver, with KVM or without. */
  readonly isQemu: boolean = ["kvm", "qemu"].includes(known(this.domain.type) ?? "");

  /** How it runs; undefined when the type is late or none of KVM, QEMU and Xen. */
  readonly mode: GuestMode | undefined = modeOf(this);

  /**
   * libvirt's os type; `linux` is its older word for `xen`, and machine xenpvh makes it PVH. A boot loader alone
   * stands for `xen`, too.
   */
  get osType(): string | undefined {
    const type = this.domain.os?.type;
    if (type === undefined && this.domain.bootloader !== undefined) return "xen";
    if (type !== "linux") return type;
    return this.machine === "xenpvh" ? "xenpvh" : "xen";
  }

  /** Architecture of the guest: its own, else the host's. */
  get arch(): string | undefined {
    return this.domain.os?.typeArch ?? this.host.arch;
  }

  get machine(): string | undefined {
    return this.domain.os?.typeMachine;
  }

  /**
   * Whether it may run while other guests do: unless the plan keeps it switched off. Undefined when only apply
   * knows.
   */
  get mayRun(): boolean | undefined {
    const { running, autostart } = this.domain;
    if (known(autostart) === true) return true;
    if (known(running) === false) return isLate(autostart) ? undefined : false;
    return isLate(running) ? undefined : true;
  }

  /** Whether the machine is x86 with the Q35 chipset: alias or version; undefined when late. */
  get isQ35(): boolean | undefined {
    const { machine } = this;
    if (isLate(machine)) return undefined;
    return machine === "q35" || /^pc-q35-/.test(machine ?? "");
  }

  /** Whether the machine is x86 with the i440FX chipset, QEMU's default on x86. */
  get isI440fx(): boolean | undefined {
    const { machine, arch } = this;
    if (isLate(machine) || isLate(arch)) return undefined;
    if (machine === undefined) return isX86(arch);
    return machine === "pc" || /^pc-i440fx-|^pc-\d/.test(machine);
  }

  /** The operating system: stated by the user, or named in the domain's libosinfo metadata. */
  get os(): GuestOs | undefined {
    if (this.intent?.os) return this.intent.os;
    const id = this.osinfoId;
    return id === undefined ? undefined : GuestOs.byLibosinfoId(id);
  }

  /** The libosinfo identifier in the domain's metadata, whether the catalogue has it or not. */
  get osinfoId(): string | undefined {
    const xml = known(this.domain.metadata?.xml);
    return xml === undefined ? undefined : OSINFO_ID.exec(xml)?.[1];
  }

  /** Memory of the guest: what its NUMA cells and memory devices add up to where it has cells, as libvirt counts. */
  get memoryKiB(): number | Late | undefined {
    const { cpu, devices, memory, memoryUnit } = this.domain;
    const cells = (cpu?.numa?.cell ?? []).map((cell) => toKiB(cell.memory, cell.unit));
    // Cells of no size count as none.
    if (cells.every((size) => size === 0)) return toKiB(memory, memoryUnit);
    const plugged = (devices?.memorydevs ?? []).map(({ target }) => toKiB(target?.size, target?.sizeUnit));
    return sum([...cells, ...plugged]);
  }

  /** Memory at start: the balloon's target, else all of it; libvirt lowers a target beyond that to it. */
  get currentMemoryKiB(): number | Late | undefined {
    const current = toKiB(this.domain.currentMemory, this.domain.currentMemoryUnit);
    const all = this.memoryKiB;
    if (current === undefined || current === 0) return all;
    if (isLate(current) || isLate(all) || all === undefined) return current;
    return Math.min(current as number, all as number);
  }

  /** Maximum number of vCPUs; libvirt's default is one. */
  get vcpus(): number | Late {
    return this.domain.vcpu ?? 1;
  }

  readonly disks: readonly Planned<DomainDevicesDisks>[] = this.domain.devices?.disks ?? [];

  readonly interfaces: readonly Planned<DomainDevicesInterfaces>[] = this.domain.devices?.interfaces ?? [];

  /** Whether firmware is UEFI: by request, by loader, or undecided because it is late. */
  get uefi(): boolean | undefined {
    const os = this.domain.os;
    if (isLate(os?.firmware) || isLate(os?.loader) || isLate(os?.loaderType)) return undefined;
    return os?.firmware === "efi" || os?.loaderType === "pflash" || os?.nvRam !== undefined;
  }
}

function modeOf({ domain, isXen, osType }: PlanGuest): GuestMode | undefined {
  const type = known(domain.type);
  if (type === "kvm") return "kvm";
  if (type === "qemu") return "tcg";
  if (!isXen || isLate(osType)) return undefined;
  if (osType === "xenpvh") return "xen-pvh";
  return osType === "hvm" ? "xen-hvm" : osType === "xen" ? "xen-pv" : undefined;
}

/** Late when one of them is, undefined when one of them is not known. */
function sum(sizes: readonly (number | Late | undefined)[]): number | Late | undefined {
  let total = 0;
  for (const size of sizes) {
    if (size === undefined || isLate(size)) return size;
    total += size as number;
  }
  return total;
}

/** The bus of a disk: as written, else what libvirt derives from the target's name. */
export function diskBus(disk: Planned<DomainDevicesDisks>): string | undefined {
  const bus = disk.target?.bus;
  if (bus !== undefined) return bus;
  const dev = disk.target?.dev;
  if (dev === undefined || isLate(dev)) return dev;
  const prefix = /^(xvd|hd|sd|vd|fd|ubd)/.exec(dev)?.[1];
  return { hd: "ide", sd: "scsi", vd: "virtio", xvd: "xen", fd: "fdc", ubd: "uml" }[prefix ?? ""];
}

/** The kind of disk device; libvirt's default is `disk`. */
export function diskDevice(disk: Planned<DomainDevicesDisks>): string {
  return disk.device ?? "disk";
}
