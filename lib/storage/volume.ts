import { Construct } from "constructs";
import { z } from "zod";
import type { IHost } from "../host/host";
import type { Memory } from "../memory";
import { addPropIssues } from "../plan/intent";
import { checkProps, instance, libvirtName, memory, reference, text } from "../props";
import { Volume as VolumeResource } from "../provider/volume";
import { attributeOf } from "../reference";
import { replaceOnChange } from "../revision";
import { Image, type ImageFormat } from "./image";
import type { IStoragePool } from "./pool";

/** A volume that disks can use. */
export interface IVolume {
  readonly host: IHost;
  readonly poolName: string;
  /** libvirt's name of the volume, or a reference to it. */
  readonly volumeName: string;
  /** Its path on the host, or a reference to it; undefined when neither is known. */
  readonly volumePath?: string;
  readonly format: ImageFormat;
}

export interface VolumeProps {
  /** Where the volume lies. @default - the host's default pool */
  readonly pool?: IStoragePool;
  /** Needed when no pool is given. */
  readonly host?: IHost;
  /** Name in the pool. @default - the construct's id with the format as its ending */
  readonly name?: string;
  /** Capacity. Needed for an empty volume; an overlay has at least its base's; an image brings its own. */
  readonly size?: Memory;
  /** @default - the image's, else qcow2 */
  readonly format?: "qcow2" | "raw";
  /** Fill it with this image. */
  readonly image?: Image;
  /** Make it an overlay: it starts as the base is, and the base must not change any more. */
  readonly base?: IVolume;
}

const schema = z.strictObject({
  pool: reference.optional(),
  host: reference.optional(),
  name: libvirtName.optional(),
  size: memory.optional(),
  format: text.optional(),
  image: instance(Image.isImage, 'an Image, such as Image.fromUrl("https://…")').optional(),
  base: reference.optional(),
});

/** The attributes that say what a volume holds at first. */
const ORIGIN = new Set(["create", "backing_store"]);

/** A disk image in a storage pool: empty, filled from an image, or an overlay on a base. */
export class Volume extends Construct implements IVolume {
  /** A volume that exists on the host already. */
  static fromExisting(
    pool: IStoragePool,
    name: string,
    options: { readonly format?: ImageFormat; readonly path?: string } = {},
  ): IVolume {
    const path = options.path ?? (pool.path === undefined ? undefined : `${pool.path}/${name}`);
    return {
      host: pool.host,
      poolName: pool.poolName,
      volumeName: name,
      volumePath: path,
      format: options.format ?? "qcow2",
    };
  }

  readonly host: IHost;
  readonly resource: VolumeResource;
  readonly format: ImageFormat;
  readonly poolName: string;

  constructor(scope: Construct, id: string, props: VolumeProps) {
    super(scope, id);
    const pool = props.pool ?? props.host?.defaultPool;
    this.host = (pool?.host ?? props.host) as IHost;
    this.poolName = pool?.poolName ?? "";
    this.format = props.image?.format === "iso" ? "iso" : (props.format ?? props.image?.format ?? "qcow2");
    this.resource = new VolumeResource(this, "Resource", {
      provider: this.host?.provider,
      name: props.name ?? `${id}.${this.format}`,
      pool: this.poolName,
    });
    const usable = checkProps(this.resource, schema, props);
    this.checkContent(usable, pool);

    // libvirt finds out by itself that a volume is an ISO; saying it never plans empty afterwards.
    if (this.format !== "iso") this.resource.putTarget({ format: { type: this.format } });
    if (usable.image) this.resource.putCreate({ content: { url: usable.image.location } });
    const size = usable.image ? undefined : usable.size?.toWhole();
    if (size) {
      this.resource.capacity = size.amount;
      this.resource.capacityUnit = size.unit;
    }
    if (usable.base?.volumePath !== undefined) {
      this.resource.putBackingStore({ path: usable.base.volumePath, format: { type: usable.base.format } });
    }
    // Another origin is another content. A new size is not: the provider refuses it, and nothing is lost.
    if (usable.image || usable.base) {
      replaceOnChange(this, "Revision", this.resource, { attribute: (name) => ORIGIN.has(name) });
    }
  }

  get volumeName(): string {
    return attributeOf(this.resource, "name");
  }

  get volumePath(): string {
    return attributeOf(this.resource, "path");
  }

  private checkContent({ image, base, size, format }: VolumeProps, pool: IStoragePool | undefined): void {
    const issue = (prop: string, message: string, fix: string) =>
      addPropIssues(this.resource, [{ prop, message, fix }]);
    if (!pool)
      issue("pool", "neither pool nor host is given, so the volume lies nowhere", "give pool or host");
    if (image && base) {
      issue(
        "base",
        "image and base are both given, but a volume starts from one of them",
        "give one of them",
      );
    }
    if (image && size) {
      issue(
        "size",
        `size ${size} is given with an image, which brings its own capacity`,
        "leave out size, or make an overlay: new Volume(…, { base, size }) on a volume of the image",
      );
    }
    if (!image && !base && !size) {
      issue("size", "an empty volume needs a size", "give size, such as Memory.gibibytes(20)");
    }
    if (base && base.host !== undefined && pool && base.host.uri !== pool.host.uri) {
      issue("base", "the base lies on another host than the overlay", "put both on one host");
    }
    if (base && format === "raw") {
      issue("format", "a raw volume cannot have a base", "leave out format: an overlay is qcow2");
    }
  }
}
