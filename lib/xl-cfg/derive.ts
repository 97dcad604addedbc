import { isLate, type Late, type Planned } from "../plan/late";
import { toKiB } from "../plan/units";
import type { DomainConfig } from "../provider/domain";
import { charactersOf, displaysOf, inputsOf } from "./derive-devices";
import { disksOf, hostDevicesOf, nicsOf } from "./derive-io";
import { list, number, type Settings, text } from "./derive-values";
import { printSettings, type XlPlain } from "./print";
import type { XlType } from "./type";

type Domain = Planned<DomainConfig>;
/**
 * The xl configuration of the guest that libvirt's Xen driver makes of a domain: what it hands on, in xl's words. What
 * it drops is missing. Late values stand in it as expressions.
 *
 * `virsh domxml-to-native xen-xl` prints the same, except that it leaves out video cards, pins, weight, and the backend
 * domains of disks and interfaces, which the guest does get.
 *
 * @param config in the provider's vocabulary, camelCase, of type xen
 */
export function xlOf(config: object): string {
  const domain = config as Domain;
  const type = osTypeOf(domain);
  const all: Settings = {
    name: text(domain.name),
    type,
    ...memoryOf(domain),
    ...cpusOf(domain),
    ...featuresOf(domain, type),
    ...clockOf(domain, type),
    on_poweroff: domain.onPoweroff ?? "destroy",
    on_reboot: domain.onReboot ?? "restart",
    on_crash: domain.onCrash ?? "destroy",
    ...systemOf(domain, type),
    device_model_override: domain.devices?.emulator,
    ...displaysOf(domain, type),
    vif: list(nicsOf(domain, type)),
    ...hostDevicesOf(domain),
    ...charactersOf(domain, type),
    soundhw: soundOf(domain, type),
    disk: list(disksOf(domain)),
    ...inputsOf(domain, type),
    ...busOf(domain),
    device_model_args: list((domain.xenCommandline?.args ?? []).map(({ value }) => text(value))),
    seclabel: (domain.secLabel ?? []).find((label) => label.type === "static")?.label,
  };
  const given = Object.entries(all).filter((entry): entry is [string, XlPlain] => entry[1] !== undefined);
  return printSettings(new Map(given));
}

function osTypeOf({ os, bootloader }: Domain): XlType {
  if (os?.type === "xenpvh" || (os?.type === "linux" && os.typeMachine === "xenpvh")) return "pvh";
  return os?.type === "hvm" && bootloader === undefined ? "hvm" : "pv";
}

/** Xen counts in MiB; libvirt rounds up. */
function mebibytes(amount: number | Late | undefined, unit: string | Late | undefined): XlPlain | undefined {
  const size = toKiB(amount, unit);
  if (size === undefined || isLate(size)) return size ?? amount;
  return Math.ceil((size as number) / 1024);
}

function memoryOf({ memory, memoryUnit, currentMemory, currentMemoryUnit, cpu }: Domain): Settings {
  const cells = cpu?.numa?.cell ?? [];
  const sizes = cells.map(({ memory: size, unit }) => mebibytes(size, unit));
  const all = sizes.length > 0 && sizes.every((size) => typeof size === "number");
  const maxmem = all
    ? (sizes as number[]).reduce((sum, size) => sum + size, 0)
    : mebibytes(memory, memoryUnit);
  return { maxmem, memory: mebibytes(currentMemory, currentMemoryUnit) ?? maxmem };
}

function cpusOf({ vcpu, vcpuCurrent, cpuTune, cpu }: Domain): Settings {
  const all = vcpu ?? 1;
  const current = vcpuCurrent ?? all;
  const cells = cpu?.numa?.cell ?? [];
  return {
    maxvcpus: current === all ? undefined : number(all),
    vcpus: number(current),
    cpus: pinsOf(cpuTune?.vcpuPin ?? []),
    cpu_weight: number(cpuTune?.shares),
    ...cpuidOf(cpu),
    vnuma: list(
      cells.map(({ cpus, memory, unit }, node) => [
        `pnode=${node}`,
        `size=${mebibytes(memory, unit)}`,
        `vcpus=${cpus}`,
        `vdistances=${cells.map((_, other) => distance(cells, node, other)).join(",")}`,
      ]),
    ),
  };
}

type Cells = NonNullable<NonNullable<NonNullable<Domain["cpu"]>["numa"]>["cell"]>;

/** What one direction says holds for the other. */
function distance(cells: Exclude<Cells, string>, node: number, other: number): string {
  const between = (from: number, to: number) =>
    cells[from]?.distances?.siblings?.find(({ id }) => id === to)?.value;
  return text(between(node, other) ?? between(other, node) ?? (node === other ? 10 : 20));
}

/** vCPUs up to the last one with a pin; those between run anywhere. */
function pinsOf(pins: readonly { vcpu: unknown; cpuSet: unknown }[]): readonly XlPlain[] | undefined {
  const known = pins.filter(({ vcpu }) => typeof vcpu === "number" && (vcpu as number) < 512);
  if (known.length === 0) return undefined;
  const sets = new Map(known.map(({ vcpu, cpuSet }) => [vcpu as number, text(cpuSet)]));
  return Array.from({ length: Math.max(...sets.keys()) + 1 }, (_, vcpu) => sets.get(vcpu) ?? "all");
}

