import { diskBus } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, guests, undetermined } from "../../rule";
import { diskLabel } from "./disks";

/** Options of a virtio queue, which only the virtio bus has. */
const OPTIONS = ["queues", "eventIdx", "ioEventFd", "iommu", "ats", "packed", "pagePerVq"] as const;
const MODELS = ["virtio", "virtio-transitional", "virtio-non-transitional"];

/** Virtio's options are about its queues; an emulated controller has none. */
export const virtioDiskOptions = defineRule({
  code: "VIRT-DSK-016",
  slug: "virtio-disk-options",
  severity: "error",
  stage: "define",
  title: "Options of virtio disks need the virtio bus",
  why: "Queues, event index, I/O event notification, packed rings and the virtio models are properties of a virtio block device. libvirt refuses them on every other bus, also on a virtio-scsi controller's disks.",
  fix: "Put the disk on virtio, or leave the option out.",
  sources: [
    "libvirt domain_validate.c virDomainDiskDefValidate, virDomainCheckVirtioOptionsAreAbsent",
    "tried: libvirt 9.0.0 refuses queues, event_idx, ioeventfd, iommu, ats, packed, page_per_vq and model virtio on sata; queue_size is defined",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    for (const [index, disk] of guest.disks.entries()) {
      const bus = diskBus(disk);
      if (bus === undefined || bus === "virtio") continue;
      const options: string[] = OPTIONS.filter((option) => disk.driver?.[option] !== undefined);
      const modelled = disk.model !== undefined && (isLate(disk.model) || MODELS.includes(disk.model));
      const attributes = [...options.map((option) => `driver.${option}`), ...(modelled ? ["model"] : [])];
      if (attributes.length === 0) continue;
      if (isLate(bus) || (options.length === 0 && isLate(disk.model))) {
        yield undetermined("the bus or model of a disk with virtio options is known only at apply");
        continue;
      }
      yield fail({
        at: `devices.disks[${index}].${attributes[0]}`,
        message: `Disk ${diskLabel(disk, index)} of "${guest.label}" is on the ${bus} bus and sets ${attributes.join(", ")}, which only virtio disks have.`,
        fix: `use bus "virtio", or remove ${attributes.join(", ")}`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              source: { file: { file: "/srv/root.img" } },
              target: { dev: "sda", bus: "sata" },
              driver: { name: "qemu", type: "raw", queues: 4 },
            },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              source: { file: { file: "/srv/root.img" } },
              target: { dev: "vda", bus: "virtio" },
              driver: { name: "qemu", type: "raw", queues: 4 },
            },
          ],
        },
      }),
  },
  alsoFails: ["VIRT-DSK-029"],
});
