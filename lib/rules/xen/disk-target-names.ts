import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";

/** What a target's name makes of a disk. */
const BUSES: Readonly<Record<string, { readonly bus: string; readonly disk: string }>> = {
  xvd: { bus: "xen", disk: "a disk of bus xen" },
  hd: { bus: "ide", disk: "an IDE disk" },
  sd: { bus: "scsi", disk: "a SCSI disk" },
};

/** Xen is told the name of a disk and nothing of its bus. */
export const diskTargetNames = defineRule({
  code: "VIRT-XEN-022",
  slug: "disk-target-names",
  severity: "error",
  stage: "start",
  title: "The target of a Xen guest's disk is xvd, hd or sd, and decides its bus",
  why: "Xen knows virtual disks by name: xvda and onwards, hda to hdd, sda to sdp. There are no virtio disks (vda), no floppies (fda), no SATA and no USB. A bus that does not belong to the name is ignored.",
  fix: "Name the target xvda and onwards, with bus xen; for an emulated disk hda (bus ide) or sda (bus scsi).",
  sources: [
    "xen-vbd-interface(7)",
    "libvirt libxl_conf.c libxlMakeDisk: the bus is not passed on",
    "tried: libvirt 9.0.0, Xen 4.17: target vda and fda, any bus: start fails, Invalid or unsupported virtual disk identifier",
    "measured: target sda with bus sata or usb becomes an lsi53c895a SCSI disk, a CD-ROM an IDE drive; xvda with bus virtio starts",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    for (const [index, disk] of guest.disks.entries()) {
      const { dev, bus } = disk.target ?? {};
      if (dev === undefined) continue;
      if (isLate(dev)) {
        yield undetermined("the target of a disk is known only at apply");
        continue;
      }
      const named = BUSES[/^(xvd|hd|sd)[a-z]/.exec(dev)?.[1] ?? ""];
      if (named === undefined) {
        yield fail({
          at: `devices.disks[${index}].target.dev`,
          message: `disk ${dev} of "${guest.label}" cannot be attached: Xen knows xvda and onwards, hda to hdd and sda to sdp only.`,
          fix: `set target.dev to "${freeName(guest, dev)}" and target.bus to "xen"`,
        });
      } else if (isLate(bus)) yield undetermined("the bus of a disk is known only at apply");
      else if (bus !== undefined && bus !== named.bus) {
        const cdrom = disk.device === "cdrom" && guest.mode === "xen-hvm";
        yield fail({
          severity: "warning",
          at: `devices.disks[${index}].target.bus`,
          message: `disk ${dev} of "${guest.label}" asks for bus ${bus}; under Xen the name decides, and ${dev} is ${cdrom ? "an IDE CD-ROM drive" : named.disk}.`,
          fix: cdrom
            ? 'set target.dev to "hdc" and target.bus to "ide"'
            : `set target.bus to "${named.bus}", which goes with ${dev}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.xenPv({ devices: { disks: [{ ...disk, target: { dev: "vda", bus: "virtio" } }] } }),
    good: (plan) => plan.xenPv({ devices: { disks: [{ ...disk, target: { dev: "xvda", bus: "xen" } }] } }),
  },
});

const disk = {
  source: { file: { file: "/var/lib/libvirt/images/root.img" } },
  driver: { name: "qemu", type: "raw" },
};

/** The name with the same letter if no other disk has it, else the next one that is free. */
function freeName(guest: PlanGuest, dev: string): string {
  const used = new Set(guest.disks.map((each) => each.target?.dev));
  const letters = [/[a-z]$/.exec(dev)?.[0] ?? "a", ..."abcdefghijklmnopqrstuvwxyz"];
  return letters.map((letter) => `xvd${letter}`).find((name) => !used.has(name)) ?? "xvdaa";
}
