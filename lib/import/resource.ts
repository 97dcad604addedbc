import type { LostValue, XmlKind } from "../domain-xml";

/** Something that is to become code: what a file or a host says of one domain, network, pool or volume. */
export interface ImportedResource {
  /** What it is. */
  readonly kind: XmlKind;
  /** In the provider's vocabulary, camelCase: a `DomainConfig`, `NetworkConfig`, `PoolConfig` or `VolumeConfig`. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Where it comes from: a file, or a URI. The report names it. */
  readonly from: string;
  /** What {@link config} cannot say of it. @default - nothing is lost */
  readonly lost?: readonly LostValue[];
  /**
   * What Terraform imports it by: the UUID. A volume has none, as provider 0.9.7 imports no volumes.
   *
   * @default - it does not exist, and Terraform makes it
   */
  readonly importId?: string;
  /** Whether it exists although nothing tells its UUID: a volume of a host. @default - whether there is an `importId` */
  readonly exists?: boolean;
  /** Whether a domain runs. @default - not known */
  readonly running?: boolean;
  /** Whether it starts with the host. @default - not known */
  readonly autostart?: boolean;
  /** Where a volume lies. @default - not known */
  readonly path?: string;
}

/** The host that resources are imported from. */
export interface ImportedHost {
  /** What the program calls it. */
  readonly name: string;
  /** What runs its guests. */
  readonly hypervisor: "kvm" | "xen";
  /** Connection URI, without a password. @default - libvirt of the machine that Terraform runs on */
  readonly uri?: string;
}

/** What became of one resource. */
export interface ImportedAs {
  readonly resource: ImportedResource;
  /** Its name on the host. */
  readonly name: string;
  /** The class: `KvmGuest`, or `Domain`. @default - none: it exists, and others name it */
  readonly construct?: string;
  /** Why it is no construct of its own: the attributes in which the nearest one differs. */
  readonly differs: readonly string[];
  /** Attributes that are set beside the props of its construct. */
  readonly set: readonly string[];
}
