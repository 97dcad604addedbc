import { GuestOs } from "../guest-os";
import type { HostFacts, HostFactsData } from "../host-facts";
import type { Acknowledgement, PlanAcknowledgement } from "./acknowledgement";
import { buildPlan } from "./build";
import { exampleFacts, KVM_EXAMPLE, XEN_EXAMPLE } from "./example-facts";
import type { RawProvider } from "./host";
import type { GuestIntent, HostIntent, PropIssue } from "./intent";
import { isObject, type Json } from "./json";
import { lifeCycleOf } from "./life-cycle";
import type { Plan } from "./plan";
import type { RawResource } from "./resource";

export interface ExampleHost extends Partial<Omit<HostIntent, "facts" | "name">> {
  readonly uri?: string;
  /** Changes to an ordinary host's facts; null for a host without facts. @default - an ordinary host's facts */
  readonly facts?: Partial<HostFactsData> | HostFacts | null;
}

/** Besides the attributes of the domain, in the provider's own spelling, what an example may say of a guest. */
export interface ExampleGuest extends Json {
  /** Name of the host made before. @default - the first host of that hypervisor, made if need be */
  readonly host?: string;
  /** Hosts to move to are named as they are made: `migratesTo: ["kvm2"]`. */
  readonly intent?: Omit<GuestIntent, "os"> & { os?: string | GuestOs };
  readonly propIssues?: readonly PropIssue[];
  readonly existing?: RawResource["existing"];
  readonly lifeCycle?: RawResource["lifeCycle"];
}

const STACK = "example";

/**
 * Builds small plans for the examples of rules and for tests: each method adds a resource that is right as it
 * stands, and takes what shall differ, in the provider's own spelling. Objects merge, lists are replaced, null
 * takes away.
 */
export class PlanExample {
  private readonly providers: RawProvider[] = [];
  private readonly resources: RawResource[] = [];
  private readonly acknowledgements: PlanAcknowledgement[] = [];
  /** A fixed day, so that examples stay what they are as systems grow old. */
  private today = "2026-11-01";

  /** Lets the plan be of another day. */
  on(day: string): this {
    this.today = day;
    return this;
  }

  kvmHost(name = "kvm1", host: ExampleHost = {}): this {
    return this.host(name, "kvm", `qemu+ssh://${name}/system`, KVM_EXAMPLE, host);
  }

  xenHost(name = "xen1", host: ExampleHost = {}): this {
    return this.host(name, "xen", `xen+ssh://${name}/system`, XEN_EXAMPLE, host);
  }

  /** A KVM guest: Debian 12 on Q35 with one virtio disk and one NIC. */
  kvm(changes: ExampleGuest = {}): this {
    return this.guest("kvm", kvmGuest("kvm"), changes);
  }

  /** The same guest, emulated. */
  tcg(changes: ExampleGuest = {}): this {
    return this.guest("kvm", kvmGuest("qemu"), changes);
  }

  /** A paravirtualized Xen guest with a kernel of its own. */
  xenPv(changes: ExampleGuest = {}): this {
    return this.guest("xen", xenGuest("xen", "xenpv", KERNEL), changes);
  }

  xenPvh(changes: ExampleGuest = {}): this {
    return this.guest("xen", xenGuest("xenpvh", "xenpvh", KERNEL), changes);
  }

  xenHvm(changes: ExampleGuest = {}): this {
    return this.guest(
      "xen",
      { ...xenGuest("hvm", "xenfv", {}), features: { acpi: true, apic: {} } },
      changes,
    );
  }

  network(name: string, changes: Json = {}, host?: string): this {
    const base = { name, forward: { mode: "nat" }, ips: [{ address: "10.20.0.1", prefix: 24 }] };
    return this.resource("libvirt_network", name, merge(base, changes), host);
  }

  pool(name: string, changes: Json = {}, host?: string): this {
    const base = { name, type: "dir", target: { path: `/var/lib/libvirt/${name}` } };
    return this.resource("libvirt_pool", name, merge(base, changes), host);
  }

  volume(name: string, changes: Json = {}, host?: string): this {
    const base = {
      name: `${name}.qcow2`,
      pool: "default",
      capacity: 10 * 2 ** 30,
      target: { format: { type: "qcow2" } },
    };
    return this.resource("libvirt_volume", name, merge(base, changes), host);
  }

  /** Any resource, as it stands. */
  resource(type: string, name: string, attributes: Json, host?: string): this {
    if (this.providers.length === 0) this.kvmHost();
    const provider =
      "provider" in attributes
        ? (attributes.provider as string)
        : `libvirt.${host ?? this.providers[0]!.label}`;
    const { lifecycle, depends_on: before } = attributes;
    this.resources.push({
      type,
      name,
      unit: STACK,
      attributes,
      provider,
      ...(isObject(lifecycle) && {
        lifeCycle: lifeCycleOf(lifecycle.replace_triggered_by, lifecycle.ignore_changes, before),
      }),
      label: name,
      constructPath: `${STACK}/${name}`,
    });
    return this;
  }

