import { XEN_VIDEO_MEMORY } from "../plan/video-memory";
import type {
  DomainDevices,
  DomainDevicesGraphics,
  DomainDevicesGraphicsSpice,
  DomainDevicesGraphicsVnc,
} from "../provider/domain";
import { type Options, wholeNumber } from "./options";
import { KeyValues } from "./spec";
import type { XlType } from "./type";

type Displays = Pick<DomainDevices, "graphics" | "videos">;

/** Video cards by xl's name, and the memory in KiB that libvirt gives them. */
const CARDS: Readonly<Record<string, { type: string; vram: number }>> = {
  stdvga: cardOfModel("vga"),
  cirrus: cardOfModel("cirrus"),
  qxl: cardOfModel("qxl"),
};

function cardOfModel(type: string): { type: string; vram: number } {
  return { type, vram: XEN_VIDEO_MEMORY.get(type)!.vram! };
}

/** The display of a guest and the card behind it. */
export function displaysOf(options: Options, type: XlType): Displays {
  options.ignore("vncviewer", "vncconsole");
  if (type !== "hvm") {
    const graphics = framebufferOf(options, type);
    return graphics ? { graphics: [graphics] } : {};
  }
  if (options.has("vfb")) options.lose("vfb", "an HVM guest's display is set with vnc, sdl and spice");
  const graphics = hvmGraphics(options);
  const card = cardOf(options);
  return {
    ...(graphics && { graphics: [graphics] }),
    ...(card && { videos: [{ model: { ...card, heads: 1, primary: "yes" } }] }),
  };
}

function cardOf(options: Options): { type: string; vram: number } | undefined {
  const name = options.choice("vga", ["stdvga", "cirrus", "qxl", "none"]);
  const standard = options.flag("stdvga");
  const memory = options.number("videoram", { max: 2 ** 20 });
  const nographic = options.flag("nographic");
  if (name === "none" || nographic === true) return undefined;
  const card = CARDS[name ?? (standard === true ? "stdvga" : "cirrus")]!;
  return memory === undefined ? card : { ...card, vram: memory * 1024 };
}

/** libvirt hands on one display: SPICE before all others. xl has VNC where nobody says anything. */
function hvmGraphics(options: Options): DomainDevicesGraphics | undefined {
  const asked = options.flag("vnc");
  const spice = options.flag("spice") === true ? spiceOf(options) : undefined;
  const sdl = options.flag("sdl") === true;
  const vnc = asked ?? (spice === undefined && !sdl);
  const server = vncOf(options, options);
  if (spice !== undefined) {
    if (asked === true)
      options.lose("vnc", "libvirt's Xen driver gives a guest one display, and SPICE is one");
    return { spice };
  }
  if (vnc) return { vnc: server };
  return sdl ? sdlOf((key) => options.text(key)) : undefined;
}

/** Where settings of a display stand: at the top of the file, or in a `vfb`. */
interface Source {
  text(key: string): string | undefined;
}

function vncOf(source: Source, options: Options): DomainDevicesGraphicsVnc {
  const [listen = "127.0.0.1", display = source.text("vncdisplay")] = splitDisplay(
    source.text("vnclisten"),
    options,
  );
  const unused = source.text("vncunused");
  const passwd = source.text("vncpasswd");
  const keymap = source.text("keymap");
  const number = display === undefined ? 0 : wholeNumber(display);
  if (number === undefined || number < 0 || number > 59635) {
    throw options.wrong(
      "vncdisplay",
      `is ${JSON.stringify(display)}: expected a number such as 0, for port 5900`,
    );
  }
  // xl looks for a free display unless told not to.
  const isFixed = unused !== undefined && wholeNumber(unused) === 0;
  return {
    ...(isFixed ? { autoPort: false, port: 5900 + number } : { autoPort: true }),
    listen,
    ...(passwd !== undefined && { passwd }),
    ...(keymap !== undefined && { keymap }),
  };
}

/** `0.0.0.0:1` is an address and a display, QEMU's options may follow; in an IPv6 address no colon is. */
function splitDisplay(given: string | undefined, options: Options): [listen?: string, display?: string] {
  if (given === undefined) return [];
  const [listen = "", ...others] = given.split(",");
  for (const other of others) {
    options.losePart(
      "vnclisten",
      other,
      options.placeOf("vnclisten"),
      "libvirt has no word for QEMU's options",
    );
  }
  const [, address, display] = /^([^:]*|\[.*\]):(\d+)$/.exec(listen) ?? [];
  return address === undefined ? [listen] : [address, display];
}

function sdlOf(text: (key: string) => string | undefined): DomainDevicesGraphics {
  const display = text("display");
  const xauth = text("xauthority");
  return { sdl: { ...(display !== undefined && { display }), ...(xauth !== undefined && { xauth }) } };
}

function spiceOf(options: Options): DomainDevicesGraphicsSpice {
  const port = options.number("spiceport", { max: 65535 });
  const tlsPort = options.number("spicetls_port", { max: 65535 });
  const listen = options.text("spicehost");
  const passwd = options.text("spicepasswd");
  const clipboard = options.flag("spice_clipboard_sharing") ?? false;
  if (options.flag("spicevdagent") === true && !clipboard) {
    options.lose("spicevdagent", "libvirt switches the agent on with the clipboard alone");
  }
  if (passwd === undefined && options.flag("spicedisable_ticketing") !== true) {
    options.note("spice", "asks for a password and has none, which xl refuses: libvirt asks for none");
  }
  options.ignore("spicedisable_ticketing");
  return {
    ...(port || tlsPort
      ? { autoPort: false, ...(port && { port }), ...(tlsPort && { tlsPort }) }
      : { autoPort: true }),
    listen: listen ?? "127.0.0.1",
    ...(passwd !== undefined && { passwd }),
    mouse: { mode: (options.flag("spiceagent_mouse") ?? true) ? "client" : "server" },
    clipBoard: { copyPaste: clipboard ? "yes" : "no" },
  };
}

/** Of a paravirtual guest, `vfb`; a PV guest may say it as an HVM guest does. */
function framebufferOf(options: Options, type: XlType): DomainDevicesGraphics | undefined {
  const [first, ...others] = options.texts("vfb");
  for (const [index, other] of others.entries()) {
    options.losePart(
      `vfb[${index + 1}]`,
      other.text,
      other,
      "libvirt's Xen driver gives a guest one display",
    );
  }
  if (first === undefined) {
    if (type === "pvh" || options.flag("vnc") !== true) return undefined;
    return { vnc: vncOf(options, options) };
  }
  const values = new KeyValues(first, "vfb[0]");
  const read = (key: string) => values.take(key);
  const kind = values.take("type");
  const isSdl = kind === "sdl" || values.take("sdl") === "1";
  // Who gives only the address means VNC too.
  const wantsVnc = values.take("vnc") !== "0";
  const graphics = isSdl ? sdlOf(read) : wantsVnc ? { vnc: vncOf({ text: read }, options) } : undefined;
  for (const [key, value] of values.rest) {
    if (key === "vncconsole" || key === "opengl") continue;
    options.losePart(`vfb[0]: ${key}`, value, first, "libvirt has no word for it");
  }
  return graphics;
}
