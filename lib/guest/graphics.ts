import type { DomainDevicesGraphics, DomainDevicesVideos } from "../provider/domain";

export interface GraphicsOptions {
  /** Address of the host on which the display listens. @default "127.0.0.1" */
  readonly listen?: string;
}

const BRAND = Symbol.for("virt-constructs/Graphics");

/** How a guest's display is reached, for instance with virt-viewer. */
export class Graphics {
  /** VNC on a port that the host chooses. */
  static vnc(options: GraphicsOptions = {}): Graphics {
    return new Graphics({ vnc: { autoPort: true, listen: options.listen ?? "127.0.0.1" } });
  }

  /** SPICE on a port that the host chooses. Red Hat's QEMU builds no longer have it. */
  static spice(options: GraphicsOptions = {}): Graphics {
    return new Graphics({ spice: { autoPort: true, listen: options.listen ?? "127.0.0.1" } });
  }

  /** No display: the serial console only. */
  static none(): Graphics {
    return new Graphics(undefined);
  }

  static isGraphics(value: unknown): value is Graphics {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(readonly config: DomainDevicesGraphics | undefined) {
    Object.defineProperty(this, BRAND, { value: true });
  }
}

/** The provider writes heads and primary back when they are left out, and the plan is never empty again. */
export function videoConfig(model: string): DomainDevicesVideos {
  return { model: { type: model, heads: 1, primary: "yes" } };
}
