import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { type Nic, nicLabel, sourceKind } from "./interface-source";

/** Kinds of source that libvirt never serves by more than one queue. */
const SINGLE_QUEUE = new Set<string>(["user", "server", "client", "mcast", "udp", "internal", "null"]);
/** Settings of a virtio device that libvirt refuses for another. */
const VIRTIO_ONLY = ["iommu", "ats", "packed", "pagePerVq"] as const;
/** Settings of virtio queues, which libvirt drops without a word for another model. */
const QUEUE_SETTINGS = ["queues", "rxQueueSize", "txQueueSize"] as const;

/** Queues are rings of virtio. */
export const interfaceQueues = defineRule({
  code: "VIRT-NET-009",
  slug: "interface-queues",
  severity: "error",
  stage: "define",
  title: "The queues of an interface must be those of a virtio device",
  why: "The size of a queue is a power of two. libvirt drops queue settings of other models than virtio without a word and refuses the options of the virtio device for them, and starts no guest with several queues on user networking or a socket.",
  fix: "Use model virtio, sizes that are powers of two, and a network or bridge for several queues.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefNetwork, qemu_command.c qemuBuildInterfaceCommandLine, domain_conf.c virDomainNetDefParseXMLDriver",
    "tried: libvirt 9.0.0 refuses rx and tx queue sizes of 300 (has to be a power of two) and -1 queues on virtio, packed, iommu, ats and page_per_vq on e1000, and refuses to start 4 queues on user networking; it drops queues and sizes from an e1000",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.interfaces[].driver"),
  *check(guest) {
    for (const [index, nic] of guest.interfaces.entries()) {
      if (nic.driver === undefined || isLate(nic.driver)) continue;
      const model = nic.model?.type ?? usualModel(guest, nic);
      if (model === undefined) continue;
      if (isLate(model)) yield undetermined("the model of an interface is known only at apply");
      else
        yield* model.startsWith("virtio")
          ? virtioOutcomes(guest, nic, index)
          : otherOutcomes(guest, nic, index, model);
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { interfaces: [nicOf("virtio", { rx_queue_size: 300 })] } }),
    good: (plan) => plan.kvm({ devices: { interfaces: [nicOf("virtio", { rx_queue_size: 512 })] } }),
  },
});

/** What libvirt takes where no model is stated; a device of the host is what it is. */
function usualModel({ arch }: PlanGuest, { source }: Nic): string | undefined {
  if (isLate(arch) || isLate(source)) return undefined;
  const emulated = source?.hostdev === undefined && source?.vdpa === undefined;
  return emulated && isX86(arch) ? "rtl8139" : undefined;
}

function nicOf(model: string, driver: Record<string, unknown>): Record<string, unknown> {
  return { source: { network: { network: "default" } }, model: { type: model }, driver };
}

function* virtioOutcomes(guest: PlanGuest, nic: Nic, index: number): Iterable<Outcome> {
  const { driver = {} } = nic;
  const at = `devices.interfaces[${index}].driver`;
  const label = `The ${nicLabel(index)} of "${guest.label}"`;
  for (const name of ["rxQueueSize", "txQueueSize"] as const) {
    const size = driver[name];
    if (size === undefined || size === 0) continue;
    if (isLate(size)) yield undetermined("the size of a queue is known only at apply");
    else if (Number.isInteger(Math.log2(size as number))) yield pass;
    else {
      const lower = 2 ** Math.floor(Math.log2(Math.max(2, size as number)));
      yield fail({
        at: `${at}.${name}`,
        message: `${label} has ${name} ${size}, which is no power of two.`,
        fix: `use ${lower} or ${lower * 2}`,
      });
    }
  }
  const { queues } = driver;
  const kind = sourceKind(nic);
  if (queues === undefined) return;
  if (isLate(queues) || isLate(kind)) {
    yield undetermined("the queues of an interface are known only at apply");
  } else if ((queues as number) < 0) {
    yield fail({ at: `${at}.queues`, message: `${label} has ${queues} queues.`, fix: "use 1 or more" });
  } else if ((queues as number) > 1 && kind !== undefined && SINGLE_QUEUE.has(kind)) {
    yield fail({
      at: `${at}.queues`,
      message: `${label} has ${queues} queues on a source of kind ${kind}, which has one.`,
      fix: "remove queues, or connect the interface to a network or bridge",
    });
  }
}

function* otherOutcomes(
  guest: PlanGuest,
  { driver = {} }: Nic,
  index: number,
  model: string,
): Iterable<Outcome> {
  const label = `The ${nicLabel(index)} of "${guest.label}"`;
  for (const name of [...VIRTIO_ONLY, ...QUEUE_SETTINGS]) {
    const value = driver[name];
    if (value === undefined) continue;
    const isRefused = (VIRTIO_ONLY as readonly string[]).includes(name);
    yield fail({
      severity: isRefused ? "error" : "warning",
      at: `devices.interfaces[${index}].driver.${name}`,
      message: `${label} has ${name}, which model ${model} does not take: libvirt ${isRefused ? "refuses it" : "drops it"}.`,
      fix: `use model "virtio", or remove ${name}`,
    });
  }
}
