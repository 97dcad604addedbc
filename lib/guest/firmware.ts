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
  const loader = uefi.loader ?? chooseLoader(loadersOf(place), uefi.secureBoot === true);
  if (loader === undefined) return noLoader(place, uefi.secureBoot === true);
  const template = uefi.nvramTemplate ?? variableStoreOf(loader);
  return {
    loader,
    loaderReadonly: "yes",
    loaderType: "pflash",
    ...(uefi.secureBoot ? { loaderSecure: "yes" } : {}),
    nvRam: {
      nvRam: uefi.nvram ?? `/var/lib/libvirt/qemu/nvram/${place.guest}_VARS.fd`,
      ...(template === undefined ? {} : { template }),
    },
  };
}

function loadersOf({ facts, virtType, arch, machine }: FirmwarePlace): readonly string[] {
  const capabilities =
    facts?.domainCapabilitiesFor(virtType, arch, machine) ?? facts?.domainCapabilitiesFor(virtType, arch);
  return capabilities?.loaders ?? [];
}

/** Hosts list their firmware in no order: with Microsoft's keys, with Secure Boot and no keys, and plain. */
function chooseLoader(loaders: readonly string[], secureBoot: boolean): string | undefined {
  const withKeys = loaders.filter((loader) => /\.ms\.fd$|\.ms\.bin$/.test(loader));
  const secure = loaders.filter((loader) => /secboot|secure/i.test(loader) && !withKeys.includes(loader));
  const plain = loaders.filter((loader) => !withKeys.includes(loader) && !secure.includes(loader));
  return secureBoot ? (withKeys[0] ?? secure[0]) : plain[0];
}

/** OVMF_CODE_4M.ms.fd goes with OVMF_VARS_4M.ms.fd; an image for Secure Boot without keys with the plain store. */
function variableStoreOf(loader: string): string | undefined {
  if (isLate(loader) || !loader.includes("CODE")) return undefined;
  return loader.replace(".secboot", "").replace("CODE", "VARS");
}

function noLoader({ hostLabel, arch }: FirmwarePlace, secureBoot: boolean): PropIssue {
  const what = secureBoot ? "UEFI firmware with Secure Boot" : "UEFI firmware";
  return {
    prop: "firmware",
    message: `${what} is needed, but nothing says where it lies on ${hostLabel} (${arch})`,
    fix: `give the facts of ${hostLabel} with its domain capabilities, or the paths: Firmware.uefi({ loader: "/usr/share/OVMF/OVMF_CODE_4M.fd", nvramTemplate: "/usr/share/OVMF/OVMF_VARS_4M.fd" })`,
  };
}
