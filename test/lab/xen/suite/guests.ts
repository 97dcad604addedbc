import { isDeepStrictEqual } from "node:util";
import { writeXml } from "../../../../lib/domain-xml";
import type { HostFacts } from "../../../../lib/host-facts";
import { type ExampleHost, PlanExample } from "../../../../lib/plan/example";
import type { PlanGuest } from "../../../../lib/plan/guest";
import type { Plan } from "../../../../lib/plan/plan";
import type { Example } from "../../../../lib/rule";

type Json = Record<string, unknown>;

/** A guest as libvirt is asked for it. */
export interface LabGuest {
  readonly name: string;
  readonly xml: string;
  /** Images that it needs in dom0. */
  readonly images: readonly { readonly path: string; readonly format: string }[];
}

/** A plan of which every Xen host is the machine of the lab. */
class LabExample extends PlanExample {
  constructor(private readonly facts: HostFacts) {
    super();
  }

  override xenHost(name = "xen1", host: ExampleHost = {}): this {
    return super.xenHost(name, { ...host, facts: this.facts });
  }
}

export function labPlan(example: Example, facts: HostFacts): Plan {
  const plan = new LabExample(facts);
  example(plan);
  return plan.build();
}

/** The guests of a plan that are for Xen, or why they cannot be put before it. */
export function guestsOf(plan: Plan, without: readonly string[] = []): readonly LabGuest[] | string {
  const guests = plan.guests.filter(({ host }) => host.hypervisor === "xen");
  if (guests.length < plan.guests.length) return "is about another host than Xen's";
  const made = guests.map((guest) => labGuest(guest, { light: true, without }));
  return made.some(({ xml }) => xml.includes("${")) ? "has values known only at apply" : made;
}

interface Changes {
  /** Without what takes time and every example has. */
  readonly light?: boolean;
  /** Attributes to leave out: `devices.rngs`, `devices.disks[0].driver.cache`. */
  readonly without?: readonly string[];
}

/** A guest of a plan, under a name that tells whose it is. */
export function labGuest(
  { config, label }: PlanGuest,
  { light = false, without = [] }: Changes = {},
): LabGuest {
  const asked = structuredClone(config) as unknown as Json;
  for (const path of without) remove(asked, path);
  if (light) lighten(asked);
  asked.name = `lab-${label.replace(/[^\w.-]/g, "_").slice(0, 40)}`;
  return { name: asked.name as string, xml: writeXml("domain", asked), images: imagesOf(asked) };
}

/**
 * What an example has because every guest has some of it, and the lab need not wait for: TCG takes a second to give a
 * guest its memory, and many to run the scripts that connect a network card.
 */
function lighten(config: Json): void {
  if (config.memory === 1 && config.memoryUnit === "GiB")
    Object.assign(config, { memory: 192, memoryUnit: "MiB" });
  const devices = config.devices as { disks?: Json[]; interfaces?: Json[] } | undefined;
  if (devices?.interfaces?.length === 1 && isOrdinary(devices.interfaces[0]!, NIC)) delete devices.interfaces;
  const boots = config.bootloader === undefined;
  if (boots && devices?.disks?.length === 1 && isOrdinary(devices.disks[0]!, DISK)) delete devices.disks;
}

const NIC = { source: { bridge: { bridge: "xenbr0" } } };
const DISK = { target: { dev: "xvda", bus: "xen" }, driver: { name: "qemu", type: "raw" } };

/** Whether a device says nothing but this, beside its address and its file. */
function isOrdinary(device: Json, ordinary: Json): boolean {
  const { mac: _, ...said } = device;
  const source = said.source as { file?: object } | undefined;
  if (source?.file !== undefined && Object.keys(source).length === 1) delete said.source;
  return isDeepStrictEqual(said, ordinary);
}

function remove(config: Json, path: string): void {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  const last = keys.pop()!;
  const place = keys.reduce<unknown>((at, key) => (at as Json | undefined)?.[key], config) as
    | Json
    | undefined;
  if (Array.isArray(place)) place.splice(Number(last), 1);
  else if (place) delete place[last];
}

function imagesOf({ devices }: Json): LabGuest["images"] {
  const { disks = [] } = (devices ?? {}) as { disks?: readonly Json[] };
  return disks.flatMap(({ source, driver, device }) => {
    const path = (source as { file?: { file?: string } } | undefined)?.file?.file;
    if (path === undefined) return [];
    return {
      path,
      format: device === "cdrom" ? "raw" : (((driver as Json | undefined)?.type as string) ?? "raw"),
    };
  });
}
