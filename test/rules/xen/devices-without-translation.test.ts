import { devicesWithoutTranslation } from "../../../lib/rules/xen/devices-without-translation";
import { type PlanExample, RuleTester } from "../../../lib/testing";

const dropped: Record<string, [attribute: string, device: object, what: string]> = {
  rngs: ["rngs", [{ model: "virtio" }], "random number generator"],
  tpms: ["tpms", [{ model: "tpm-crb" }], "TPM"],
  watchdogs: ["watchdogs", [{ model: "i6300esb" }], "watchdog"],
  vsock: ["vsock", { model: "virtio" }, "vsock"],
  filesystems: ["filesystems", [{ target: { dir: "x" } }], "shared filesystem"],
  shmems: ["shmems", [{ name: "x" }], "shared memory device"],
  iommu: ["iommu", { model: "intel" }, "virtual IOMMU"],
  panics: ["panics", [{ model: "isa" }], "panic device"],
  redirDevs: ["redir_devs", [{ bus: "usb" }], "redirected USB device"],
  smartcards: ["smartcards", [{}], "smart card reader"],
  crypto: ["crypto", [{ model: "virtio" }], "crypto device"],
  pstore: ["pstore", { backend: "acpi-erst" }, "pstore device"],
};

RuleTester.run(devicesWithoutTranslation, {
  fails: {
    ...Object.fromEntries(
      Object.entries(dropped).map(([key, [attribute, device, what]]) => [
        `a ${what}`,
        {
          plan: (t: PlanExample) => t.xenHvm({ name: "a", devices: { [attribute]: device } }),
          severity: "error",
          message: `"a" would start without its ${what}: libvirt's Xen driver accepts the device and drops it.`,
          fix: `remove devices.${key}, or run "a" as KvmGuest`,
          at: `devices.${key}`,
        },
      ]),
    ),
    "a virtio input device": {
      plan: (t) =>
        t.xenHvm({
          devices: {
            inputs: [
              { type: "tablet", bus: "usb" },
              { type: "tablet", bus: "virtio" },
            ],
          },
        }),
      message: "without its virtio input device",
      at: "devices.inputs[1]",
    },
    "PV and PVH guests": {
      plan: (t) => t.xenPv({ devices: { rngs: [{}] } }).xenPvh({ devices: { rngs: [{}] } }),
      count: 2,
    },
    "two of a kind, once": (t) => t.xenHvm({ devices: { rngs: [{}, {}] } }),
    "one of each kind": {
      plan: (t) => t.xenHvm({ devices: { rngs: [{}], tpms: [{}], vsock: {} } }),
      count: 3,
    },
  },
  passes: {
    "what the driver translates": (t) =>
      t.xenHvm({
        devices: {
          graphics: [{ vnc: { auto_port: true } }],
          sounds: [{ model: "ich6" }],
          inputs: [{ type: "tablet", bus: "usb" }, { type: "mouse" }],
          serials: [{}],
        },
      }),
    "empty lists": (t) => t.xenHvm({ devices: { rngs: [], tpms: [] } }),
    "a guest without devices": (t) => t.xenPv({ devices: null }),
    "all of them on KVM": (t) => t.kvm({ devices: { rngs: [{}], tpms: [{}], vsock: {} } }),
  },
  undetermined: {
    "late devices, once": {
      plan: (t) => t.xenPv({ devices: "${var.devices}" }),
      reason: /^the guest's devices are known only at apply$/,
    },
    "a late list": {
      plan: (t) => t.xenPv({ devices: { rngs: "${var.rngs}" } }),
      reason: /^whether the guest has a random number generator is known only at apply$/,
    },
    "a late device": {
      plan: (t) => t.xenPv({ devices: { vsock: "${var.vsock}" } }),
      reason: /^whether the guest has a vsock is known only at apply$/,
    },
    "a late input bus": {
      plan: (t) => t.xenPv({ devices: { inputs: [{ type: "tablet", bus: "${var.bus}" }] } }),
      reason: "whether the guest has a virtio input device",
    },
  },
});
