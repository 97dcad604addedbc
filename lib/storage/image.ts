import { z } from "zod";
import type { PropIssue } from "../plan/intent";
import { isLate } from "../plan/late";
import { check, choice, instance, literal, text } from "../props";

/** What an image is: QEMU's qcow2, raw bytes, or a CD image. */
export type ImageFormat = "qcow2" | "raw" | "iso";

const BRAND = Symbol.for("virt-constructs/Image");

const format = literal(choice("qcow2", "raw", "iso"), "the kind of device depends on it").optional();
const location = text.refine((given) => given !== "", { error: "must not be empty" });
const urlSchema = z.strictObject({ url: location, format });
const pathSchema = z.strictObject({ path: location, format });

/** A disk image to make volumes of: a cloud image, an installation ISO, an appliance. */
export class Image {
  /**
   * An image that the machine that runs Terraform downloads and uploads to the host.
   *
   * @param url may be a token
   * @param options.format `qcow2`, `raw` or `iso`. @default - by the name's end: .iso, .raw, else qcow2
   */
  static fromUrl(url: string, options: { readonly format?: ImageFormat } = {}): Image {
    const { usable, issues } = check(urlSchema, { url, ...options });
    return new Image(usable.url, usable.format, issues);
  }

  /**
   * An image file on the machine that runs Terraform.
   *
   * @param path may be a token
   * @param options.format `qcow2`, `raw` or `iso`. @default - by the name's end: .iso, .raw, else qcow2
   */
  static fromFile(path: string, options: { readonly format?: ImageFormat } = {}): Image {
    const { usable, issues } = check(pathSchema, { path, ...options });
    return new Image(usable.path, usable.format, issues);
  }

  /** Whether a value is an Image, of this or another copy of the package. */
  static isImage(value: unknown): value is Image {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  /** URL or path, as the provider takes it. */
  readonly location: string;
  /** As given, else by the name's end. */
  readonly format: ImageFormat;

  private constructor(
    location: string | undefined,
    format: ImageFormat | undefined,
    /** @internal What is wrong with the arguments. */
    readonly issues: readonly PropIssue[],
  ) {
    Object.defineProperty(this, BRAND, { value: true });
    this.location = location ?? "";
    this.format = format ?? formatOf(this.location);
  }

  /** The file's own name; undefined when it is late or has none. */
  get fileName(): string | undefined {
    return isLate(this.location)
      ? undefined
      : this.location
          .replace(/[?#].*$/, "")
          .split("/")
          .at(-1) || undefined;
  }

  /** The file's own name without its ending, as a part of a volume's name; `image` where it is late or has none. */
  get stem(): string {
    if (isLate(this.location)) return "image";
    const file = this.location
      .replace(/[?#].*$/, "")
      .split("/")
      .at(-1)!;
    return file.replace(/\.[^.]*$/, "").replace(/[^\w.-]+/g, "-") || "image";
  }
}

function formatOf(location: string): ImageFormat {
  if (isLate(location)) return "qcow2";
  const path = location.replace(/[?#].*$/, "").toLowerCase();
  if (path.endsWith(".iso")) return "iso";
  return path.endsWith(".raw") ? "raw" : "qcow2";
}

export const image = instance(Image.isImage, 'an Image, such as Image.fromUrl("https://…")');
