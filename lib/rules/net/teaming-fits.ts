import { isLate } from "../../plan/late";
import { defineRule, type Failure, guests, having } from "../../rule";
import { outcomesOf } from "../faults";
import { nicLabel, sourceKind } from "./interface-source";

/** A virtual function that can be taken away for a while, and a virtio device that stays. */
export const teamingFits = defineRule({
  code: "VIRT-NET-103",
  slug: "teaming-fits",
  severity: "error",
  stage: "define",
  title:
    "Of two teamed interfaces the persistent is virtio, and the transient a device of the host that names it",
  why: "For migration a guest's virtual function is unplugged, and the guest goes on with the virtio device of the pair. The transient one names the alias of the persistent one, which names nothing.",
  fix: "Give the persistent interface model virtio and an alias, and name that in teaming.persistent of the transient one.",
  sources: [
    "libvirt domain_validate.c virDomainNetDefValidate, qemu_validate.c qemuValidateDomainDeviceDefNetwork",
    "tried: libvirt 9.0.0 refuses type persistent with another model than virtio, or with persistent; type transient without persistent, and on another source than hostdev or network",
  ],
  needs: ["guest"],
  on: having(guests, "devices.interfaces[].teaming"),
  *check(guest) {
    for (const [index, nic] of guest.interfaces.entries()) {
      const { teaming, model } = nic;
      const given = teaming && { teaming, model: isLate(model) ? model : model?.type, kind: sourceKind(nic) };
      yield* outcomesOf(given, "the teaming of an interface is", function* (known): Iterable<Failure> {
        const label = `The ${nicLabel(index)} of "${guest.label}"`;
        const at = `devices.interfaces[${index}]`;
        const { type, persistent } = known.teaming;
        const isVirtio = /^virtio(?:-(?:non-)?transitional)?$/.test(known.model ?? "");
        if (type === "persistent" && persistent) {
          yield {
            at: `${at}.teaming.persistent`,
            message: `${label} is the persistent one of its team, and names ${persistent}.`,
            fix: "remove teaming.persistent",
          };
        } else if (type === "persistent" && guest.isQemu && !isVirtio) {
          yield {
            at: `${at}.model.type`,
            message: `${label} is the persistent one of its team, and of model ${known.model || "unstated"}.`,
            fix: 'set model.type to "virtio"',
          };
        } else if (type === "transient" && !persistent) {
          yield {
            at: `${at}.teaming.persistent`,
            message: `${label} is the transient one of its team, and does not name the persistent one.`,
            fix: "set teaming.persistent to the alias of the virtio interface, such as ua-backup0",
          };
        } else if (
          type === "transient" &&
          guest.isQemu &&
          !["hostdev", "network"].includes(known.kind ?? "")
        ) {
          yield {
            at: `${at}.source`,
            message: `${label} is the transient one of its team, and on a source of kind ${known.kind ?? "none"}.`,
            fix: "use source.hostdev, or a network of virtual functions",
          };
        }
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { interfaces: [persistent("e1000e")] } }),
    good: (plan) => plan.kvm({ devices: { interfaces: [persistent("virtio")] } }),
  },
  alsoFails: ["VIRT-PERF-001"],
});

function persistent(type: string): Record<string, unknown> {
  return {
    source: { network: { network: "default" } },
    model: { type },
    alias: { name: "ua-backup0" },
    teaming: { type: "persistent" },
  };
}
