import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesGraphics } from "../../provider/domain";

export type Graphics = Planned<DomainDevicesGraphics>;

/** Kinds of graphics in the provider's spelling, and what libvirt calls them. */
export const GRAPHICS = {
  sdl: "sdl",
  vnc: "vnc",
  spice: "spice",
  eglHeadless: "egl-headless",
  dbus: "dbus",
  rdp: "rdp",
  desktop: "desktop",
} as const;
export type GraphicsKind = keyof typeof GRAPHICS;

/** The kind of a graphics device; undefined when it states none or is late. */
export function graphicsKind(graphics: Graphics): GraphicsKind | undefined {
  if (isLate(graphics)) return undefined;
  return (Object.keys(GRAPHICS) as GraphicsKind[]).find((kind) => graphics[kind] !== undefined);
}

/** Whether the guest has graphics of that kind; undefined when only apply knows. */
export function hasGraphics({ domain: { devices } }: PlanGuest, kind: GraphicsKind): boolean | undefined {
  const all = devices?.graphics ?? [];
  if (all.some((each) => graphicsKind(each) === kind)) return true;
  return all.some((each) => isLate(each)) ? undefined : false;
}
