import { isLate } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { defineRule, fail, guests, pass, undetermined } from "../../rule";
import { freeTarget, imageLabel, targetPrefix } from "./disks";

/** The target's name is how libvirt tells the disks of a guest apart, and where it puts them on their bus. */
export const uniqueDiskTarget = defineRule({
  code: "VIRT-DSK-001",
  slug: "unique-disk-target",
  severity: "error",
  stage: "define",
  title: "Every disk of a guest needs a target name of its own",
  why: "libvirt tells the disks of a guest apart by their targets (vda, sdb …), whatever their buses. It refuses a guest with two disks of one name.",
  fix: "Give each disk another target name.",
  sources: [
    "libvirt domain_conf.c virDomainDiskDefCheckDuplicateInfo, for every hypervisor",
    "tried: libvirt 9.0.0 refuses two disks vda, and sda on scsi beside sda on sata: target 'vda' duplicated",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    const disks = guest.disks.map((disk, index) => ({ disk, index }));
    for (const [dev, same] of groupBy(disks, ({ disk }) => disk.target?.dev)) {
      if (same.length < 2) continue;
      const names = same.map(({ disk, index }) => imageLabel(disk) ?? `disk ${index + 1}`);
      yield fail({
        at: `devices.disks[${same[1]!.index}].target.dev`,
        message: `"${guest.label}" has ${same.length} disks with target ${dev}: ${names.join(", ")}.`,
        fix: `give one of them another target, such as ${freeTarget(guest, targetPrefix(dev))}`,
      });
    }
    const late = disks.some(({ disk }) => isLate(disk.target?.dev));
    yield late && disks.length > 1 ? undetermined("the target of a disk is known only at apply") : pass;
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            { source: { file: { file: "/srv/root.img" } }, target: { dev: "vda", bus: "virtio" } },
            { source: { file: { file: "/srv/data.img" } }, target: { dev: "vda", bus: "virtio" } },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            { source: { file: { file: "/srv/root.img" } }, target: { dev: "vda", bus: "virtio" } },
            { source: { file: { file: "/srv/data.img" } }, target: { dev: "vdb", bus: "virtio" } },
          ],
        },
      }),
  },
});
