import { diskBus } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, qemuGuests, undetermined } from "../../rule";
import { diskLabel, freeTarget } from "./disks";

/** Buses that libvirt knows from other hypervisors. */
const FOREIGN: Readonly<Record<string, string>> = { xen: "Xen", uml: "User Mode Linux" };

/** A bus is a controller of the guest's machine, and QEMU builds no Xen bus into it. */
export const busOfQemu = defineRule({
  code: "VIRT-DSK-031",
  slug: "bus-of-qemu",
  severity: "error",
  stage: "start",
  title: "A disk of a KVM guest cannot be on the bus of another hypervisor",
  why: "libvirt defines a disk on the buses xen and uml and refuses to start the guest under QEMU. The targets xvda and ubda stand for them where no bus is stated.",
  fix: "Use bus virtio with a target like vda.",
  sources: [
    "tried: libvirt 9.0.0 defines disks on bus xen, and ubda without a bus, and refuses to start them: unsupported disk bus 'xen' with device setup; xvda on bus virtio starts",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      const bus = diskBus(disk);
      if (isLate(bus)) yield undetermined("the bus of a disk is known only at apply");
      const owner = FOREIGN[bus ?? ""];
      if (owner === undefined) continue;
      const stated = disk.target?.bus !== undefined;
      yield fail({
        at: `devices.disks[${index}].target.${stated ? "bus" : "dev"}`,
        message: `Disk ${diskLabel(disk, index)} of "${guest.label}" is on the ${bus} bus${
          stated ? "" : " (its target says so)"
        }, which is one of ${owner}.`,
        fix: `use bus "virtio" with target ${freeTarget(guest, "vd")}`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [{ source: { file: { file: "/srv/root.img" } }, target: { dev: "xvda", bus: "xen" } }],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [{ source: { file: { file: "/srv/root.img" } }, target: { dev: "vda", bus: "virtio" } }],
        },
      }),
  },
});
