import type { Construct } from "constructs";
import { z } from "zod";
import { Token } from "../engine";
import { derived } from "../expression";
import type { GuestOs } from "../guest-os";
import type { IHost } from "../host/host";
import { isHost } from "../host/is-host";
import type { KvmHost } from "../host/kvm-host";
import type { Memory } from "../memory";
import { isX86 } from "../plan/arch";
import type { PropIssue } from "../plan/intent";
import { isLate, known } from "../plan/late";
import { toKiB } from "../plan/units";
import { choice, instance, literal, memory, text } from "../props";
import type {
  DomainConfig,
  DomainCpu,
  DomainFeatures,
  DomainMemoryBacking,
  DomainOs,
} from "../provider/domain";
import { Cpu } from "./cpu";
import type { DiskBus } from "./disk";
import { Firmware, firmware, uefiConfig } from "./firmware";
import { Graphics, qemuVideoConfig } from "./graphics";
import { fixedFlag, Guest, type GuestKind, type GuestProps, guestShape } from "./guest";
import { windowsConfig } from "./windows";

/** Props of a guest of a KVM host. */
export interface KvmGuestProps extends GuestProps {
  /** The host that it runs on. */
  readonly host: KvmHost;
  /**
   * `kvm` needs CPU virtualization on the host. `tcg` emulates the CPU: it runs everywhere and for any
   * architecture, very slowly, and is no security boundary.
   *
   * @default "kvm"
   */
  readonly accelerator?: "kvm" | "tcg";
  /** Architecture of the guest in libvirt's spelling; another than the host's needs accelerator tcg. @default - the host's */
  readonly arch?: string;
  /** Machine type. @default - q35 on x86, virt on ARM and RISC-V, pseries on PowerPC, s390-ccw-virtio on s390x */
  readonly machine?: string;
  /** What starts it before its operating system. @default - UEFI where the operating system or the architecture needs it, else BIOS */
  readonly firmware?: Firmware;
  /** An emulated TPM 2.0; the host needs swtpm. @default - true where the operating system requires one */
  readonly tpm?: boolean;
  /** Where a Windows guest finds its virtio drivers. @default - unknown; disks and NICs then need none */
  readonly virtioDrivers?: "in-image" | "iso" | "none";
  /** Model of the video card, known at synth. @default "virtio" */
  readonly video?: string;
  /** Model of the sound card, such as ich9. @default - none */
  readonly sound?: string;
  /** Back the memory with huge pages of this size, such as Memory.mebibytes(2). @default - ordinary pages */
  readonly hugePages?: Memory;
  /** Let other processes of the host share the memory, as virtiofs and vhost-user need. @default false */
  readonly sharedMemory?: boolean;
}

const hardware = "the guest's hardware depends on it";

const schema = z.strictObject({
  ...guestShape,
  host: instance(isHost, "a KvmHost"),
  accelerator: literal(choice("kvm", "tcg"), hardware).optional(),
  arch: literal(z.string({ error: "must be text" }), hardware).optional(),
  machine: text.optional(),
  firmware: firmware.optional(),
  tpm: fixedFlag.optional(),
  virtioDrivers: literal(choice("in-image", "iso", "none"), hardware).optional(),
  video: literal(z.string({ error: "must be text" }), "its memory depends on it").optional(),
  sound: text.optional(),
  hugePages: memory.optional(),
  sharedMemory: fixedFlag.optional(),
});

const kind: GuestKind<KvmGuestProps> = {
  schema,
  type: "kvm",
  volumesByPath: false,
  config,
  diskBus: (props, disk) => disk.options.bus ?? (disk.device === "cdrom" ? cdromBus(props) : diskBus(props)),
  // Solaris knows the older of Intel's emulated cards.
  nicModel: (props) => (hasVirtio(props) ? "virtio" : props.os?.family === "solaris" ? "e1000" : "e1000e"),
  virtioDrivers: (props) => props.virtioDrivers,
};

/**
 * A guest of a KVM host: any operating system, on virtual hardware that QEMU provides.
 */
export class KvmGuest extends Guest {
  constructor(scope: Construct, id: string, props: KvmGuestProps) {
    super(scope, id, props, kind as GuestKind<never>);
  }
}

