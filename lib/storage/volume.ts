import { Construct } from "constructs";
import { z } from "zod";
import type { IHost } from "../host/host";
import { anyHost, differ, hostIssues, isHost } from "../host/is-host";
import type { Memory } from "../memory";
import { addPropIssues, type PropIssue } from "../plan/intent";
import {
  absolutePath,
  check,
  choice,
  instance,
  isText,
  libvirtName,
  literal,
  memory,
  oneOf,
  withIssues,
} from "../props";
import { Volume as VolumeResource } from "../provider/volume";
import { attributeOf } from "../reference";
import { replaceOnChange } from "../revision";
import { type Image, type ImageFormat, image } from "./image";
import { type IStoragePool, storagePool } from "./pool";

/** A volume that disks can use. */
export interface IVolume {
  /** The host that it is on. */
  readonly host: IHost;
  /** libvirt's name of its pool, or a reference to it. */
  readonly poolName: string;
  /** libvirt's name of the volume, or a reference to it. */
  readonly volumeName: string;
  /** Its path on the host, or a reference to it; undefined when neither is known. */
  readonly volumePath?: string;
  /** What the hypervisor must know of its content. */
  readonly format: ImageFormat;
  /** Its capacity, where the program says it. */
  readonly size?: Memory;
}

/** Props of a volume. */
export interface VolumeProps {
  /** Where the volume lies. @default - the host's default pool */
  readonly pool?: IStoragePool;
  /** The host, whose default pool is taken. @default - the pool's; one of both is needed */
  readonly host?: IHost;
  /** Name in the pool. @default - the construct's id with the format as its ending */
  readonly name?: string;
  /**
   * Capacity. An empty volume needs one, and so does an overlay, at least that of its base; an image brings its own.
   *
   * @default - the base's, where the program says it
   */
  readonly size?: Memory;
  /** What the volume holds. @default - the image's, else qcow2 */
  readonly format?: "qcow2" | "raw";
  /** Fill it with this image. @default - not filled */
  readonly image?: Image;
  /** Make it an overlay: it starts as the base is, and the base must not change any more. @default - no overlay */
  readonly base?: IVolume;
}

/** Whether a value can serve as a volume. */
export function isVolume(value: unknown): value is IVolume {
  const { host, poolName, volumeName } = (value ?? {}) as Partial<IVolume>;
  return isText(volumeName) && isText(poolName) && (host === undefined || isHost(host));
}

export const volume = instance(isVolume, "a Volume, or Volume.fromExisting(pool, name)");

const schema = z.strictObject({
  pool: storagePool.optional(),
  host: anyHost.optional(),
  name: libvirtName.optional(),
  size: memory.optional(),
  format: literal(choice("qcow2", "raw"), "the volume's name and its disks depend on it").optional(),
  image: image.optional(),
  base: volume.optional(),
});

const existingSchema = z.strictObject({
  pool: storagePool,
  name: libvirtName,
  format: oneOf("qcow2", "raw", "iso").optional(),
  path: absolutePath.optional(),
});

/** The attributes that say what a volume holds at first. */
const ORIGIN = new Set(["create", "backing_store"]);

/** A disk image in a storage pool: empty, filled from an image, or an overlay on a base. */
export class Volume extends Construct implements IVolume {
  /**
   * A volume that exists on the host already.
   *
   * @param options.format `qcow2`, `raw` or `iso`. @default "qcow2"
   * @param options.path where it lies. @default - under its name in the pool's folder, where that is known
   */
  static fromExisting(
    pool: IStoragePool,
    name: string,
    options: { readonly format?: ImageFormat; readonly path?: string } = {},
  ): IVolume {
    const { usable, issues } = check(existingSchema, { ...options, pool, name });
    const inPool = usable.pool?.path === undefined ? undefined : `${usable.pool.path}/${usable.name}`;
    const volume = {
      host: usable.pool?.host,
      poolName: usable.pool?.poolName ?? "",
      volumeName: usable.name ?? "",
      volumePath: usable.path ?? inPool,
      format: usable.format ?? "qcow2",
    };
    return withIssues(volume, issues) as IVolume;
  }

