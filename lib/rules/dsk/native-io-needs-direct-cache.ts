import { isLate } from "../../plan/late";
import { defineRule, fail, having, qemuGuests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

/** Linux native AIO is asynchronous only for files opened with O_DIRECT, which these two cache modes use. */
const DIRECT = ["none", "directsync"];

export const nativeIoNeedsDirectCache = defineRule({
  code: "VIRT-DSK-012",
  slug: "native-io-needs-direct-cache",
  severity: "error",
  stage: "define",
  title: "io native needs cache none or directsync",
  why: "Native asynchronous I/O works past the host's page cache. With another cache mode, and with none stated, libvirt refuses the disk.",
  fix: "Set cache none or directsync beside io native, or leave out io.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefDiskFrontend",
    "tried: libvirt 9.0.0 refuses io native with cache writeback and without cache, on CD-ROM drives as well; it defines it with none and directsync",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].driver.io"),
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      const { io, cache } = disk.driver ?? {};
      if (cache !== undefined && DIRECT.includes(cache)) continue;
      if (isLate(io) || (io === "native" && isLate(cache))) {
        yield undetermined("io or cache of a disk is known only at apply");
      } else if (io === "native") {
        yield fail({
          at: `devices.disks[${index}].driver.${cache === undefined ? "io" : "cache"}`,
          message: `Disk ${diskLabel(disk, index)} of "${guest.label}" has io native with ${
            cache === undefined ? "no cache mode" : `cache ${cache}`
          }; it needs cache none or directsync.`,
          fix: 'set cache: "none" (or leave out io)',
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              source: { block: { dev: "/dev/vg0/data" } },
              target: { dev: "vda", bus: "virtio" },
              driver: { name: "qemu", type: "raw", io: "native", cache: "writeback" },
            },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              source: { block: { dev: "/dev/vg0/data" } },
              target: { dev: "vda", bus: "virtio" },
              driver: { name: "qemu", type: "raw", io: "native", cache: "none" },
            },
          ],
        },
      }),
  },
});
