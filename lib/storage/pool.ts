import { Construct } from "constructs";
import { z } from "zod";
import type { IHost } from "../host/host";
import { absolutePath, checkProps, flag, libvirtName, reference } from "../props";
import { Pool } from "../provider/pool";
import { attributeOf } from "../reference";

/** A storage pool that volumes can be made in. */
export interface IStoragePool {
  readonly host: IHost;
  /** libvirt's name of the pool, or a reference to it. */
  readonly poolName: string;
  /** Its folder, where it is known. */
  readonly path?: string;
}

export interface StoragePoolProps {
  readonly host: IHost;
  /** Name of the pool on the host. @default - the construct's id */
  readonly name?: string;
  /** Folder on the host; made when it does not exist. @default - /var/lib/libvirt/images/NAME */
  readonly path?: string;
  /** Start the pool when the host boots. @default true */
  readonly autostart?: boolean;
  /**
   * Delete the folder with everything in it when the pool is destroyed.
   *
   * @default false
   */
  readonly deleteOnDestroy?: boolean;
}

const schema = z.strictObject({
  host: reference,
  name: libvirtName.optional(),
  path: absolutePath.optional(),
  autostart: flag.optional(),
  deleteOnDestroy: flag.optional(),
});

/** A directory on a host in which images and volumes lie. */
export class StoragePool extends Construct implements IStoragePool {
  /** A pool that exists on the host already. The rules know of it what the host's facts say. */
  static fromExisting(host: IHost, name: string): IStoragePool {
    const path = host.facts?.data.pools?.find((pool) => pool.name === name)?.path;
    return { host, poolName: name, path };
  }

  readonly host: IHost;
  readonly resource: Pool;
  readonly path: string;

  constructor(scope: Construct, id: string, props: StoragePoolProps) {
    super(scope, id);
    this.host = props.host;
    const name = props.name ?? id;
    this.resource = new Pool(this, "Resource", { provider: props.host?.provider, name, type: "dir" });
    const usable = checkProps(this.resource, schema, props);
    this.path = usable.path ?? `/var/lib/libvirt/images/${name}`;
    this.resource.putTarget({ path: this.path });
    if (usable.autostart !== undefined) this.resource.putCreate({ autostart: usable.autostart });
    if (usable.deleteOnDestroy !== undefined) this.resource.putDestroy({ delete: usable.deleteOnDestroy });
  }

  get poolName(): string {
    return attributeOf(this.resource, "name");
  }
}
