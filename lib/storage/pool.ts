import { Construct } from "constructs";
import { z } from "zod";
import type { IResolvable } from "../engine";
import type { IHost } from "../host/host";
import { anyHost, hostIssues, isHost } from "../host/is-host";
import { addPropIssues } from "../plan/intent";
import { absolutePath, check, flag, instance, isText, libvirtName, withIssues } from "../props";
import { Pool } from "../provider/pool";
import { attributeOf } from "../reference";

/** A storage pool that volumes can be made in. */
export interface IStoragePool {
  /** The host that it is on. */
  readonly host: IHost;
  /** libvirt's name of the pool, or a reference to it. */
  readonly poolName: string;
  /** Its folder, where it is known. */
  readonly path?: string;
}

/** Props of a storage pool. */
export interface StoragePoolProps {
  /** The host that the folder is on. */
  readonly host: IHost;
  /** Name of the pool on the host. @default - the construct's id */
  readonly name?: string;
  /** Folder on the host; made when it does not exist. @default - /var/lib/libvirt/images/NAME */
  readonly path?: string;
  /** Start the pool when the host boots. @default true */
  readonly autostart?: boolean | IResolvable;
  /**
   * Remove the folder when the pool is destroyed. libvirt removes an empty folder only: where something lies in it
   * that Terraform did not make, the destroy fails. Not to be changed later, as nothing of a pool.
   *
   * @default false
   */
  readonly deleteOnDestroy?: boolean | IResolvable;
}

const schema = z.strictObject({
  host: anyHost,
  name: libvirtName.optional(),
  path: absolutePath.optional(),
  autostart: flag.optional(),
  deleteOnDestroy: flag.optional(),
});

const existingSchema = z.strictObject({ host: anyHost, name: libvirtName });

/**
 * A directory on a host in which images and volumes lie.
 *
 * The provider changes nothing of a pool that exists: it refuses the apply. Another name makes another pool, and with
 * it new volumes.
 */
export class StoragePool extends Construct implements IStoragePool {
  /** A pool that exists on the host already. The rules know of it what the host's facts say. */
  static fromExisting(host: IHost, name: string): IStoragePool {
    const { usable, issues } = check(existingSchema, { host, name });
    const path = usable.host?.facts?.data.pools?.find((pool) => pool.name === name)?.path;
    return withIssues({ host: usable.host, poolName: usable.name ?? "", path }, issues);
  }

  readonly host: IHost;
  /** The provider's pool, for whatever no prop offers. */
  readonly resource: Pool;
  readonly path: string;

  constructor(scope: Construct, id: string, props: StoragePoolProps) {
    super(scope, id);
    const { usable, issues } = check(schema, props);
    const name = usable.name ?? this.node.id;
    this.host = usable.host;
    this.path = usable.path ?? `/var/lib/libvirt/images/${name}`;
    this.resource = new Pool(this, "Resource", {
      provider: this.host?.provider,
      name,
      type: "dir",
      target: { path: this.path },
      ...(usable.autostart !== undefined && { create: { autostart: usable.autostart } }),
      // Left out, the provider removes the folder.
      destroy: { delete: usable.deleteOnDestroy ?? false },
    });
    addPropIssues(this.resource, [...issues, ...hostIssues(this, this.host)]);
  }

  /** A reference to the pool's name. */
  get poolName(): string {
    return attributeOf(this.resource, "name");
  }
}

function isStoragePool(value: unknown): value is IStoragePool {
  const { host, poolName } = (value ?? {}) as Partial<IStoragePool>;
  return isText(poolName) && (host === undefined || isHost(host));
}

export const storagePool = instance(isStoragePool, "a StoragePool, or StoragePool.fromExisting(host, name)");
