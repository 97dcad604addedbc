import { isLate } from "../../plan/late";
import { defineRule, fail, needsFacts, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { machineOf } from "../machine";

/** A machine type grows old: QEMU drops its versions, and new systems are built for newer hardware. */
export const currentMachine = defineRule({
  code: "VIRT-FW-019",
  slug: "current-machine",
  severity: "warning",
  stage: "advice",
  title: "A new guest should not be on a machine type that goes out of use",
  why: "QEMU marks machine types that a later version will no longer have; a guest on one cannot start after that upgrade. i440FX is a chipset of 1996 without PCI Express; systems that ask for a CPU of level x86-64-v2 or newer, or for UEFI, are made and tested for Q35.",
  fix: "Use q35, or a newer version of the machine.",
  sources: [
    "libvirt qemu capabilities: deprecated='yes' of a machine",
    "Red Hat Enterprise Linux 9 and 10, Configuring and managing virtualization: machine type q35; i440FX is deprecated",
    "osinfo-db: device q35 in the data of current systems",
  ],
  needs: ["guest", "host facts"],
  on: qemuGuests,
  check: (guest) => {
    const { arch, host, label, domain, os } = guest;
    if (isLate(arch) || isLate(guest.machine))
      return undetermined("the guest's machine is known only at apply");
    const machine = machineOf(guest);
    if (arch === undefined || machine === undefined) return needsFacts(host);
    if (host.facts?.machine(arch, domain.type, machine)?.deprecated === true) {
      return fail({
        at: "os.typeMachine",
        message: `Machine ${machine} of "${label}" is one that QEMU on "${host.label}" will drop in a later version.`,
        fix: "choose a newer version of the machine",
      });
    }
    if (arch !== "x86_64" || !/^pc$|^pc-i440fx-/.test(machine) || os === undefined) return notApplicable;
    const current = os.x86Level === "v2" || os.x86Level === "v3" || os.firmware?.bios === false;
    if (!current) return pass;
    return fail({
      at: "os.typeMachine",
      message: `${os.name} of "${label}" is on machine ${machine}, the i440FX chipset without PCI Express.`,
      fix: 'set os.typeMachine to "q35"',
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ intent: { os: "RHEL_9" }, os: { type_machine: "pc" }, memory: 4 }),
    good: (plan) => plan.kvm({ intent: { os: "RHEL_9" }, os: { type_machine: "q35" }, memory: 4 }),
  },
});
