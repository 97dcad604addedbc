import { virtioDiskOptions } from "../../../lib/rules/dsk/virtio-disk-options";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const on = (bus: string | undefined, driver: object, changes: object = {}) =>
  disk("sda", { target: { dev: "sda", bus }, driver, ...changes });
const OPTIONS = {
  queues: 4,
  event_idx: "on",
  io_event_fd: "on",
  iommu: "on",
  ats: "on",
  packed: "on",
  page_per_vq: "on",
};

RuleTester.run(virtioDiskOptions, {
  fails: {
    "queues on sata": {
      plan: (t) => t.kvm(withDisks(disk("vda"), on("sata", { queues: 4 }))),
      severity: "error",
      message: 'Disk sda of "web" is on the sata bus and sets driver.queues, which only virtio disks have.',
      fix: 'use bus "virtio", or remove driver.queues',
      at: "devices.disks[1].driver.queues",
      places: ["web"],
    },
    "each option, on scsi by the target alone": {
      plan: (t) =>
        t.kvm(withDisks(...Object.entries(OPTIONS).map(([key, value]) => on(undefined, { [key]: value })))),
      count: 7,
      message: /queues.*\n.*eventIdx.*\n.*ioEventFd.*\n.*iommu.*\n.*ats.*\n.*packed.*\n.*pagePerVq/,
    },
    "several options, once": {
      plan: (t) => t.kvm(withDisks(on("ide", { queues: 2, packed: "on" }, { model: "virtio" }))),
      message: "sets driver.queues, driver.packed, model, which",
      at: "devices.disks[0].driver.queues",
    },
    "virtio models on another bus": {
      plan: (t) =>
        t.kvm(
          withDisks(
            ...["virtio", "virtio-transitional", "virtio-non-transitional"].map((model) =>
              on("sata", {}, { model }),
            ),
          ),
        ),
      count: 3,
      at: "devices.disks[0].model",
    },
    "an option known only at apply on another bus": (t) =>
      t.kvm(withDisks(on("sata", { queues: "${var.n}" }))),
    "an option beside a model known only at apply": (t) =>
      t.kvm(withDisks(on("sata", { queues: 2 }, { model: "${var.model}" }))),
    "a Xen guest": (t) => t.xenHvm(withDisks(on("scsi", { queues: 2 }))),
  },
  passes: {
    "every option on virtio": (t) =>
      t.kvm(withDisks(disk("vda", { driver: OPTIONS, model: "virtio" }), on("virtio", OPTIONS))),
    "no virtio options on sata": (t) => t.kvm(withDisks(on("sata", { name: "qemu", queue_size: 64 }))),
    "another model on usb": (t) => t.kvm(withDisks(on("usb", {}, { model: "usb-bot" }))),
    "no virtio options on a bus known only at apply": (t) => t.kvm(withDisks(on("${var.bus}", {}))),
    "no target: that is another rule's": (t) => t.kvm(withDisks(disk("x", { target: {}, driver: OPTIONS }))),
  },
  undetermined: {
    "a bus known only at apply": {
      plan: (t) => t.kvm(withDisks(on("${var.bus}", { queues: 2 }))),
      reason: "the bus or model of a disk with virtio options is known only at apply",
    },
    "a model known only at apply on sata": (t) => t.kvm(withDisks(on("sata", {}, { model: "${var.model}" }))),
  },
});
