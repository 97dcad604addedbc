import { z } from "zod";
import type { HostFacts } from "../host-facts";
import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";
import { absolutePath, check, instance, literal } from "../props";
import type { DomainOs } from "../provider/domain";

/** Where UEFI firmware lies, and what it is to do. */
export interface UefiOptions {
  /** Path of the firmware image on the host. @default - one that the host's facts list */
  readonly loader?: string;
  /** Path of the variable store that the guest's own is copied from. @default - the one beside the loader */
  readonly nvramTemplate?: string;
  /** Path of the guest's own variable store. @default - /var/lib/libvirt/qemu/nvram/NAME_VARS.fd */
  readonly nvram?: string;
  /** Boot only what carries a trusted signature; needs q35 on x86_64, and is known at synth. @default false */
  readonly secureBoot?: boolean;
}

const schema = z.strictObject({
  loader: absolutePath.optional(),
  nvramTemplate: absolutePath.optional(),
  nvram: absolutePath.optional(),
  secureBoot: literal(
    z.boolean({ error: "must be true or false" }),
    "it decides which firmware is taken",
  ).optional(),
});

const BRAND = Symbol.for("virt-constructs/Firmware");

/** What starts a guest before its operating system. */
export class Firmware {
  /** SeaBIOS, QEMU's own default on x86. */
  static bios(): Firmware {
    return new Firmware(undefined);
  }

  /** UEFI (OVMF, AAVMF), by explicit paths: letting libvirt choose never plans empty with the provider. */
  static uefi(options: UefiOptions = {}): Firmware {
    const { usable, issues } = check(schema, options);
    return new Firmware(usable, issues);
  }

  /** Whether a value is a Firmware, of this or another copy of the package. */
  static isFirmware(value: unknown): value is Firmware {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    /** Undefined for BIOS. */
    readonly uefi: UefiOptions | undefined,
    /** @internal What is wrong with the arguments. */
    readonly issues: readonly PropIssue[] = [],
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}

export const firmware = instance(Firmware.isFirmware, "a Firmware, such as Firmware.uefi()");

/** Where a guest is to find its firmware. */
export interface FirmwarePlace {
  readonly facts?: HostFacts;
  readonly hostLabel: string;
  readonly virtType: string;
  readonly arch: string;
  readonly machine: string;
  readonly guest: string;
}

/** The provider's loader and variable store of a UEFI firmware, or what is missing to name them. */
export function uefiConfig(uefi: UefiOptions, place: FirmwarePlace): Partial<DomainOs> | PropIssue {
  const secureBoot = uefi.secureBoot === true;
  const loader = uefi.loader ?? chooseLoader(loadersOf(place), secureBoot);
  if (loader === undefined) return noLoader(place, secureBoot);
  const template = uefi.nvramTemplate ?? variableStoreOf(loader, secureBoot);
  // What is built for Secure Boot keeps its variables in SMM, asked for or not; ARM has no SMM.
  const isBuiltForIt = uefi.loader === undefined && isSecure(loader);
  const smm = (secureBoot || isBuiltForIt) && place.arch === "x86_64";
  const qcow2 = !isLate(loader) && loader.endsWith(".qcow2");
  return {
    loader,
    loaderReadonly: "yes",
    loaderType: "pflash",
    ...(qcow2 && { loaderFormat: "qcow2" }),
    ...(smm && { loaderSecure: "yes" }),
    nvRam: {
      nvRam: uefi.nvram ?? `/var/lib/libvirt/qemu/nvram/${place.guest}_VARS.${qcow2 ? "qcow2" : "fd"}`,
      ...(template !== undefined && { template }),
      ...(qcow2 && { format: "qcow2", templateFormat: "qcow2" }),
    },
  };
}

function loadersOf({ facts, virtType, arch, machine }: FirmwarePlace): readonly string[] {
  const capabilities =
    facts?.domainCapabilitiesFor(virtType, arch, machine) ?? facts?.domainCapabilitiesFor(virtType, arch);
  return capabilities?.loaders ?? [];
}

const fileOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
/** Its variable store comes with keys: Microsoft's, or those of SUSE. */
const hasKeys = (loader: string) => /[.-](?:ms|suse|opensuse)[.-]/.test(fileOf(loader));
const isSecure = (loader: string) => /(?<!no-)secboot|[.-](?:secure|smm)[.-]/.test(fileOf(loader));
/** For guests with encrypted memory only. */
const isConfidential = (loader: string) => /sev|tdx/i.test(fileOf(loader));

/** Hosts list their firmware in no order: with keys, for Secure Boot but without keys, and plain. */
function chooseLoader(loaders: readonly string[], secureBoot: boolean): string | undefined {
  const usable = loaders.filter((loader) => !isConfidential(loader));
  const isPlain = (loader: string) => !hasKeys(loader) && !isSecure(loader);
  const wanted = secureBoot ? [hasKeys, isSecure] : [isPlain, isSecure];
  // Raw images are understood by every libvirt.
  const forms = [(loader: string) => !loader.endsWith(".qcow2"), () => true];
  for (const kind of wanted) {
    for (const form of forms) {
      const found = usable.find((loader) => kind(loader) && form(loader));
      if (found) return found;
    }
  }
  return undefined;
}

/**
 * The store that goes with a loader, by the names that distributions give them; elsewhere libvirt knows it. Of an
 * image for Secure Boot there are two: on Debian the one with keys is called .ms, on Fedora .secboot.
 */
function variableStoreOf(loader: string, secureBoot: boolean): string | undefined {
  if (isLate(loader) || !fileOf(loader).includes("CODE")) return undefined;
  const folder = loader.slice(0, -fileOf(loader).length);
  const file = fileOf(loader).replace("CODE", "VARS");
  const keys = folder.includes("/edk2/") ? ".secboot" : ".ms";
  return folder + file.replace(/\.(?:no-)?secboot/, secureBoot ? keys : "");
}

function noLoader({ hostLabel, arch }: FirmwarePlace, secureBoot: boolean): PropIssue {
  const what = secureBoot ? "UEFI firmware with Secure Boot" : "UEFI firmware";
  return {
    prop: "firmware",
    message: `${what} is needed, but nothing says where it lies on ${hostLabel} (${arch})`,
    fix: `give the facts of ${hostLabel} with its domain capabilities, or the paths: Firmware.uefi({ loader: "/usr/share/OVMF/OVMF_CODE_4M.fd", nvramTemplate: "/usr/share/OVMF/OVMF_VARS_4M.fd" })`,
  };
}