  /** Any provider configuration. */
  provider(provider: Partial<RawProvider> & { label: string }): this {
    this.providers.push({ unit: STACK, constructPath: `${STACK}/${provider.label}`, ...provider });
    return this;
  }

  /** Accepts what a rule finds, of one guest, network, volume … or host, or of the whole plan. */
  acknowledge(acknowledgement: Acknowledgement, name?: string): this {
    this.acknowledgements.push({
      ...acknowledgement,
      label: name ?? STACK,
      unit: STACK,
      constructPath: name === undefined ? STACK : `${STACK}/${name}`,
    });
    return this;
  }

  build(): Plan {
    const { providers, resources, acknowledgements, today } = this;
    return buildPlan({ providers, resources, acknowledgements, today });
  }

  private host(
    name: string,
    hypervisor: "kvm" | "xen",
    uri: string,
    base: HostFactsData,
    host: ExampleHost,
  ): this {
    const { facts, uri: ownUri, ...intent } = host;
    return this.provider({
      label: name,
      alias: name,
      uri: ownUri ?? uri,
      intent: {
        ...intent,
        name,
        hypervisor,
        facts: facts === null ? undefined : isFacts(facts) ? facts : exampleFacts(base, facts ?? {}),
      },
    });
  }

  private guest(hypervisor: "kvm" | "xen", base: Json, changes: ExampleGuest): this {
    const { host, intent, propIssues, existing, lifeCycle, ...attributes } = changes;
    let provider = this.providers.find((each) =>
      host === undefined ? each.intent?.hypervisor === hypervisor : each.label === host,
    );
    if (!provider) {
      hypervisor === "xen" ? this.xenHost(host) : this.kvmHost(host);
      provider = this.providers.at(-1)!;
    }
    const number = this.resources.filter((each) => each.type === "libvirt_domain").length + 1;
    const name = typeof attributes.name === "string" ? attributes.name : `guest${number}`;
    const address = this.resources.some((each) => each.name === name) ? `${name}_${number}` : name;
    const stated = intent?.os ?? GuestOs.DEBIAN_12;
    const os = typeof stated === "string" ? GuestOs.byId(stated) : stated;
    const distinct = {
      name,
      devices: {
        disks: (base.devices as { disks: Json[] }).disks.map((disk) => ({
          ...disk,
          source: { file: { file: `/var/lib/libvirt/images/${address}.img` } },
        })),
        interfaces: [
          {
            ...(base.devices as { interfaces: Json[] }).interfaces[0],
            mac: { address: `52:54:00:00:00:${number.toString(16).padStart(2, "0")}` },
          },
        ],
      },
    };
    this.resources.push({
      type: "libvirt_domain",
      name: address,
      unit: STACK,
      label: name,
      constructPath: `${STACK}/${name}`,
      attributes: merge(merge(base, distinct), attributes),
      provider: `libvirt.${provider.alias}`,
      existing,
      lifeCycle,
      intent: {
        // As this package makes them.
        ...(hypervisor === "xen" && { removedByVirsh: true }),
        ...intent,
        os,
        ...(intent?.migratesTo && { migratesTo: intent.migratesTo.map((each) => `${STACK}/${each}`) }),
      },
      propIssues,
    });
    return this;
  }
}

/** Builds the plan that an example describes. */
export function examplePlan(example: (plan: PlanExample) => void): Plan {
  const builder = new PlanExample();
  example(builder);
  return builder.build();
}

const KERNEL = { kernel: "/boot/vmlinuz", initrd: "/boot/initrd.img" };

function kvmGuest(type: "kvm" | "qemu"): Json {
  return {
    type,
    memory: 2,
    memory_unit: "GiB",
    vcpu: 2,
    running: true,
    os: { type: "hvm", type_arch: "x86_64", type_machine: "q35" },
    features: { acpi: true, apic: {} },
    ...(type === "kvm" && { cpu: { mode: "host-model" } }),
    devices: {
      channels: [{ source: { unix: {} }, target: { virt_io: { name: "org.qemu.guest_agent.0" } } }],
      disks: [{ target: { dev: "vda", bus: "virtio" }, driver: { name: "qemu", type: "qcow2" } }],
      interfaces: [{ model: { type: "virtio" }, source: { network: { network: "default" } } }],
    },
  };
}

function xenGuest(type: string, machine: string, boot: Json): Json {
  return {
    type: "xen",
    memory: 1,
    memory_unit: "GiB",
    vcpu: 1,
    running: true,
    os: { type, type_arch: "x86_64", type_machine: machine, ...boot },
    devices: {
      disks: [{ target: { dev: "xvda", bus: "xen" }, driver: { name: "qemu", type: "raw" } }],
      interfaces: [{ source: { bridge: { bridge: "xenbr0" } } }],
    },
  };
}

function isFacts(facts: ExampleHost["facts"]): facts is HostFacts {
  return typeof facts === "object" && facts !== null && "data" in facts;
}

function merge(base: Json, changes: Json): Json {
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete merged[key];
    else if (isObject(value) && isObject(merged[key])) merged[key] = merge(merged[key], value);
    else merged[key] = value;
  }
  return merged;
}
