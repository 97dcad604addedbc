import { diskBus, diskDevice } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { diskLabel, freeTarget } from "./disks";

/** Controllers that QEMU imitates register by register. */
const EMULATED = new Set(["ide", "sata"]);

/** Each request to an emulated controller costs several exits from the guest. */
export const emulatedBusAlthoughVirtio = defineRule({
  code: "VIRT-DSK-029",
  slug: "emulated-bus-although-virtio",
  severity: "warning",
  stage: "advice",
  title: "A hard disk should be on virtio where the operating system has its driver",
  why: "An IDE or SATA controller is imitated: one request makes several exits from the guest, and there is one queue. virtio passes requests through shared memory. Every current Linux and BSD has its driver.",
  fix: 'Use bus "virtio", or a virtio-scsi controller.',
  sources: ["the catalogue of guest operating systems", "osinfo-db: virtio devices of each system"],
  needs: ["guest", "operating system"],
  on: qemuGuests,
  *check(guest) {
    const { os } = guest;
    if (os?.virtioInBox !== true) return;
    for (const [index, disk] of guest.disks.entries()) {
      const [bus, device] = [diskBus(disk), diskDevice(disk)];
      if (isLate(bus) || isLate(device)) yield undetermined("the bus of a disk is known only at apply");
      else if (device !== "disk") yield notApplicable;
      else if (bus === undefined || !EMULATED.has(bus)) yield pass;
      else {
        yield fail({
          at: `devices.disks[${index}].target.bus`,
          message: `Disk ${diskLabel(disk, index)} of "${guest.label}" is on the emulated ${bus} bus, and ${os.name} has virtio drivers.`,
          fix: `use bus "virtio" with target ${freeTarget(guest, "vd")}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { disks: [rootOn("sda", "sata")] } }),
    good: (plan) => plan.kvm({ devices: { disks: [rootOn("vda", "virtio")] } }),
  },
});

function rootOn(dev: string, bus: string): Record<string, unknown> {
  return {
    source: { file: { file: "/srv/root.qcow2" } },
    target: { dev, bus },
    driver: { name: "qemu", type: "qcow2" },
  };
}
