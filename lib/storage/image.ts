import { isLate } from "../plan/late";

export type ImageFormat = "qcow2" | "raw" | "iso";

const BRAND = Symbol.for("virt-constructs/Image");

/** A disk image to make volumes of: a cloud image, an installation ISO, an appliance. */
export class Image {
  /**
   * An image that the machine that runs Terraform downloads and uploads to the host.
   *
   * @param format @default - by the name's end: .iso, .raw, else qcow2
   */
  static fromUrl(url: string, options: { readonly format?: ImageFormat } = {}): Image {
    return new Image(url, options.format ?? formatOf(url));
  }

  /** An image file on the machine that runs Terraform. */
  static fromFile(path: string, options: { readonly format?: ImageFormat } = {}): Image {
    return new Image(path, options.format ?? formatOf(path));
  }

  static isImage(value: unknown): value is Image {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    /** URL or path, as the provider takes it. */
    readonly location: string,
    readonly format: ImageFormat,
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The file's own name, for the volume that holds it; undefined when it is late or has none. */
  get fileName(): string | undefined {
    if (typeof this.location !== "string" || isLate(this.location)) return undefined;
    const name = /([^/?#]+)(?:[?#].*)?$/.exec(this.location)?.[1];
    return name === "" ? undefined : name;
  }
}

function formatOf(location: string): ImageFormat {
  if (typeof location !== "string" || isLate(location)) return "qcow2";
  const path = location.replace(/[?#].*$/, "").toLowerCase();
  if (path.endsWith(".iso")) return "iso";
  return path.endsWith(".raw") ? "raw" : "qcow2";
}
