import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";

/** What each driver can do; libxl knows no others. The backend behind tap left Xen with blktap. */
const FORMATS: ReadonlyMap<string, readonly string[]> = new Map([
  ["qemu", ["raw", "qcow", "qcow2", "qed", "vhd"]],
  ["tap", ["qcow", "qcow2", "qed"]],
  ["tap2", ["qcow", "qcow2", "qed"]],
  ["phy", ["raw"]],
  ["file", ["raw"]],
]);

/** phy and file hand the bytes on as they are; only QEMU understands formats. */
export const diskDriverAndFormat = defineRule({
  code: "VIRT-XEN-025",
  slug: "disk-driver-and-format",
  severity: "error",
  stage: "start",
  title: "A Xen guest's disk driver must exist and know the image's format",
  why: "libxl has the drivers qemu, phy, file, tap and tap2. phy and file serve raw images alone, qemu also qcow, qcow2, qed and vhd, and no driver anything else. The guest does not start.",
  fix: "Set the driver's name to qemu; convert an image of another format with qemu-img.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDisk; xl-disk-configuration(5)",
    "tried: libvirt 9.0.0, Xen 4.17: raw with driver tap: start fails, no suitable backend for disk xvda; raw with phy and qcow2 with qemu start",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    for (const [index, disk] of guest.disks.entries()) {
      const { name, type = "raw" } = disk.driver ?? {};
      // Without a name the image is raw whatever its type: another rule's. A network disk has the driver qemu.
      if (name === undefined || disk.source?.network !== undefined) continue;
      if (isLate(name) || (isLate(type) && FORMATS.has(name))) {
        yield undetermined("the driver of a disk is known only at apply");
        continue;
      }
      const formats = FORMATS.get(name);
      if (formats?.includes(type)) continue;
      const able = FORMATS.get("qemu")!.includes(type);
      yield fail({
        at: `devices.disks[${index}].driver.${formats === undefined ? "name" : "type"}`,
        message: `disk ${disk.target?.dev ?? index} of "${guest.label}" has driver ${name}, ${
          formats === undefined
            ? `which Xen does not have (it has ${[...FORMATS.keys()].join(", ")})`
            : `which takes ${formats.join(", ")} and not ${type}`
        }.`,
        fix:
          able || isLate(type)
            ? 'set driver.name to "qemu"'
            : `convert the image to qcow2 or raw, and set driver to { name: "qemu", type: "qcow2" }`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.xenPv({ devices: { disks: [{ ...disk, driver: { name: "phy", type: "qcow2" } }] } }),
    good: (plan) =>
      plan.xenPv({ devices: { disks: [{ ...disk, driver: { name: "qemu", type: "qcow2" } }] } }),
  },
});

const disk = {
  source: { file: { file: "/var/lib/libvirt/images/root.qcow2" } },
  target: { dev: "xvda", bus: "xen" },
};
