import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
  xenGuests,
} from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** The device model of Xen has one machine, whatever was asked for. */
export const machineBecomesXenfv = defineRule({
  code: "VIRT-XEN-056",
  slug: "machine-becomes-xenfv",
  severity: "warning",
  stage: "silent",
  title: "A Xen HVM guest's machine is xenfv",
  why: "libvirt's Xen driver accepts q35 and any other machine of QEMU, and starts xenfv: an i440FX chipset with IDE, without PCI Express. The XML of the running guest goes on to show what was asked for.",
  fix: "Set os.typeMachine to xenfv, or leave it out.",
  sources: [
    "tried: Xen 4.17, libvirt 9.0.0, HVM with machine q35 and pc: the device model runs -machine xenfv, its host bridge is PCI 8086:1237, and dumpxml says q35",
  ],
  needs: ["guest"],
  on: having(xenGuests, "os.typeMachine"),
  check: (guest): Outcome => {
    const { machine, label } = guest;
    if (machine === undefined) return notApplicable;
    const hvm = isKind(guest, "xen-hvm");
    if (hvm === false) return notApplicable;
    if (isLate(machine)) return undetermined("the guest's machine is known only at apply");
    if (machine.startsWith("xenfv")) return pass;
    if (hvm === undefined) return lateKind;
    return fail({
      at: "os.typeMachine",
      message: `HVM guest "${label}" asks for machine ${machine}: under Xen it would get xenfv, an i440FX machine without PCI Express.`,
      fix: 'set os.typeMachine to "xenfv"',
    });
  },
  examples: {
    bad: (plan) => plan.xenHvm({ os: { type_machine: "q35" } }),
    good: (plan) => plan.xenHvm({ os: { type_machine: "xenfv" } }),
  },
});
