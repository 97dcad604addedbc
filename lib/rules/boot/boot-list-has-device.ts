import { diskDevice, type PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  guests,
  having,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
} from "../../rule";

/** The firmware skips what is not there, and the guest boots something else or nothing. */
export const bootListHasDevice = defineRule({
  code: "VIRT-BOOT-005",
  slug: "boot-list-has-device",
  severity: "warning",
  stage: "boot",
  title: "A list of boot devices should name what the guest has",
  why: "os.bootDevices ranks kinds of device: hd is the first hard disk, cdrom and fd the first drive, network the first interface. libvirt accepts a kind that the guest does not have, and the firmware passes over it.",
  fix: "Add the device, or remove its kind from the list.",
  sources: [
    "libvirt qemu_process.c qemuProcessPrepareDeviceBootorder; xl.cfg(5) boot",
    "tried: libvirt 9.0.0, start with boot dev cdrom, fd and network without such a device: it runs",
  ],
  needs: ["guest"],
  on: having(guests, "os.bootDevices"),
  *check(guest): Iterable<Outcome> {
    const list = guest.domain.os?.bootDevices ?? [];
    // Paravirtualized guests have no firmware that would read it.
    if (list.length === 0 || (!guest.isQemu && guest.mode !== "xen-hvm")) return yield notApplicable;
    for (const [index, { dev }] of list.entries()) {
      const has = isLate(dev) ? undefined : hasKind(guest, dev);
      if (has === undefined) yield undetermined("the boot devices of a guest are known only at apply");
      else if (has) yield pass;
      else {
        yield fail({
          at: `os.bootDevices[${index}]`,
          message: `"${guest.label}" boots from ${dev} (os.bootDevices), but has no ${WHAT[dev]}.`,
          fix: `add one, or remove ${dev} from os.bootDevices`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { boot_devices: [{ dev: "hd" }, { dev: "cdrom" }] } }),
    good: (plan) => plan.kvm({ os: { boot_devices: [{ dev: "hd" }, { dev: "network" }] } }),
  },
});

const WHAT: Readonly<Record<string, string>> = {
  hd: "hard disk",
  cdrom: "CD-ROM drive",
  fd: "floppy drive",
  network: "network interface",
};

/** Whether the guest has a device of that kind; a kind that does not exist is libvirt's to refuse. */
function hasKind({ disks, interfaces }: PlanGuest, kind: string): boolean | undefined {
  if (WHAT[kind] === undefined) return true;
  if (kind === "network") return interfaces.length > 0;
  const wanted = { hd: ["disk", "lun"], cdrom: ["cdrom"], fd: ["floppy"] }[kind]!;
  if (disks.some((disk) => wanted.includes(diskDevice(disk)))) return true;
  return disks.some((disk) => isLate(diskDevice(disk))) ? undefined : false;
}