/** Names of CPU features that Xen spells in another way. */
const FEATURE_NAMES: Readonly<Record<string, string>> = {
  cx16: "cmpxchg16",
  cid: "cntxid",
  ds_cpl: "dscpl",
  pclmuldq: "pclmulqdq",
  pni: "sse3",
  ht: "htt",
  pn: "psn",
  clflush: "clfsh",
  sep: "sysenter",
  cx8: "cmpxchg8",
  nodeid_msr: "nodeid",
  cr8legacy: "altmovcr8",
  lahf_lm: "lahfsahf",
  cmp_legacy: "cmplegacy",
  fxsr_opt: "ffxsr",
  pdpe1gb: "page1gb",
  "spec-ctrl": "ibrsb",
};
const POLICIES: Readonly<Record<string, string>> = { force: "1", require: "1", disable: "0", forbid: "0" };

/** Only host-passthrough says anything; nested virtualization is the host CPU's, unless a feature says otherwise. */
function cpuidOf(cpu: Domain["cpu"]): Settings {
  if (cpu?.mode !== "host-passthrough") return {};
  const features = cpu.features ?? [];
  const off = features.some(({ name, policy }) => isNesting(name) && POLICIES[text(policy)] === "0");
  const others = features
    .filter(({ name, policy }) => !isNesting(name) && POLICIES[text(policy)] !== undefined)
    .map(({ name, policy }) => `${FEATURE_NAMES[text(name)] ?? text(name)}=${POLICIES[text(policy)]}`);
  return { nestedhvm: off ? 0 : 1, cpuid: others.length > 0 ? ["host", ...others].join(",") : undefined };
}

const isNesting = (name: unknown) => name === "vmx" || name === "svm";

function featuresOf({ features, os }: Domain, type: XlType): Settings {
  const { passthrough, e820Host } = features?.xen ?? {};
  const mode = passthrough?.mode ?? (passthrough?.state === "on" ? "enabled" : undefined);
  return {
    ...(type === "hvm" && {
      pae: os?.typeArch === undefined || os.typeArch === "x86_64" || features?.pae ? 1 : 0,
      acpi: features?.acpi ? 1 : 0,
      apic: features?.apic === undefined ? 0 : 1,
    }),
    hap: type !== "pv" && features?.hap?.state === "off" ? 0 : undefined,
    e820_host: type === "pv" && e820Host?.state === "on" ? 1 : undefined,
    passthrough: passthrough?.state === "off" ? "disabled" : mode,
  };
}

const TSC_MODES: Readonly<Record<string, string>> = {
  native: "native",
  paravirt: "native_paravirt",
  emulate: "always_emulate",
};

function clockOf({ clock }: Domain, type: XlType): Settings {
  const timers = clock?.timer ?? [];
  const tsc = timers.find(({ name }) => name === "tsc");
  const hpet = timers.find(({ name }) => name === "hpet");
  const isVariable = clock?.offset === "variable";
  const isLocal = clock?.offset === "localtime" || (isVariable && clock?.basis === "localtime");
  return {
    tsc_mode: tsc && (TSC_MODES[text(tsc.mode)] ?? "default"),
    // The driver switches it on, and never off.
    hpet: type === "hvm" && hpet?.present === "yes" ? 1 : undefined,
    rtc_timeoffset: isVariable && clock?.adjustment !== undefined ? text(clock.adjustment) : undefined,
    localtime: isLocal ? 1 : 0,
  };
}

const BOOT_LETTERS: Readonly<Record<string, string>> = { fd: "a", hd: "c", cdrom: "d", network: "n" };

function systemOf({ os, bootloader, bootloaderArgs }: Domain, type: XlType): Settings {
  const direct = { kernel: os?.kernel, ramdisk: os?.initrd, cmdline: os?.cmdline };
  if (type !== "hvm") {
    const args =
      bootloaderArgs === undefined
        ? []
        : text(bootloaderArgs)
            .split(/[ \t\n]+/)
            .filter((each) => each !== "");
    // A PV guest that says nothing gets pygrub.
    const fallback = type === "pv" && os?.kernel === undefined ? "pygrub" : undefined;
    return { bootloader: bootloader ?? fallback, bootloader_args: list(args), ...direct };
  }
  const isUefi = os?.firmware === "efi" || os?.loaderType === "pflash";
  const order = (os?.bootDevices ?? []).map(({ dev }) => BOOT_LETTERS[text(dev)] ?? "c").join("");
  return {
    bios: isUefi ? "ovmf" : undefined,
    acpi_firmware: os?.acpi?.tables?.find(({ type: kind }) => kind === "slic")?.path,
    ...direct,
    boot: order === "" ? "c" : order,
  };
}

function soundOf({ devices }: Domain, type: XlType): string | undefined {
  const model = devices?.sounds?.[0]?.model;
  if (type !== "hvm" || model === undefined) return undefined;
  return model === "ich6" ? "hda" : text(model);
}

/** Limits of Xen's bus, and USB controllers. */
function busOf({ devices }: Domain): Settings {
  const controllers = devices?.controllers ?? [];
  const bus = controllers.find(({ type }) => type === "xenbus")?.xenBus;
  return {
    max_event_channels: number(bus?.maxEventChannels),
    max_grant_frames: number(bus?.maxGrantFrames),
    usbctrl: list(
      controllers
        .filter(({ type }) => type === "usb")
        .map(({ model, usb }) => `type=qusb,version=${model === "qusb1" ? 1 : 2},ports=${usb?.port ?? 8}`),
    ),
  };
}
