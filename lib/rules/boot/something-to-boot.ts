import { diskDevice, type PlanGuest } from "../../plan/guest";
import { containsLate, isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { bootOrders } from "./boot-orders";

/** A machine with nothing to boot runs, and waits for ever. */
export const somethingToBoot = defineRule({
  code: "VIRT-BOOT-004",
  slug: "something-to-boot",
  severity: "warning",
  stage: "boot",
  title: "A guest should have something to boot",
  why: "A guest boots a kernel that the plan names, a disk or a medium, or the network where its boot list or an interface's boot order says so. libvirt starts a guest that has none of these, and its firmware finds nothing.",
  fix: "Give it a disk with a source, a medium in its CD-ROM drive, or os.bootDevices with network.",
  sources: [
    "libvirt qemu_command.c qemuBuildBootCommandLine (strict=on: the firmware tries nothing that has no boot index), qemu_process.c qemuProcessPrepareDeviceBootorder",
    "tried: libvirt 9.0.0, start of a guest without disks, kernel and interfaces: it runs",
  ],
  needs: ["guest"],
  on: qemuGuests,
  check: (guest) => {
    const { domain, label, uefi } = guest;
    const { os, devices } = domain;
    if (os?.kernel) return notApplicable;
    // Devices of the host may hold a system, and UEFI looks for one on the network by itself.
    if ((devices?.hostdevs ?? []).length > 0 || bootOrders(guest).some(({ order }) => order !== undefined))
      return pass;
    if (uefi !== false && guest.interfaces.length > 0) return pass;
    if (guest.disks.some(hasMedium)) return pass;
    const network = (os?.bootDevices ?? []).some(({ dev }) => isLate(dev) || dev === "network");
    if (network && guest.interfaces.length > 0) return pass;
    if (isLate(os) || containsLate(os?.bootDevices) || guest.disks.some(isLate) || isLate(devices)) {
      return undetermined("the disks or boot devices of a guest are known only at apply");
    }
    const drive = guest.disks.some((disk) => diskDevice(disk) !== "disk");
    return fail({
      at: "devices.disks",
      message: `"${label}" has nothing to boot: no disk, ${drive ? "no medium in a drive, " : ""}no kernel, and the network is not in its boot list.`,
      fix: `add a disk${drive ? " or a medium" : ""}, or set os.bootDevices to [{ dev: "network" }]`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { disks: [] } }),
    good: (plan) => plan.kvm({ os: { boot_devices: [{ dev: "network" }] }, devices: { disks: [] } }),
  },
});

function hasMedium({ source }: PlanGuest["disks"][number]): boolean {
  return source !== undefined && Object.values(source).some((value) => value !== undefined);
}
