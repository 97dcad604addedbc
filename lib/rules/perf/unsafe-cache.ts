import { diskDevice } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "../dsk/disks";

/** With this mode the host forgets that the guest asked for its data to be on the disk. */
export const unsafeCache = defineRule({
  code: "VIRT-PERF-002",
  slug: "unsafe-cache",
  severity: "warning",
  stage: "advice",
  title: "A disk that is to keep its data should not use cache unsafe",
  why: "Cache mode unsafe ignores the guest's requests to write through to the disk. That makes installations and tests fast, and whatever the host had not yet written is lost when it loses power or crashes, with the file system in between.",
  fix: "Use none or writeback; keep unsafe for guests that can be thrown away.",
  sources: ["libvirt formatdomain, disk driver cache unsafe", "QEMU docs, cache=unsafe"],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].driver.cache"),
  *check(guest) {
    if (guest.disks.every(({ driver }) => driver?.cache === undefined)) return yield notApplicable;
    for (const [index, disk] of guest.disks.entries()) {
      const cache = disk.driver?.cache;
      // What is not written, or not kept, cannot be lost.
      if (disk.readOnly === true || diskDevice(disk) === "cdrom" || disk.transient !== undefined) continue;
      if (isLate(cache)) yield undetermined("the cache mode of a disk is known only at apply");
      else if (cache !== "unsafe") yield pass;
      else {
        yield fail({
          at: `devices.disks[${index}].driver.cache`,
          message: `Disk ${diskLabel(disk, index)} of "${guest.label}" has cache mode unsafe: a power failure of the host loses its data.`,
          fix: 'set cache to "none"',
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            { source: { file: { file: "/srv/a.img" } }, target: { dev: "vda" }, driver: { cache: "unsafe" } },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            { source: { file: { file: "/srv/a.img" } }, target: { dev: "vda" }, driver: { cache: "none" } },
          ],
        },
      }),
  },
});
