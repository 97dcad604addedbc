import { uniqueDeviceId } from "../../../lib/rules/unq/unique-device-id";
import { RuleTester } from "../../../lib/testing";

const cid = (name: string, address: string, changes: object = {}) => ({
  name,
  devices: { vsock: { cid: { address } } },
  ...changes,
});
const alias = (name: string) => ({ alias: { name } });
const controllers = (...list: object[]) => ({ name: "web", devices: { controllers: list } });
const audios = (...ids: unknown[]) => ({
  name: "web",
  devices: { audios: ids.map((id) => ({ id, none: {} })) },
});

RuleTester.run(uniqueDeviceId, {
  fails: {
    "two controllers of one index": {
      plan: (t) => t.kvm(controllers({ type: "scsi", index: 0 }, { type: "scsi", index: 0 })),
      message: '"web" has two scsi controllers with index 0: controllers[0] and controllers[1].',
      at: "devices.controllers[1].index",
    },
    "two audio devices of one id": {
      plan: (t) => t.kvm(audios(1, 2, 1)),
      message: '"web" has two audio devices with id 1.',
      at: "devices.audios[2].id",
    },
    "audio id 0": { plan: (t) => t.kvm(audios(0)), message: "ids count from 1" },
    "one alias on two devices": {
      plan: (t) =>
        t.kvm({
          name: "web",
          devices: { vsock: alias("ua-x"), rngs: [{ model: "virtio", ...alias("ua-x") }] },
        }),
      message: /Alias "ua-x" of "web" is that of devices\.(vsock|rngs\[0\]) and of/,
    },
    "a reserved CID": {
      plan: (t) => t.kvm(cid("web", "2")),
      message: '"web" has vsock CID 2; those below 3 are reserved.',
      at: "devices.vsock.cid.address",
    },
    "one CID in two guests of a host": {
      plan: (t) => t.kvm(cid("a", "5")).kvm(cid("b", "5")).kvm(cid("c", "6")),
      message: 'vsock CID 5 of "kvm1" is asked for by "a" and "b".',
      severity: "error",
      places: ["a", "b"],
    },
    "one CID in guests that run in turn": {
      plan: (t) => t.kvm(cid("a", "5")).kvm(cid("b", "5", { running: false })),
      severity: "warning",
    },
    "one CID in instances of a guest": (t) => t.kvm(cid("a", "5", { count: 2 })),
  },
  passes: {
    "controllers of other types and indexes": (t) =>
      t.kvm(controllers({ type: "scsi", index: 0 }, { type: "scsi", index: 1 }, { type: "sata", index: 0 })),
    "the companions of USB 2": (t) =>
      t.kvm(
        controllers(
          { type: "usb", index: 0, model: "ich9-ehci1" },
          { type: "usb", index: 0, model: "ich9-uhci1" },
        ),
      ),
    "controllers without index": (t) => t.kvm(controllers({ type: "scsi" }, { type: "scsi" })),
    "other audio ids": (t) => t.kvm(audios(1, 2)),
    "an alias that libvirt drops": (t) =>
      t.kvm({ devices: { vsock: alias("x"), rngs: [{ model: "virtio", ...alias("x") }] } }),
    "a console with the alias of its serial line": (t) =>
      t.kvm({
        devices: {
          serials: [{ target: { port: 0 }, ...alias("ua-s") }],
          consoles: [{ target: { type: "serial", port: 0 }, ...alias("ua-s") }],
        },
      }),
    "other CIDs, and one on two hosts": (t) =>
      t
        .kvmHost("kvm1")
        .kvmHost("kvm2")
        .kvm(cid("a", "5"))
        .kvm(cid("b", "6"))
        .kvm(cid("c", "5", { host: "kvm2" })),
    "CIDs that libvirt chooses": (t) => {
      const auto = { devices: { vsock: { cid: { auto: "yes", address: "5" } } } };
      return t.kvm({ name: "a", ...auto }).kvm({ name: "b", ...auto });
    },
    "an index that is late": (t) =>
      t.kvm(controllers({ type: "scsi", index: "${var.i}" }, { type: "scsi", index: 0 })),
  },
  undetermined: {
    "a CID that is late": (t) => t.kvm(cid("a", "${var.cid}")),
    "guests of which nobody knows whether they run": (t) =>
      t.kvm(cid("a", "5")).kvm(cid("b", "5", { running: "${var.on}" })),
  },
});
