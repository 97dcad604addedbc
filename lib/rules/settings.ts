import type { PlanGuest } from "../plan/guest";
import { isLate } from "../plan/late";
import {
  fail,
  having,
  needsFacts,
  type Outcome,
  pass,
  qemuGuests,
  type Subjects,
  undetermined,
} from "../rule";
import { anyOf } from "./hyp/offers";
import { isAtLeast } from "./versions";

/** What a device is, as far as its settings depend on it: its bus, its model. */
export interface Kind<Device> {
  readonly name: string;
  /** Undefined when libvirt chooses, or the device has none. */
  readonly of: (device: Device, guest: PlanGuest) => string | undefined;
  /** How a device comes to be of one of these kinds: `set target.bus to "usb"`. */
  readonly become: (kinds: readonly string[]) => string;
}

/** The kinds that an attribute of the device states. */
export function statedBy<Device>(name: string, at: string, of: Kind<Device>["of"]): Kind<Device> {
  return { name, of, become: (kinds) => `set ${at} to ${anyOf(kinds.map((each) => `"${each}"`))}` };
}

/** A setting that some kinds of a device have, or none any more. */
export type Setting<Device> = {
  /** Attribute of the device: `target.removable`. */
  readonly attribute: string;
  /** The values that count; others ask for nothing. @default - all */
  readonly values?: readonly unknown[];
  /** Whether it counts on this device. @default - always */
  readonly counts?: (device: Device) => boolean;
} & (
  | {
      readonly kind: Kind<Device>;
      /** The kinds that have it. */
      readonly only: readonly string[];
      /** Further kinds, and the version of libvirt since which they have it. @default - none */
      readonly since?: readonly [version: string, kinds: readonly string[]];
    }
  | { /** Why no kind has it: `which QEMU does not know`. */ readonly never: string }
);

/** The devices of a guest that some settings are of. */
export interface Devices<Device> {
  /** Attribute of the guest: `devices.disks`. */
  readonly list: string;
  readonly of: (guest: PlanGuest) => readonly Device[];
  /** What the user would call one: `Disk vda`. */
  readonly label: (device: Device, index: number) => string;
  readonly settings: readonly Setting<Device>[];
}

/** The guests that set one of the settings, or another attribute of such a device. */
export function settingSome<Device>(
  { list, settings }: Devices<Device>,
  ...others: readonly string[]
): Subjects<PlanGuest> {
  const attributes = [...settings.flatMap(attributesOf), ...others];
  return having(qemuGuests, ...new Set(attributes.map((attribute) => `${list}[].${attribute}`)));
}

/** An attribute, or each of its words that count where only some do. */
function attributesOf<Device>({ attribute, values }: Setting<Device>): string[] {
  const isOfWords = values?.every((value) => typeof value === "string");
  return isOfWords ? values!.map((value) => `${attribute}=${value}`) : [attribute];
}

/** Whether each setting of each device is one of the kind of device. */
export function* checkSettings<Device>(guest: PlanGuest, devices: Devices<Device>): Iterable<Outcome> {
  for (const [index, device] of devices.of(guest).entries()) {
    for (const setting of devices.settings) {
      const value = valueAt(device, setting.attribute);
      // Zero is what libvirt has where nothing is set.
      if (value === undefined || value === 0) continue;
      yield checkSetting(guest, devices, index, setting, value);
    }
  }
}

function checkSetting<Device>(
  guest: PlanGuest,
  { list, of, label }: Devices<Device>,
  index: number,
  setting: Setting<Device>,
  value: unknown,
): Outcome {
  const { attribute, values, counts = () => true } = setting;
  const device = of(guest)[index]!;
  if (values && !isLate(value) && !values.includes(value) && typeof value !== "object") return pass;
  const kind = "kind" in setting ? setting.kind : undefined;
  const has = kind?.of(device, guest);
  if ("only" in setting && (has === undefined || setting.only.includes(has))) return pass;
  if (isLate(device) || isLate(has) || (isLate(value) && (values || typeof value === "object"))) {
    return undetermined(
      `${attribute}${kind ? ` or the ${kind.name}` : ""} of a device is known only at apply`,
    );
  }
  if ((values && !values.includes(value)) || !counts(device)) return pass;
  const [version, later] = ("only" in setting ? setting.since : undefined) ?? ["", []];
  const known = later.includes(has ?? "") ? isAtLeast(guest.host.facts?.data.libvirtVersion, version) : false;
  if (known === undefined) return needsFacts(guest.host);
  if (known) return pass;
  const sets = `${label(device, index)} of "${guest.label}" sets ${attribute}${typeof value === "object" ? "" : ` to ${value}`}`;
  const at = `${list}[${index}].${attribute}`;
  if ("never" in setting) {
    return fail({ at, message: `${sets}, ${setting.never}.`, fix: `remove ${attribute}` });
  }
  const { only } = setting;
  const since = later.length > 0 ? `, and from libvirt ${version} on ${anyOf(later)}` : "";
  return fail({
    at,
    message: `${sets}, which is for ${kind!.name} ${anyOf(only)}${since}; its ${kind!.name} is ${has}.`,
    fix: `remove ${attribute}, or ${kind!.become(only)}`,
  });
}

const KEYS = new Map<string, readonly string[]>();

function keysOf(attribute: string): readonly string[] {
  let keys = KEYS.get(attribute);
  if (keys === undefined) {
    keys = attribute.split(".");
    KEYS.set(attribute, keys);
  }
  return keys;
}

function valueAt(device: unknown, attribute: string): unknown {
  let value = device;
  for (const key of keysOf(attribute)) {
    // What is late as a whole may set it or not.
    if (isLate(value)) return value;
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  return value;
}
