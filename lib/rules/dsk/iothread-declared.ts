import { diskBus } from "../../plan/guest";
import { isLate, type Late } from "../../plan/late";
import { defineRule, fail, having, type Outcome, qemuGuests, undetermined } from "../../rule";
import { iothreadsOf } from "../cpu/iothreads";
import { diskLabel } from "./disks";

/** An I/O thread serves virtio queues, and the guest must have it. */
export const iothreadDeclared = defineRule({
  code: "VIRT-DSK-017",
  slug: "iothread-declared",
  severity: "error",
  stage: "define",
  title: "An I/O thread of a disk or controller must be one of the guest's, and the disk on virtio",
  why: "I/O threads are numbered: those listed by id, and as many more as iothreads counts, from 1 on. A disk or a virtio-scsi controller that names another is refused. Only virtio disks can have one; disks on a virtio-scsi controller share the controller's.",
  fix: "Raise iothreads, name a thread that there is, or put the disk on virtio.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefDiskIOThreads, domain_conf.c virDomainDefIOThreadsParse",
    "tried: libvirt 9.0.0 refuses iothread 1 without iothreads, 2 of 1, and any on sata and scsi (IOThreads not available for bus); 7 is defined where iothreadids lists it, and 1 beside it where iothreads counts 2; a controller: iothread '5' not defined in iothreadid",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.disks[].driver.ioThread", "devices.controllers[].driver.ioThread"),
  *check(guest) {
    const threads = iothreadsOf(guest);
    for (const [index, disk] of guest.disks.entries()) {
      const thread = disk.driver?.ioThread;
      if (thread === undefined) continue;
      const bus = diskBus(disk);
      const at = `devices.disks[${index}].driver.ioThread`;
      if (bus !== undefined && !isLate(bus) && bus !== "virtio") {
        yield fail({
          at,
          message: `Disk ${diskLabel(disk, index)} of "${guest.label}" is on the ${bus} bus and names I/O thread ${thread}; only virtio disks have one.`,
          fix:
            bus === "scsi"
              ? 'give the thread to the virtio-scsi controller (driver.ioThread), or use bus "virtio"'
              : 'use bus "virtio", or remove ioThread',
        });
      } else if (isLate(bus)) {
        yield undetermined("the bus of a disk or the I/O threads of its guest are known only at apply");
      } else {
        const subject = `Disk ${diskLabel(disk, index)} of "${guest.label}"`;
        yield* checkThread(subject, at, thread, threads);
      }
    }
    for (const [index, { driver, type }] of (guest.domain.devices?.controllers ?? []).entries()) {
      // Which controllers have a thread at all is another rule's.
      if (driver?.ioThread === undefined || type !== "scsi") continue;
      const subject = `Controller ${index + 1} (scsi) of "${guest.label}"`;
      yield* checkThread(subject, `devices.controllers[${index}].driver.ioThread`, driver.ioThread, threads);
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            {
              source: { file: { file: "/srv/root.img" } },
              target: { dev: "vda", bus: "virtio" },
              driver: { name: "qemu", type: "raw", io_thread: 1 },
            },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        io_threads: 1,
        devices: {
          disks: [
            {
              source: { file: { file: "/srv/root.img" } },
              target: { dev: "vda", bus: "virtio" },
              driver: { name: "qemu", type: "raw", io_thread: 1 },
            },
          ],
        },
      }),
  },
});

function* checkThread(
  subject: string,
  at: string,
  thread: number | Late,
  threads: readonly number[] | undefined,
): Iterable<Outcome> {
  if (isLate(thread) || threads === undefined) {
    yield undetermined("the bus of a disk or the I/O threads of its guest are known only at apply");
  } else if (thread !== 0 && !threads.includes(thread as number)) {
    yield fail({
      at,
      message: `${subject} names I/O thread ${thread}, but the guest has ${
        threads.length > 0 ? `${threads.join(", ")} alone` : "none"
      }.`,
      fix:
        threads.length > 0
          ? `use ${threads.join(" or ")}, or raise ioThreads`
          : `set ioThreads to ${thread} or more`,
    });
  }
}
