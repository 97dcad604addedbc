import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, pass, undetermined } from "../../rule";

const EMULATED_NICS = new Set([
  "e1000",
  "e1000e",
  "rtl8139",
  "pcnet",
  "ne2k_pci",
  "i82551",
  "i82557b",
  "i82559er",
  "vmxnet3",
]);

/** Each access to an emulated register leaves the guest; a paravirtual card collects many in one. */
export const paravirtualInterface = defineRule({
  code: "VIRT-PERF-001",
  slug: "paravirtual-interface",
  severity: "warning",
  stage: "advice",
  title: "A KVM guest with virtio drivers should not use an emulated network card",
  why: "I/O is where KVM is heavy: an emulated network card makes the guest stop for every register that it touches. A virtio one shares queues with the host instead and is several times as fast. The catalogue says which systems bring the driver; disks have a rule of their own.",
  fix: "Use model virtio for the network card.",
  sources: [
    "article: KVM, heavy I/O overhead",
    "the catalogue of guest operating systems, virtio drivers",
    "OASIS virtio 1.1, introduction",
  ],
  needs: ["guest", "operating system"],
  on: guests,
  *check(guest) {
    if (guest.mode !== "kvm") return yield notApplicable;
    const emulated = emulatedInterfaces(guest);
    if (emulated.length === 0) return yield pass;
    const { os, intent } = guest;
    if (os === undefined) return yield undetermined("the guest's operating system is not stated");
    if (os.virtioInBox === undefined)
      return yield undetermined(`whether ${os.name} has virtio drivers is not known`);
    if (!os.virtioInBox && intent?.virtioDrivers !== "in-image") return yield notApplicable;
    for (const { at, label } of emulated) {
      if (label === undefined) yield undetermined("the model of a network card is known only at apply");
      else {
        yield fail({
          at,
          message: `${label} of "${guest.label}" is emulated, although ${os.name} has virtio drivers${os.virtioInBox ? "" : " in its image"}.`,
          fix: 'set the model to "virtio"',
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: { interfaces: [{ model: { type: "e1000" }, source: { network: { network: "default" } } }] },
      }),
    good: (plan) =>
      plan.kvm({
        devices: { interfaces: [{ model: { type: "virtio" }, source: { network: { network: "default" } } }] },
      }),
  },
});

interface Emulated {
  readonly at: string;
  /** Undefined when only apply knows what it is. */
  readonly label?: string;
}

function emulatedInterfaces({ interfaces }: PlanGuest): Emulated[] {
  return interfaces.flatMap(({ model, source }, index): Emulated[] => {
    const type = model?.type;
    const at = `devices.interfaces[${index}].model.type`;
    if (isLate(type)) return [{ at }];
    // These take nothing but virtio, which is another rule's.
    if (source?.vdpa !== undefined || source?.vhostUser !== undefined) return [];
    return EMULATED_NICS.has(known(type) ?? "") ? [{ at, label: `Network card ${index + 1} (${type})` }] : [];
  });
}
