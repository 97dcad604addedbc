import { iothreadDeclared } from "../../../lib/rules/dsk/iothread-declared";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const on = (bus: string | undefined, io_thread: unknown, dev = "vda") =>
  disk(dev, { target: { dev, bus }, driver: { name: "qemu", type: "raw", io_thread } });
const ids = (...list: unknown[]) => ({ io_threads: list.map((id) => ({ id })) });

RuleTester.run(iothreadDeclared, {
  fails: {
    "a thread of a guest without any": {
      plan: (t) => t.kvm(withDisks(disk("vdb"), on("virtio", 1))),
      severity: "error",
      message: 'Disk vda of "web" names I/O thread 1, but the guest has none.',
      fix: "set ioThreads to 1 or more",
      at: "devices.disks[1].driver.ioThread",
      places: ["web"],
    },
    "a thread beyond the count": {
      plan: (t) => t.kvm({ ...withDisks(on("virtio", 3)), io_threads: 2 }),
      message: "but the guest has 1, 2 alone",
      fix: "use 1 or 2, or raise ioThreads",
    },
    "a thread that is not listed": {
      plan: (t) => t.kvm({ ...withDisks(on("virtio", 1)), io_thread_i_ds: ids(7) }),
      message: "but the guest has 7 alone",
      fix: "use 7, or raise ioThreads",
    },
    "a thread that neither the list nor the count has": {
      plan: (t) => t.kvm({ ...withDisks(on("virtio", 3)), io_threads: 3, io_thread_i_ds: ids(7, 1) }),
      message: "but the guest has 1, 2, 7 alone",
    },
    "a disk on sata": {
      plan: (t) => t.kvm({ ...withDisks(on("sata", 1, "sda")), io_threads: 1 }),
      message: 'Disk sda of "web" is on the sata bus and names I/O thread 1; only virtio disks have one.',
      fix: 'use bus "virtio", or remove ioThread',
    },
    "a disk whose target alone says scsi": {
      plan: (t) => t.kvm({ ...withDisks(on(undefined, 1, "sda")), io_threads: 1 }),
      message: "on the scsi bus",
      fix: "give the thread to the virtio-scsi controller",
    },
    "a disk on sata of a guest whose threads are known only at apply": (t) =>
      t.kvm({ ...withDisks(on("sata", 1, "sda")), io_threads: "${var.n}" }),
    "an emulated guest": (t) => t.tcg(withDisks(on("virtio", 1))),
  },
  passes: {
    "threads by count": (t) =>
      t.kvm({ ...withDisks(on("virtio", 1), on(undefined, 2, "vdb")), io_threads: 2 }),
    "a thread by its id": (t) => t.kvm({ ...withDisks(on("virtio", 7)), io_thread_i_ds: ids(7) }),
    "a thread by its id beside the count, and the lowest free one": (t) =>
      t.kvm({ ...withDisks(on("virtio", 7), on("virtio", 1)), io_threads: 2, io_thread_i_ds: ids(7) }),
    "more ids than the count": (t) =>
      t.kvm({ ...withDisks(on("virtio", 3)), io_threads: 1, io_thread_i_ds: ids(3, 4) }),
    "no thread": (t) => t.kvm(withDisks(on("sata", undefined, "sda"), disk("vdb"))),
    "a Xen guest: that is another rule's": (t) => t.xenHvm(withDisks(on("xen", 1, "xvda"))),
  },
  undetermined: {
    "a thread known only at apply": {
      plan: (t) => t.kvm({ ...withDisks(on("virtio", "${var.t}")), io_threads: 1 }),
      reason: "the bus of a disk or the I/O threads of its guest are known only at apply",
    },
    "a count known only at apply": (t) => t.kvm({ ...withDisks(on("virtio", 1)), io_threads: "${var.n}" }),
    "an id known only at apply": (t) =>
      t.kvm({ ...withDisks(on("virtio", 1)), io_thread_i_ds: ids(7, "${var.id}") }),
    "a bus known only at apply": (t) => t.kvm({ ...withDisks(on("${var.bus}", 1)), io_threads: 1 }),
    "no bus and no target": (t) =>
      t.kvm({
        ...withDisks(disk("x", { target: { dev: "${var.dev}" }, driver: { io_thread: 1 } })),
        io_threads: 1,
      }),
  },
});
