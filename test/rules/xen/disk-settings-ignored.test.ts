import { diskSettingsIgnored } from "../../../lib/rules/xen/disk-settings-ignored";
import { RuleTester } from "../../../lib/testing";

const disk = (changes: object = {}, driver: object = {}) => ({
  devices: {
    disks: [
      {
        source: { file: { file: "/srv/a.img" } },
        target: { dev: "xvda", bus: "xen" },
        driver: { name: "qemu", type: "raw", ...driver },
        ...changes,
      },
    ],
  },
});

RuleTester.run(diskSettingsIgnored, {
  fails: {
    "a cache mode": {
      plan: (t) => t.xenPv({ name: "a", ...disk({}, { cache: "none" }) }),
      severity: "warning",
      message:
        'disk xvda of "a" would start without a cache mode of its own (it is writeback): libvirt\'s Xen driver accepts the setting and drops it.',
      fix: "remove devices.disks[0].driver.cache",
      at: "devices.disks[0].driver.cache",
      places: ["a"],
    },
    "several settings in one finding": {
      plan: (t) =>
        t.xenHvm(
          disk(
            { serial: "A1", wwn: "5000c50015ea71aa", io_tune: { total_bytes_sec: 1000 }, shareable: true },
            { cache: "writeback", io: "native", detect_zeros: "on", error_policy: "stop", io_thread: 1 },
          ),
        ),
      message:
        /an I\/O mode, detection of zeroes, an error policy, an I\/O thread, a serial number, a world wide name, I\/O limits and a mode for sharing/,
      at: "devices.disks[0].driver.io",
    },
    "vendor and product": (t) => t.xenHvm(disk({ vendor: "ACME", product: "disk" })),
    "one finding a disk": {
      plan: (t) =>
        t.xenPvh({
          devices: {
            disks: [disk({ serial: "A" }).devices.disks[0], disk({ serial: "B" }).devices.disks[0]],
          },
        }),
      count: 2,
    },
    "a late one beside a known one": {
      plan: (t) => t.xenPv(disk({ serial: "${var.serial}" }, { io: "threads" })),
      message: "an I/O mode",
      fix: /^remove devices\.disks\[0\]\.driver\.io$/,
    },
  },
  passes: {
    "what the guest has anyway": (t) =>
      t.xenPv(disk({}, { cache: "writeback" })).xenHvm(disk({}, { cache: "default" })),
    "what Xen is told": (t) => t.xenPv(disk({ read_only: true }, { discard: "unmap" })),
    "what is switched off": (t) => t.xenPv(disk({ shareable: false }, { copy_on_read: "off" })),
    "no driver and no disks": (t) => t.xenPv(disk({ driver: undefined })).xenPv({ devices: { disks: [] } }),
    "a KVM guest": (t) => t.kvm(disk({ serial: "A" }, { cache: "none" })),
  },
  undetermined: {
    "a late cache mode": {
      plan: (t) => t.xenPv(disk({}, { cache: "${var.cache}" })),
      reason: "whether a guest asks for a cache mode of its own (it is writeback) is known only at apply",
    },
    "late disks": (t) => t.xenPv({ devices: { disks: "${var.disks}" } }),
  },
});
