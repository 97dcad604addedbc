import { Construct } from "constructs";
import { z } from "zod";
import type { HostFacts } from "../host-facts";
import type { Memory } from "../memory";
import { NatNetwork } from "../network/nat-network";
import { type INetwork, virtualNetwork } from "../network/network";
import { isStack } from "../plan/construct-reader";
import { canonicalUri } from "../plan/host";
import { addPropIssues, setIntent } from "../plan/intent";
import { isLate, known } from "../plan/late";
import { type CheckedProps, instance, literal, memory } from "../props";
import { LibvirtProvider } from "../provider/provider";
import { type IStoragePool, StoragePool, storagePool } from "../storage/pool";
import { Connection } from "./connection";
import { HOST_BRAND, isHost } from "./is-host";

/** A host architecture in libvirt's spelling. */
export type Architecture =
  | "x86_64"
  | "i686"
  | "aarch64"
  | "armv7l"
  | "ppc64"
  | "ppc64le"
  | "s390x"
  | "riscv64"
  | "loongarch64"
  | "ia64";

/** Props of every host. */
export interface HostProps {
  /** How Terraform reaches its libvirt. */
  readonly connection: Connection;
  /** What the host offers, as captured from it. @default - unknown: what needs facts is reported as not checked */
  readonly facts?: HostFacts;
  /** The architecture, in libvirt's spelling. @default - the facts', else x86_64 for the defaults of guests */
  readonly arch?: Architecture;
  /** Memory that guests must leave to the host's own system. @default - none is set aside */
  readonly reservedMemory?: Memory;
  /** Whether somebody or something suspends the host, or sends it into hibernation, at times. @default false */
  readonly sleeps?: boolean;
  /** Network of guests that name none. @default - a NAT network, made when the first guest needs it */
  readonly network?: INetwork;
  /** Storage pool of images and volumes that name none. @default - a directory pool, made when first needed */
  readonly pool?: IStoragePool;
  /** What derived MAC addresses start from; two deployments of one program need two. @default - the connection's URI */
  readonly macSeed?: string;
  /** The provider's version constraint in `required_providers`. @default "~> 0.9.7" */
  readonly providerVersion?: string;
}

function isFacts(value: unknown): value is HostFacts {
  const { data, domainCapabilitiesFor } = (value ?? {}) as Partial<HostFacts>;
  return typeof data === "object" && data !== null && typeof domainCapabilitiesFor === "function";
}

const word = z.string({ error: "must be text" }).min(1, { error: "must not be empty" });

export const hostShape = {
  connection: instance(Connection.isConnection, 'a Connection, such as Connection.ssh("kvm1")'),
  facts: instance(isFacts, 'HostFacts, such as HostFacts.fromDirectory("hosts/kvm1")').optional(),
  arch: literal(word, "the hardware of guests depends on it").optional(),
  reservedMemory: memory.optional(),
  sleeps: literal(z.boolean({ error: "must be true or false" }), "rules depend on it").optional(),
  network: virtualNetwork.optional(),
  pool: storagePool.optional(),
  macSeed: literal(word, "MAC addresses would differ from run to run").optional(),
  providerVersion: literal(word, "Terraform takes no expression for it").optional(),
};

/** A host that constructs can be placed on. */
export interface IHost extends Construct {
  /** What runs its guests. */
  readonly hypervisor: "kvm" | "xen";
  /** The provider configuration that reaches it. */
  readonly provider: LibvirtProvider;
  /** The connection URI. */
  readonly uri: string;
  /** The architecture, in libvirt's spelling. */
  readonly arch: string;
  /** What the host offers, where it was captured. */
  readonly facts?: HostFacts;
  /** What derived MAC addresses start from. */
  readonly macSeed: string;
  /** The network of guests that name none. */
  readonly defaultNetwork: INetwork;
  /** The pool of images and volumes that name none. */
  readonly defaultPool: IStoragePool;
}

/** What KvmHost and XenHost have in common: a provider configuration with an alias of its own. */
export abstract class Host extends Construct implements IHost {
  /** Whether a value is a host, of this or another copy of the package. */
  static isHost(value: unknown): value is IHost {
    return isHost(value);
  }

  abstract readonly hypervisor: "kvm" | "xen";
  /** The provider configuration; its alias is derived from the construct's path. */
  readonly provider: LibvirtProvider;
  readonly uri: string;
  readonly arch: string;
  readonly facts?: HostFacts;
  readonly macSeed: string;
  private network?: INetwork;
  private pool?: IStoragePool;

  protected constructor(
    scope: Construct,
    id: string,
    { usable, issues }: CheckedProps<HostProps>,
    hypervisor: "kvm" | "xen",
    dom0?: { readonly memoryKiB?: number; readonly vcpus?: number },
  ) {
    super(scope, id);
    Object.defineProperty(this, HOST_BRAND, { value: true });
    const scheme = hypervisor === "kvm" ? "qemu" : "xen";
    this.uri = usable.connection?.toUri(scheme) ?? `${scheme}:///system`;
    this.provider = new LibvirtProvider(this, "Resource", { uri: this.uri });
    this.provider.alias = aliasOf(this, this.provider);
    addPropIssues(this.provider, issues);
    this.facts = usable.facts;
    this.arch = usable.arch ?? this.facts?.data.arch ?? "x86_64";
    // The text of a token differs from run to run; a MAC must not.
    this.macSeed = usable.macSeed ?? (isLate(this.uri) ? "" : canonicalUri(this.uri));
    this.network = usable.network;
    this.pool = usable.pool;
    if (usable.providerVersion !== undefined) constrainVersion(this.provider, usable.providerVersion);
    setIntent(this.provider, {
      name: this.node.id,
      hypervisor,
      arch: usable.arch,
      facts: this.facts,
      reservedMemoryKiB: known(usable.reservedMemory?.toKiB()),
      dom0,
      sleeps: usable.sleeps,
    });
  }

  /** The network of guests that name none: the prop, else a NAT network of this host, made now. */
  get defaultNetwork(): INetwork {
    this.network ??= new NatNetwork(this, "Network", { host: this, name: `${this.node.id}-nat` });
    return this.network;
  }

  /** The pool of images and volumes that name none: the prop, else a directory pool of this host, made now. */
  get defaultPool(): IStoragePool {
    this.pool ??= new StoragePool(this, "Pool", { host: this, name: `${this.node.id}-vms` });
    return this.pool;
  }
}

/** The id of a host directly in its stack, as users write aliases; deeper ones need the engine's unique id. */
function aliasOf(host: Construct, provider: LibvirtProvider): string {
  const { id, scope } = host.node;
  const simple = scope !== undefined && isStack(scope) && /^[A-Za-z_][\w-]*$/.test(id);
  const unique = provider.friendlyUniqueId;
  // Terraform's names begin with a letter, and the engine's ids with whatever the construct's does.
  return simple ? id : /^[A-Za-z_]/.test(unique) ? unique : `host_${unique}`;
}

function constrainVersion(provider: LibvirtProvider, constraint: string): void {
  const writable = provider as { terraformGeneratorMetadata?: LibvirtProvider["terraformGeneratorMetadata"] };
  writable.terraformGeneratorMetadata = { providerName: "libvirt", providerVersionConstraint: constraint };
}
