import { diskBus, type PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, pass, qemuGuests, undetermined } from "../../rule";
import { diskLabel, freeTarget, targetIndex } from "./disks";

/** One controller with two channels of two devices. */
const IDE_DEVICES = 4;
/** Machines off x86 whose chipset has an IDE controller. */
const OTHERS_WITH_IDE = ["malta", "sun4u", "g3beige"];
/** What libvirt takes where no machine is given, on architectures whose default machine has IDE. */
const DEFAULT_HAS_IDE = ["x86_64", "i686", "mips", "mipsel", "mips64", "mips64el", "sparc64", "ppc"];

/** IDE is part of the chipset: it is there once, or not at all. */
export const ideNeedsI440fx = defineRule({
  code: "VIRT-DSK-007",
  slug: "ide-needs-i440fx",
  severity: "error",
  stage: "define",
  title: "IDE needs a machine with an IDE controller, which takes four devices",
  why: "QEMU's IDE controller is part of the i440FX chipset (machine pc). Q35, ARM virt, pseries and s390 machines have none, and pc has one with four places: hda to hdd. libvirt reads the place from the last letter of the target.",
  fix: "Put the disk on virtio, scsi or sata.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefControllerIDE, qemuValidateDomainDeviceDefAddressDrive; qemu_domain.c qemuDomainMachineHasBuiltinIDE",
    "tried: libvirt 9.0.0 refuses hda on q35, an IDE controller on q35, hde and sde on bus ide of pc, and two IDE controllers on pc; hda to hdd on pc are defined",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest) {
    yield* diskOutcomes(guest);
    yield* controllerOutcomes(guest);
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        os: { type_machine: "q35" },
        devices: {
          disks: [{ source: { file: { file: "/srv/old.img" } }, target: { dev: "hda", bus: "ide" } }],
        },
      }),
    good: (plan) =>
      plan.kvm({
        os: { type_machine: "pc" },
        devices: {
          disks: [{ source: { file: { file: "/srv/old.img" } }, target: { dev: "hda", bus: "ide" } }],
        },
      }),
  },
  alsoFails: ["VIRT-DSK-029"],
});

function* diskOutcomes(guest: PlanGuest): Iterable<Outcome> {
  const hasIde = hasBuiltinIde(guest);
  for (const [index, disk] of guest.disks.entries()) {
    const bus = diskBus(disk);
    // A late bus matters only where a machine refuses IDE; elsewhere nearly every bus is right.
    if (isLate(bus) && hasIde !== true) yield undetermined("the bus of a disk is known only at apply");
    if (bus !== "ide") continue;
    const at = `devices.disks[${index}].target.${disk.target?.bus === undefined ? "dev" : "bus"}`;
    const dev = disk.target?.dev;
    if (hasIde === undefined) {
      yield undetermined("the machine of a guest with IDE disks is known only at apply");
    } else if (!hasIde) {
      yield fail({
        at,
        message: `Disk ${diskLabel(disk, index)} of "${guest.label}" is on IDE, but machine ${machineOf(guest)} has no IDE controller.`,
        fix: `use bus "sata" with target ${freeTarget(guest, "sd")} or "virtio" with ${freeTarget(guest, "vd")}, or machine "pc" if the guest's system knows IDE alone`,
      });
    } else if (isLate(dev)) {
      yield undetermined("the target of an IDE disk is known only at apply");
    } else if (dev !== undefined && (targetIndex(dev) ?? 0) >= IDE_DEVICES) {
      yield fail({
        at: `devices.disks[${index}].target.dev`,
        message: `Disk ${dev} of "${guest.label}" would be IDE device ${targetIndex(dev)! + 1}, but the only IDE controller takes ${IDE_DEVICES}: hda to hdd.`,
        fix: 'use a free target of hda to hdd, or bus "sata", "scsi" or "virtio"',
      });
    } else yield pass;
  }
}

function* controllerOutcomes(guest: PlanGuest): Iterable<Outcome> {
  const controllers = (guest.domain.devices?.controllers ?? [])
    .map(({ type, index }, position) => ({ type, index, at: `devices.controllers[${position}]` }))
    .filter(({ type }) => type === "ide");
  if (controllers.length === 0) return;
  const hasIde = hasBuiltinIde(guest);
  const refused = hasIde === false ? controllers[0] : (controllers[1] ?? controllers.find(isSecond));
  if (hasIde === undefined) {
    yield undetermined("the machine of a guest with an IDE controller is known only at apply");
  } else if (refused) {
    yield fail({
      at: refused.at,
      message: hasIde
        ? `"${guest.label}" has a second IDE controller, but machine ${machineOf(guest)} has one and takes no other.`
        : `"${guest.label}" has an IDE controller, but machine ${machineOf(guest)} takes none.`,
      fix: "remove the controller; libvirt adds those that disks need",
    });
  } else {
    // More than one would have been refused.
    yield isLate(controllers[0]!.index)
      ? undetermined("the index of an IDE controller is known only at apply")
      : pass;
  }
}

function isSecond({ index }: { index?: unknown }): boolean {
  return typeof index === "number" && !isLate(index) && index > 0;
}

/** Undefined when the machine is late, or its default unknown as the architecture is. */
function hasBuiltinIde({ machine, arch }: PlanGuest): boolean | undefined {
  if (isLate(machine)) return undefined;
  if (machine !== undefined) {
    return /^(pc$|pc-i440fx-|pc-[01]\.|rhel)/.test(machine) || OTHERS_WITH_IDE.includes(machine);
  }
  return arch === undefined || isLate(arch) ? undefined : DEFAULT_HAS_IDE.includes(arch);
}

function machineOf({ machine, arch }: PlanGuest): string {
  return machine ?? `of ${arch} by default`;
}