  readonly host: IHost;
  /** The provider's volume, for whatever no prop offers. */
  readonly resource: VolumeResource;
  readonly format: ImageFormat;
  readonly poolName: string;
  readonly size?: Memory;

  constructor(scope: Construct, id: string, props: VolumeProps) {
    super(scope, id);
    const { usable, issues } = check(schema, props);
    const { image, base } = usable;
    this.size = image ? undefined : (usable.size ?? base?.size);
    const pool = usable.pool ?? usable.host?.defaultPool;
    this.host = (pool?.host ?? usable.host) as IHost;
    this.poolName = pool?.poolName ?? "";
    this.format = image?.format === "iso" ? "iso" : (usable.format ?? image?.format ?? "qcow2");
    const capacity = this.size?.toWhole();
    this.resource = new VolumeResource(this, "Resource", {
      provider: this.host?.provider,
      name: usable.name ?? `${this.node.id}.${this.format}`,
      pool: this.poolName,
      // libvirt finds out by itself that a volume is an ISO; saying it never plans empty afterwards.
      ...(this.format !== "iso" && { target: { format: { type: this.format } } }),
      ...(image && { create: { content: { url: image.location } } }),
      ...(capacity && { capacity: capacity.amount, capacityUnit: capacity.unit }),
      ...(base && { backingStore: { path: base.volumePath ?? "", format: { type: base.format } } }),
    });
    addPropIssues(this.resource, [
      ...issues,
      ...hostIssues(this, this.host),
      ...contentIssues(usable, props, pool),
    ]);
    // Another origin is another content. A new size is not: the provider refuses it, and nothing is lost.
    if (image || base) {
      replaceOnChange(this, "Revision", this.resource, { attribute: (name) => ORIGIN.has(name) });
    }
  }

  get volumeName(): string {
    return attributeOf(this.resource, "name");
  }

  get volumePath(): string {
    return attributeOf(this.resource, "path");
  }
}

/** What is wrong with the props together. */
function contentIssues(
  { image, base, size, format, host }: VolumeProps,
  given: VolumeProps,
  pool: IStoragePool | undefined,
): PropIssue[] {
  const issues: PropIssue[] = [];
  const issue = (prop: string, message: string, fix: string) => issues.push({ prop, message, fix });
  // A prop that was refused was given all the same.
  const isGiven = (prop: keyof VolumeProps) => given?.[prop] !== undefined;
  if (!isGiven("pool") && !isGiven("host")) {
    issue("pool", "neither pool nor host is given, so the volume lies nowhere", "give pool or host");
  }
  if (pool && host && differ(pool.host, host)) {
    issue("host", "the pool is on another host", "leave out host: the pool has one");
  }
  if (image && base) {
    issue("base", "image and base are both given, but a volume starts from one of them", "give one of them");
  }
  if (image && size) {
    issue(
      "size",
      `an image brings its own capacity, so ${size} would have no effect`,
      "leave out size, or make an overlay: new Volume(…, { base, size }) on a volume of the image",
    );
  }
  if (!isGiven("image") && !isGiven("base") && !isGiven("size")) {
    issue("size", "an empty volume needs a size", "give size, such as Memory.gibibytes(20)");
  }
  if (base && !isGiven("size") && !base.size) {
    issue(
      "size",
      "an overlay needs a size: the provider does not take it from the base",
      "give size, at least that of the base, such as Memory.gibibytes(20)",
    );
  }
  if (base && pool && differ(pool.host, base.host)) {
    issue("base", "the base lies on another host than the overlay", "put both on one host");
  }
  if (base && base.volumePath === undefined) {
    issue(
      "base",
      "nothing says where the base lies, and an overlay names it by its path",
      "give the path: Volume.fromExisting(pool, name, { path })",
    );
  }
  if (base && format === "raw") {
    issue("format", "a raw volume cannot have a base", "leave out format: an overlay is qcow2");
  }
  return issues;
}
