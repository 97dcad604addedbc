import { z } from "zod";
import type { PropIssue } from "../plan/intent";
import { QEMU_VIDEO_MEMORY, XEN_VIDEO_MEMORY } from "../plan/video-memory";
import { check, instance, text } from "../props";
import type { DomainDevicesGraphics, DomainDevicesVideos } from "../provider/domain";

/** How a display is reached. */
export interface GraphicsOptions {
  /** Address of the host on which the display listens. @default "127.0.0.1" */
  readonly listen?: string;
}

const schema = z.strictObject({ listen: text.optional() });

const BRAND = Symbol.for("virt-constructs/Graphics");

/** How a guest's display is reached, for instance with virt-viewer. */
export class Graphics {
  /** VNC on a port that the host chooses. */
  static vnc(options: GraphicsOptions = {}): Graphics {
    const { usable, issues } = check(schema, options);
    return new Graphics({ vnc: { autoPort: true, listen: usable.listen ?? "127.0.0.1" } }, issues);
  }

  /** SPICE on a port that the host chooses. Red Hat's QEMU builds no longer have it. */
  static spice(options: GraphicsOptions = {}): Graphics {
    const { usable, issues } = check(schema, options);
    return new Graphics({ spice: { autoPort: true, listen: usable.listen ?? "127.0.0.1" } }, issues);
  }

  /** No display: the serial console only. */
  static none(): Graphics {
    return new Graphics(undefined);
  }

  /** Whether a value is Graphics, of this or another copy of the package. */
  static isGraphics(value: unknown): value is Graphics {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    /** The provider's display; undefined for none. */
    readonly config: DomainDevicesGraphics | undefined,
    /** @internal What is wrong with the arguments. */
    readonly issues: readonly PropIssue[] = [],
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}

export const graphics = instance(Graphics.isGraphics, "Graphics, such as Graphics.vnc()");

/** With the memory that libvirt would give it: the provider takes every addition for a change. */
export function qemuVideoConfig(model: string): DomainDevicesVideos {
  if (model === "none") return { model: { type: model } };
  return { model: { ...videoConfig(model).model, ...QEMU_VIDEO_MEMORY.get(model) } };
}

/** The provider writes heads and primary back when they are left out, and the plan is never empty again. */
function videoConfig(model: string): DomainDevicesVideos {
  return { model: { type: model, heads: 1, primary: "yes" } };
}

/** The same for Xen. */
export function xenVideoConfig(model: string): DomainDevicesVideos {
  return { model: { ...videoConfig(model).model, ...XEN_VIDEO_MEMORY.get(model) } };
}
