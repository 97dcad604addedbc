import type { DomainClock, DomainConfig, DomainFeatures } from "../provider/domain";
import type { Options } from "./options";
import type { XlType } from "./type";

type Behaviour = Pick<
  DomainConfig,
  "features" | "clock" | "onPoweroff" | "onReboot" | "onCrash" | "secLabel"
>;

/** Features, the clock, and what happens at the end. */
export function behaviourOf(options: Options, type: XlType, hasPciDevices: boolean): Behaviour {
  const features = featuresOf(options, type, hasPciDevices);
  const clock = clockOf(options, type);
  const label = options.text("seclabel");
  return {
    ...(Object.keys(features).length > 0 && { features }),
    ...(clock && { clock }),
    ...actionsOf(options),
    ...(label !== undefined && { secLabel: [{ type: "static", model: "flask", label, relabel: "no" }] }),
  };
}

function featuresOf(options: Options, type: XlType, hasPciDevices: boolean): DomainFeatures {
  const passthrough = options.choice("passthrough", [
    "unknown",
    "disabled",
    "enabled",
    "sync_pt",
    "share_pt",
  ]);
  const xen = {
    ...(passthrough !== undefined &&
      passthrough !== "unknown" && { passthrough: passthroughOf(passthrough) }),
    ...(type === "pv" && memoryMapOf(options, hasPciDevices)),
  };
  return {
    ...(type === "hvm" && hvmFeatures(options)),
    ...hapOf(options, type),
    ...(Object.keys(xen).length > 0 && { xen }),
  };
}

function passthroughOf(mode: "disabled" | "enabled" | "sync_pt" | "share_pt") {
  if (mode === "disabled" || mode === "enabled") return { state: mode === "enabled" ? "on" : "off" };
  return { state: "on", mode };
}

/** xl shows a PV guest with PCI devices the host's memory map, unless told not to. */
function memoryMapOf(options: Options, hasPciDevices: boolean): { e820Host?: { state: string } } {
  const given = options.flag("e820_host");
  return (given ?? false) || hasPciDevices ? { e820Host: { state: "on" } } : {};
}

/** xl switches all of these on where nobody says; libvirt needs it written. */
function hvmFeatures(options: Options): DomainFeatures {
  const { acpi, apic, pae } = {
    acpi: options.flag("acpi") ?? true,
    apic: options.flag("apic") ?? true,
    pae: options.flag("pae") ?? true,
  };
  if (!pae) options.lose("pae", "libvirt switches PAE on for every 64-bit HVM guest");
  return { ...(acpi && { acpi: true }), ...(apic && { apic: {} }) };
}

function hapOf(options: Options, type: XlType): DomainFeatures {
  const hap = options.flag("hap");
  if (hap !== false) return {};
  if (type === "pv") {
    options.note("hap", "says nothing of a PV guest");
    return {};
  }
  return { hap: { state: "off" } };
}

const TSC_MODES = ["default", "always_emulate", "native", "native_paravirt"] as const;
const TSC_WORDS = {
  default: "auto",
  always_emulate: "emulate",
  native: "native",
  native_paravirt: "paravirt",
};

function clockOf(options: Options, type: XlType): DomainClock | undefined {
  const timer = timersOf(options, type);
  const localtime = options.flag("localtime") ?? false;
  const adjustment = options.number("rtc_timeoffset", { min: Number.MIN_SAFE_INTEGER }) ?? 0;
  if (!localtime && adjustment === 0 && timer.length === 0) return undefined;
  const timers = timer.length > 0 && { timer };
  if (type === "hvm" && adjustment !== 0) {
    return {
      offset: "variable",
      adjustment: String(adjustment),
      basis: localtime ? "localtime" : "utc",
      ...timers,
    };
  }
  if (adjustment !== 0) options.lose("rtc_timeoffset", "only an HVM guest has a clock that can be set off");
  return { offset: localtime ? "localtime" : "utc", ...timers };
}

function timersOf(options: Options, type: XlType): { name: string; present?: string; mode?: string }[] {
  const given = options.text("tsc_mode");
  const mode =
    given === undefined ? undefined : (TSC_MODES[Number(given)] ?? TSC_MODES.find((each) => each === given));
  if (given !== undefined && mode === undefined) {
    throw options.wrong("tsc_mode", `is ${JSON.stringify(given)}: expected ${TSC_MODES.join(", ")}`);
  }
  if (given !== undefined && given !== mode)
    options.note("tsc_mode", `is a number, which is deprecated: write "${mode}"`);
  const hpet = type === "hvm" ? options.flag("hpet") : undefined;
  if (hpet === false) options.lose("hpet", "libvirt's Xen driver can switch it on, not off");
  return [
    ...(mode === undefined || mode === "default"
      ? []
      : [{ name: "tsc", present: "yes", mode: TSC_WORDS[mode] }]),
    ...(hpet === true ? [{ name: "hpet", present: "yes" }] : []),
  ];
}

const EVENTS = { on_poweroff: "onPoweroff", on_reboot: "onReboot", on_crash: "onCrash" } as const;
const ACTIONS = [
  "destroy",
  "restart",
  "rename-restart",
  "preserve",
  "coredump-destroy",
  "coredump-restart",
  "soft-reset",
] as const;

/** What xl and libvirt both do where nobody says anything. */
const USUAL = { on_poweroff: "destroy", on_reboot: "restart", on_crash: "destroy" } as const;

function actionsOf(options: Options): Pick<DomainConfig, "onPoweroff" | "onReboot" | "onCrash"> {
  const actions: { onPoweroff?: string; onReboot?: string; onCrash?: string } = {};
  for (const [name, key] of Object.entries(EVENTS) as [
    keyof typeof EVENTS,
    (typeof EVENTS)[keyof typeof EVENTS],
  ][]) {
    const action = options.choice(name, ACTIONS);
    if (action === undefined || action === USUAL[name]) continue;
    const isDump = action.startsWith("coredump-");
    if (action === "soft-reset" || (isDump && key !== "onCrash")) {
      options.lose(name, `libvirt has no such action ${isDump ? "but for a crash" : ""}`.trim());
    } else actions[key] = action;
  }
  if (options.text("on_watchdog") !== "destroy") options.lose("on_watchdog", "libvirt has no action for it");
  if (options.text("on_soft_reset") !== "soft-reset")
    options.lose("on_soft_reset", "libvirt has no action for it");
  return actions;
}
