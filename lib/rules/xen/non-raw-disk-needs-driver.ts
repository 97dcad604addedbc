import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import { volumeOfDisk } from "../../plan/storage";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";

/** What no driver names is raw to Xen: the guest sees the container, and writes into it. */
export const nonRawDiskNeedsDriver = defineRule({
  code: "VIRT-XEN-026",
  slug: "non-raw-disk-needs-driver",
  severity: "error",
  stage: "silent",
  title: "A Xen guest's disk image that is not raw needs a driver with name and type",
  why: "Without a driver name libvirt's Xen driver passes the image on as raw whatever its type, and without a type it takes it for raw. The guest gets the bytes of the qcow2 file as its disk, and destroys the image with its first write.",
  fix: 'Give the disk driver = { name: "qemu", type: "qcow2" } (or the type that it has).',
  sources: [
    "libvirt libxl_conf.c libxlMakeDisk (no driver name: raw), libxl_domain.c libxlDomainDeviceDefPostParse (no type: raw)",
    "measured: libvirt 9.0.0, Xen 4.17: driver type=qcow2 without name, and no driver at all: format=raw and the file on a loop device",
  ],
  needs: ["guest", "plan"],
  on: xenGuests,
  *check(guest, plan): Generator<Outcome> {
    for (const [index, disk] of guest.disks.entries()) yield* checkDisk(guest, plan, disk, index);
  },
  examples: {
    bad: (plan) => plan.xenPv({ devices: { disks: [{ ...disk, driver: { type: "qcow2" } }] } }),
    good: (plan) =>
      plan.xenPv({ devices: { disks: [{ ...disk, driver: { name: "qemu", type: "qcow2" } }] } }),
  },
});

const disk = {
  source: { file: { file: "/var/lib/libvirt/images/root.qcow2" } },
  target: { dev: "xvda", bus: "xen" },
};

/** Network disks have the driver qemu by default; a disk by pool and volume is another rule's. */
function* checkDisk(
  guest: PlanGuest,
  plan: Plan,
  disk: PlanGuest["disks"][number],
  index: number,
): Generator<Outcome> {
  const { source, driver } = disk;
  if (source?.file === undefined && source?.block === undefined) return;
  if (isLate(disk)) {
    yield undetermined("a disk is known only at apply");
    return;
  }
  const { name, type } = driver ?? {};
  if (known(name) !== undefined && type !== undefined) return;
  const volume = type === undefined ? volumeOfDisk(plan, guest, disk) : undefined;
  const format = type ?? volume?.config.target?.format?.type;
  // An ISO image is raw bytes.
  if (format === undefined || format === "raw" || format === "iso") return;
  if (isLate(format) || isLate(name)) {
    yield undetermined("the driver or the format of a disk is known only at apply");
    return;
  }
  const missing = name === undefined ? "name" : "type";
  const what = volume ? `volume "${volume.label}" is ${format}` : `the driver's type is ${format}`;
  yield fail({
    at: `devices.disks[${index}].driver.${missing}`,
    message: `disk ${disk.target?.dev ?? index} of "${guest.label}": ${what} and its driver has no ${missing}, so that Xen would take the bytes of the ${format} file for the disk.`,
    fix: `set driver to { name: "qemu", type: "${format}" }`,
  });
}
