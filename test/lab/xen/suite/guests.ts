import { isDeepStrictEqual } from "node:util";
import { writeXml } from "../../../../lib/domain-xml";
import type { HostFacts } from "../../../../lib/host-facts";
import { type ExampleHost, PlanExample } from "../../../../lib/plan/example";
import type { PlanGuest } from "../../../../lib/plan/guest";
import type { Plan } from "../../../../lib/plan/plan";
import { toKiB } from "../../../../lib/plan/units";
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
export function guestsOf(
  plan: Plan,
  { light = true, ...changes }: Changes = {},
): readonly LabGuest[] | string {
  const guests = plan.guests.filter(({ host }) => host.hypervisor === "xen");
  if (guests.length < plan.guests.length) return "is about another host than Xen's";
  if (guests.some(isServed)) return "needs a guest that serves others: see driver-domain.lab.ts";
  const made = guests.map((guest) => labGuest(guest, { light, ...changes }));
  return made.some(({ xml }) => xml.includes("${")) ? "has values known only at apply" : made;
}

const isServed = ({ disks, interfaces }: PlanGuest) =>
  [...disks, ...interfaces].some(({ backendDomain }) => backendDomain !== undefined);

interface Changes {
  /** Without what takes time and every example has, and with little memory. */
  readonly light?: boolean;
  /** Attributes to leave out: `devices.rngs`, `devices.disks[0].driver.cache`. */
  readonly without?: readonly string[];
}

/** A guest of a plan, under a name that tells whose it is. */
export function labGuest(
  { config, label }: PlanGuest,
  { light = false, without = [] }: Changes = {},
): LabGuest {
  // In Jest a structured clone has other prototypes, and equals nothing.
  const asked = JSON.parse(JSON.stringify(config)) as Json;
  if (light) {
    lighten(asked);
    shrink(asked);
  }
  for (const path of without) remove(asked, path);
  asked.name = `lab-${label
    .replace(/^lab-/, "")
    .replace(/[^\w.-]/g, "_")
    .slice(0, 40)}`;
  return { name: asked.name as string, xml: writeXml("domain", asked), images: imagesOf(asked) };
}

/** What an example that is about memory has at most. */
const ENOUGH_MIB = 512;
const SMALL_MIB = 64;
/** What a guest needs that Xen starts with Debian's kernel, from a file or by pygrub from its disk. */
const WITH_KERNEL_MIB = 192;

/** Scales a guest's memory down: what is asked about a setting must not be refused for want of memory. */
function shrink(config: Json): void {
  const mebibytes = sizeOf(config.memory, config.memoryUnit);
  if (mebibytes === undefined || mebibytes <= ENOUGH_MIB) return;
  const { type, kernel } = (config.os ?? {}) as Json;
  const small =
    type === "hvm" || Object.values(KERNELS).includes(String(kernel)) ? SMALL_MIB : WITH_KERNEL_MIB;
  const scaled = (size: number | undefined) =>
    size === undefined ? undefined : Math.ceil((size * small) / mebibytes);
  Object.assign(config, { memory: small, memoryUnit: "MiB" });
  const current = scaled(sizeOf(config.currentMemory, config.currentMemoryUnit));
  if (current !== undefined) Object.assign(config, { currentMemory: current, currentMemoryUnit: "MiB" });
  const { numa } = (config.cpu ?? {}) as { numa?: { cell?: Json[] } };
  for (const cell of numa?.cell ?? []) {
    Object.assign(cell, { memory: scaled(sizeOf(cell.memory, cell.unit)), unit: "MiB" });
  }
}

function sizeOf(amount: unknown, unit: unknown): number | undefined {
  const size = toKiB(amount as number | undefined, unit as string | undefined);
  return typeof size === "number" ? size / 1024 : undefined;
}

/** Boot loaders that Xen starts as a kernel: dom0 copies a megabyte in place of sixty. */
const KERNELS: Readonly<Record<string, string>> = {
  xenpv: "/usr/lib/grub-xen/grub-x86_64-xen.bin",
  xenpvh: "/usr/lib/grub-xen/grub-i386-xen_pvh.bin",
};

/**
 * What an example has because every guest has some of it, and the lab need not wait for: TCG takes many seconds to run
 * the scripts that connect a network card.
 */
function lighten(config: Json): void {
  const os = config.os as Json | undefined;
  const kernel = KERNELS[os?.typeMachine as string];
  if (os?.kernel === "/boot/vmlinuz" && kernel !== undefined) {
    os.kernel = kernel;
    delete os.initrd;
  }
  const devices = config.devices as { disks?: Json[]; interfaces?: Json[] } | undefined;
  if (devices?.interfaces?.length === 1 && isOrdinary(devices.interfaces[0]!, NIC)) delete devices.interfaces;
  if (devices?.disks?.length !== 1 || !isOrdinary(devices.disks[0]!, DISK)) return;
  const bootsItself = os?.kernel !== undefined || os?.type === "hvm";
  if (bootsItself && config.bootloader === undefined) delete devices.disks;
  // A boot loader of dom0 wants to find something there.
  else devices.disks[0]!.source = { file: { file: "/srv/lab/disk.img" } };
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

/** Takes an attribute away, and what holds nothing else. */
function remove(config: Json, path: string): void {
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  const last = keys.pop()!;
  const place = keys.reduce<unknown>((at, key) => (at as Json | undefined)?.[key], config) as
    | Json
    | undefined;
  if (place === undefined) return;
  if (Array.isArray(place)) place.splice(Number(last), 1);
  else delete place[last];
  if (keys.length > 0 && Object.keys(place).length === 0) remove(config, keys.join("."));
}

function imagesOf({ devices }: Json): LabGuest["images"] {
  const { disks = [] } = (devices ?? {}) as { disks?: readonly Json[] };
  return disks.flatMap(({ source, driver, device }) => {
    const path = (source as { file?: { file?: string } } | undefined)?.file?.file;
    // What the lab's image has it keeps.
    if (path === undefined || path.startsWith("/srv/lab/")) return [];
    return {
      path,
      format: device === "cdrom" ? "raw" : (((driver as Json | undefined)?.type as string) ?? "raw"),
    };
  });
}
