import type { Planned } from "../plan/late";
import { XEN_VIDEO_MEMORY } from "../plan/video-memory";
import type { DomainConfig, DomainDevicesSerials } from "../provider/domain";
import { list, number, type Settings, text } from "./derive-values";
import type { XlType } from "./type";

type Domain = Planned<DomainConfig>;
type Graphics = Exclude<NonNullable<Domain["devices"]>["graphics"], undefined | string>[number];

/** xl's name of a card, and the model that it is of. */
const CARDS: Readonly<Record<string, { vga: string; model: string }>> = {
  vga: { vga: "stdvga", model: "vga" },
  xen: { vga: "stdvga", model: "vga" },
  cirrus: { vga: "cirrus", model: "cirrus" },
  qxl: { vga: "qxl", model: "qxl" },
};

/** SPICE before all others, else the first display. */
export function displaysOf({ devices }: Domain, type: XlType): Settings {
  const all = (devices?.graphics ?? []) as readonly Graphics[];
  const chosen = all.find(({ spice }) => spice !== undefined) ?? all[0];
  if (type !== "hvm") return { vfb: framebuffer(all.find(({ vnc, sdl }) => vnc ?? sdl)) };
  // Without a card of its own, a display brings a Cirrus.
  const model = devices?.videos?.[0]?.model ?? (chosen && { type: "cirrus", vram: undefined });
  const card = model && CARDS[text(model.type)];
  const vram = model?.vram ?? (card && XEN_VIDEO_MEMORY.get(card.model)!.vram);
  return {
    ...(card
      ? { vga: card.vga, videoram: typeof vram === "number" ? Math.ceil(vram / 1024) : number(vram) }
      : { vga: "none" }),
    ...serverOf(chosen),
  };
}

function serverOf(graphics: Graphics | undefined): Settings {
  if (graphics?.spice) return { sdl: 0, vnc: 0, ...spiceOf(graphics.spice) };
  if (graphics?.sdl) return { sdl: 1, vnc: 0, display: graphics.sdl.display, xauthority: graphics.sdl.xauth };
  return graphics?.vnc ? { sdl: 0, vnc: 1, ...vncOf(graphics.vnc) } : { sdl: 0, vnc: 0 };
}

function vncOf(vnc: NonNullable<Graphics["vnc"]>): Record<string, string | number | undefined> {
  const isFixed = vnc.autoPort !== true && typeof vnc.port === "number" && vnc.port >= 5900;
  return {
    vncunused: isFixed ? 0 : 1,
    vncdisplay: isFixed ? (vnc.port as number) - 5900 : undefined,
    vnclisten: listenOf(vnc),
    vncpasswd: vnc.passwd === undefined ? undefined : "***",
    keymap: vnc.keymap as string | undefined,
  };
}

function listenOf({ listen, listeners }: NonNullable<Graphics["vnc"] | Graphics["spice"]>): string {
  const first = (listeners as readonly { address?: { address?: string } }[] | undefined)?.[0];
  return text(listen ?? first?.address?.address ?? "127.0.0.1");
}

function spiceOf(spice: NonNullable<Graphics["spice"]>): Settings {
  const isClient = spice.mouse?.mode !== "server";
  const shares = spice.clipBoard?.copyPaste === "yes";
  return {
    spice: 1,
    spicehost: listenOf(spice),
    spiceport: spice.autoPort === true ? undefined : number(spice.port),
    spicetls_port: number(spice.tlsPort),
    spicedisable_ticketing: spice.passwd === undefined ? 1 : 0,
    spicepasswd: spice.passwd === undefined ? undefined : "***",
    spiceagent_mouse: isClient ? 1 : 0,
    spice_clipboard_sharing: shares ? 1 : undefined,
    spicevdagent: shares ? 1 : undefined,
  };
}

function framebuffer(graphics: Graphics | undefined): Settings[string] {
  if (graphics === undefined) return undefined;
  const { vnc, sdl } = graphics;
  const values = vnc ? { vnc: 1, ...vncOf(vnc) } : { sdl: 1, display: sdl?.display, xauthority: sdl?.xauth };
  const parts = Object.entries(values).filter(([, value]) => value !== undefined);
  return [parts.map(([key, value]) => `${key}=${value}`).join(",")];
}

export function charactersOf({ devices }: Domain, type: XlType): Settings {
  const channels = (devices?.channels ?? []).filter(({ target }) => target?.xen !== undefined);
  const serials = type === "hvm" ? (devices?.serials ?? []) : [];
  return { serial: serialsOf(serials), channel: list(channels.map(channelSpec)) };
}

type Serial = Planned<DomainDevicesSerials>;

/** One port is a text, several are a list in which a missing one is named. */
function serialsOf(serials: readonly Serial[]): Settings[string] {
  const byPort = new Map(serials.map((serial, index) => [Number(serial.target?.port ?? index), serial]));
  const last = Math.max(-1, ...[...byPort.keys()].filter((port) => port < 16));
  if (last === -1) return undefined;
  const texts = Array.from({ length: last + 1 }, (_, port) =>
    byPort.has(port) ? serialSpec(byPort.get(port)!) : "none",
  );
  return texts.length === 1 ? texts[0] : texts;
}

function serialSpec({ source, protocol }: Serial): string {
  if (source?.dev) return text(source.dev.path);
  if (source?.file) return `file:${source.file.path}`;
  if (source?.pipe) return `pipe:${source.pipe.path}`;
  if (source?.unix) return `unix:${source.unix.path}${source.unix.mode === "bind" ? ",server,nowait" : ""}`;
  if (source?.tcp) {
    const { host = "", service = "", mode } = source.tcp;
    return `${protocol?.type === "telnet" ? "telnet" : "tcp"}:${host}:${service}${mode === "bind" ? ",server,nowait" : ""}`;
  }
  if (source?.udp) {
    const { connectHost, connectService, bindHost, bindService } = source.udp;
    return `udp:${connectHost}:${connectService}@${bindHost}:${bindService}`;
  }
  return source?.null ? "null" : source?.stdIo ? "stdio" : source?.vc ? "vc" : "pty";
}

function channelSpec({
  source,
  target,
}: Exclude<NonNullable<Domain["devices"]>["channels"], undefined | string>[number]): string {
  const unix = source?.unix;
  const place = unix ? ["connection=socket", unix.path && `path=${unix.path}`] : ["connection=pty"];
  return [...place, target?.xen?.name && `name=${target.xen.name}`].filter(Boolean).join(",");
}

export function inputsOf({ devices }: Domain, type: XlType): Settings {
  const usb = (devices?.inputs ?? []).filter(({ bus, type: kind }) => bus === "usb" && kind !== "keyboard");
  if (type !== "hvm" || usb.length === 0) return {};
  const kinds = usb.map(({ type: kind }) => text(kind));
  return { usb: 1, usbdevice: kinds.length === 1 ? kinds[0] : kinds };
}
