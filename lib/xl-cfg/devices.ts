import { withoutEmptyLists } from "../plan/json";
import type { DomainConfig, DomainDevices, DomainDevicesControllers } from "../provider/domain";
import { charactersOf } from "./characters";
import { disksOf } from "./disks";
import { displaysOf } from "./displays";
import { pciDevicesOf, usbDevicesOf } from "./host-devices";
import { nicsOf } from "./nics";
import type { Options } from "./options";
import { KeyValues } from "./spec";
import { XlCfgError } from "./syntax";
import type { XlType } from "./type";

/** Everything that a guest has beside memory and CPUs. */
export function devicesOf(options: Options, type: XlType): DomainDevices {
  const emulator = options.text("device_model_override");
  return withoutEmptyLists({
    ...(emulator !== undefined && { emulator }),
    disks: disksOf(options, type),
    controllers: controllersOf(options),
    interfaces: nicsOf(options, type),
    ...charactersOf(options, type),
    ...displaysOf(options, type),
    inputs: type === "hvm" ? inputsOf(options) : [],
    sounds: type === "hvm" ? soundsOf(options) : [],
    hostdevs: [...pciDevicesOf(options), ...usbDevicesOf(options)],
  });
}

/** Limits of Xen's own bus, and paravirtual USB controllers. */
function controllersOf(options: Options): DomainDevicesControllers[] {
  const maxGrantFrames = options.number("max_grant_frames");
  const maxEventChannels = options.number("max_event_channels");
  const xenBus = {
    ...(maxGrantFrames !== undefined && { maxGrantFrames }),
    ...(maxEventChannels !== undefined && { maxEventChannels }),
  };
  const usb = options.texts("usbctrl").map((text, index) => {
    const at = `usbctrl[${index}]`;
    const values = new KeyValues(text, at);
    const kind = values.take("type");
    if (kind !== undefined && kind !== "auto" && kind !== "pv" && kind !== "qusb") {
      options.losePart(
        `${at}: type`,
        kind,
        text,
        "libvirt's Xen driver has the paravirtual controller alone",
      );
    }
    const version = values.number("version") ?? 2;
    if (version !== 1 && version !== 2)
      throw new XlCfgError(`${at} has version=${version}: expected 1 or 2`, text);
    const port = values.number("ports") ?? 8;
    for (const [key, value] of values.rest)
      options.losePart(`${at}: ${key}`, value, text, "libvirt has no word for it");
    return { type: "usb", index, model: `qusb${version}`, usb: { port } };
  });
  return [...(Object.keys(xenBus).length > 0 ? [{ type: "xenbus", xenBus }] : []), ...usb];
}

/** Emulated input devices; the controller that they need comes with them. */
function inputsOf(options: Options): { type: string; bus: string }[] {
  const devices = options.textOrTexts("usbdevice");
  const inputs = devices.flatMap((text) => {
    if (text.text === "tablet" || text.text === "mouse") return [{ type: text.text, bus: "usb" }];
    options.losePart(
      "usbdevice",
      text.text,
      text,
      text.text.startsWith("host:")
        ? "libvirt's Xen driver passes devices on by usbdev and a paravirtual controller"
        : "libvirt's Xen driver has emulated tablets and mice alone",
    );
    return [];
  });
  const usb = options.flag("usb");
  if (usb === true && inputs.length === 0)
    options.lose("usb", "libvirt's Xen driver adds it with an input device alone");
  return inputs;
}

const SOUND_MODELS: Readonly<Record<string, string>> = { hda: "ich6" };

function soundsOf(options: Options): { model: string }[] {
  const text = options.text("soundhw");
  if (text === undefined) return [];
  const models = text === "all" ? ["es1370"] : text.split(",").map((model) => model.trim());
  return models.flatMap((model, index) => {
    if (
      index > 0 ||
      (SOUND_MODELS[model] === undefined && !["es1370", "ac97", "sb16", "ich6"].includes(model))
    ) {
      const why =
        index > 0
          ? "libvirt's Xen driver gives a guest one sound card"
          : "libvirt's Xen driver has hda, es1370, ac97 and sb16";
      options.losePart("soundhw", model, options.placeOf("soundhw"), why);
      return [];
    }
    return [{ model: SOUND_MODELS[model] ?? model }];
  });
}

/** Arguments for the device model, those for all guests first. */
export function commandLineOf(options: Options, type: XlType): Pick<DomainConfig, "xenCommandline"> {
  const args = [
    "device_model_args",
    type === "hvm" ? "device_model_args_hvm" : "device_model_args_pv",
  ].flatMap((name) => options.texts(name).map(({ text }) => ({ value: text })));
  return args.length === 0 ? {} : { xenCommandline: { args } };
}