function config(
  props: KvmGuestProps,
  host: IHost,
  name: string,
  issues: PropIssue[],
): Partial<DomainConfig> & { type: string } {
  const arch = props.arch ?? host.arch;
  const machine = props.machine ?? machineOf(arch);
  const tcg = props.accelerator === "tcg";
  const x86 = isX86(arch);
  const firmware = props.firmware ?? defaultFirmware(arch, props.os);
  const place = {
    facts: host.facts,
    hostLabel: host.node.id,
    virtType: tcg ? "qemu" : "kvm",
    arch,
    machine,
    guest: name,
  };
  const uefi = firmware.uefi && uefiConfig(firmware.uefi, place);
  if (uefi && "prop" in uefi) issues.push(uefi);
  const loader = uefi && !("prop" in uefi) ? uefi : {};
  const tpm = props.tpm ?? (props.os?.tpm === "2.0" && x86);
  const windows = x86 && props.os?.family === "windows" ? windowsConfig(place) : undefined;
  const graphics = props.graphics ?? (x86 ? Graphics.vnc() : Graphics.none());

  return {
    type: tcg ? "qemu" : "kvm",
    os: { type: "hvm", typeArch: arch, typeMachine: machine, ...loader },
    features: windows
      ? { ...features(arch, firmware, loader), ...windows.features }
      : features(arch, firmware, loader),
    ...(windows && { clock: windows.clock }),
    cpu: {
      ...(tcg ? Cpu.maximum() : HOST_MODEL.test(arch) ? Cpu.hostModel() : Cpu.hostPassthrough()).config,
      ...fewSockets(props, arch),
    },
    memoryBacking: memoryBacking(props),
    devices: {
      ...consoles(arch),
      rngs: [{ model: "virtio", backend: { random: "/dev/urandom" } }],
      channels: [{ source: { unix: {} }, target: { virtIo: { name: "org.qemu.guest_agent.0" } } }],
      memBalloon: { model: "virtio" },
      ...(graphics.config && {
        graphics: [graphics.config],
        videos: [qemuVideoConfig(props.video ?? "virtio")],
        // A mainframe has no USB.
        ...(arch !== "s390x" && {
          controllers: [{ type: "usb", model: "qemu-xhci" }],
          inputs: [{ type: "tablet", bus: "usb" }],
        }),
      }),
      ...(props.sound !== undefined && { sounds: [{ model: props.sound }] }),
      ...(tpm && { tpms: [{ model: tpmModel(arch), backend: { emulator: { version: "2.0" } } }] }),
    },
  };
}

/** Where libvirt can name a model for a host's CPU; elsewhere, as on ARM, it cannot. */
const HOST_MODEL = /^(?:x86_64|i686|s390x|ppc64|ppc64le)$/;

/** All vCPUs in one socket where the operating system leaves some of their sockets unused. */
function fewSockets({ os, vcpus }: KvmGuestProps, arch: string): Pick<DomainCpu, "topology"> {
  const { sockets = Number.POSITIVE_INFINITY } = os?.maximumOn(arch) ?? {};
  if (vcpus === undefined || isLate(vcpus) || vcpus <= sockets) return {};
  return { topology: { sockets: 1, dies: 1, cores: vcpus, threads: 1 } };
}

function tpmModel(arch: string): string {
  if (isX86(arch)) return "tpm-crb";
  return arch.startsWith("ppc64") ? "tpm-spapr" : "tpm-tis";
}

function machineOf(arch: string): string {
  if (isX86(arch)) return "q35";
  if (arch === "s390x") return "s390-ccw-virtio";
  return arch.startsWith("ppc64") ? "pseries" : "virt";
}

/** ARM and RISC-V guests have no BIOS; x86 guests get UEFI only where their system refuses BIOS. */
function defaultFirmware(arch: string, os: GuestOs | undefined): Firmware {
  if (arch === "aarch64" || arch === "riscv64" || arch === "loongarch64") return Firmware.uefi();
  if (arch !== "x86_64" || os?.firmware.bios !== false) return Firmware.bios();
  return Firmware.uefi({ secureBoot: os.firmware.secureBoot === true });
}

function features(arch: string, firmware: Firmware, loader: Partial<DomainOs>): DomainFeatures | undefined {
  const smm = loader.loaderSecure === "yes" ? { smm: { state: "on" } } : {};
  if (isX86(arch)) return { acpi: true, apic: {}, ...smm };
  return firmware.uefi ? { acpi: true } : undefined;
}

function memoryBacking({ hugePages, sharedMemory }: KvmGuestProps): DomainMemoryBacking | undefined {
  if (!hugePages && !sharedMemory) return undefined;
  return {
    // Read back in KiB, whatever was written.
    ...(hugePages && { memoryHugePages: { hugepages: [{ size: inKiB(hugePages), unit: "KiB" }] } }),
    ...(sharedMemory && { memorySource: { type: "memfd" }, memoryAccess: { mode: "shared" } }),
  };
}

function inKiB({ amount, unit }: Memory): number {
  const factor = toKiB(1, unit) as number;
  if (!isLate(amount)) return amount * factor;
  const known = (count: number) => count * factor;
  return Token.asNumber(derived(amount, { known, late: (count) => `${count} * ${factor}` }));
}

/** A text console that `virsh console` reaches. */
function consoles(arch: string) {
  if (arch === "s390x") return { consoles: [{ target: { type: "sclp", port: 0 } }] };
  return { serials: [{ target: { port: 0 } }], consoles: [{ target: { type: "serial", port: 0 } }] };
}

/** A system without virtio drivers of its own gets hardware that it knows, unless the user says that it has them. */
function hasVirtio({ os, virtioDrivers }: KvmGuestProps): boolean {
  // Of Solaris nobody has said in which update they came.
  const inBox = os?.virtioInBox ?? os?.family !== "solaris";
  return inBox || virtioDrivers === "in-image" || virtioDrivers === "iso";
}

function diskBus(props: KvmGuestProps): DiskBus {
  return hasVirtio(props) ? "virtio" : cdromBus(props);
}

function cdromBus({ machine, arch: own, host }: KvmGuestProps): DiskBus {
  const arch = own ?? host.arch;
  if (!isX86(arch)) return "scsi";
  return /^(pc$|pc-i440fx|pc-\d)/.test(known(machine) ?? "q35") ? "ide" : "sata";
}
