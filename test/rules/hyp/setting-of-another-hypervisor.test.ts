import { settingOfAnotherHypervisor } from "../../../lib/rules/hyp/setting-of-another-hypervisor";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(settingOfAnotherHypervisor, {
  fails: {
    "a boot loader and its arguments": {
      plan: (t) => t.kvm({ name: "web", bootloader: "/usr/bin/pygrub", bootloader_args: "-q" }),
      count: 2,
      message: '"web" sets bootloader, which is for Xen.',
      fix: "firmware boots a guest of QEMU",
      at: "bootloader",
    },
    "a guaranteed minimum": {
      plan: (t) => t.kvm({ memory_tune: { min_guarantee: 1024 } }),
      message: "which is for VMware",
      at: "memoryTune.minGuarantee",
    },
    "the balloon of Xen": {
      plan: (t) => t.kvm({ devices: { mem_balloon: { model: "xen" } } }),
      message: "sets devices.memBalloon.model to xen",
    },
  },
  passes: {
    "what is QEMU's": (t) =>
      t.kvm({
        memory_tune: { hard_limit: 8, min_guarantee: 0 },
        devices: { mem_balloon: { model: "virtio" } },
      }),
    "a Xen guest": (t) =>
      t.xenPv({ bootloader: "/usr/bin/pygrub", devices: { mem_balloon: { model: "xen" } } }),
  },
  undetermined: {
    "a late balloon": {
      plan: (t) => t.kvm({ devices: { mem_balloon: { model: "${var.model}" } } }),
      reason: "devices.memBalloon.model is known only at apply",
    },
  },
});
