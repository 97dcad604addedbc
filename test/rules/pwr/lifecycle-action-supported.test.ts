import { lifecycleActionSupported } from "../../../lib/rules/pwr/lifecycle-action-supported";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(lifecycleActionSupported, {
  fails: {
    "preserve on poweroff": {
      plan: (t) => t.kvm({ name: "a", on_poweroff: "preserve" }),
      message: 'onPoweroff of "a" is "preserve": QEMU keeps a guest only after a crash.',
      fix: "set onPoweroff to destroy or restart",
      at: "onPoweroff",
    },
    "preserve on reboot": (t) => t.tcg({ on_reboot: "preserve" }),
    "another name": {
      plan: (t) => t.kvm({ on_crash: "rename-restart" }),
      fix: "destroy, restart or preserve",
    },
    "another name on poweroff and reboot": {
      plan: (t) => t.kvm({ on_poweroff: "rename-restart", on_reboot: "rename-restart" }),
      count: 2,
    },
    "a dump without a crash": {
      plan: (t) => t.xenPv({ on_poweroff: "coredump-destroy", on_reboot: "coredump-restart" }),
      count: 2,
    },
    "restart on poweroff with destroy on reboot": {
      plan: (t) => t.kvm({ on_poweroff: "restart", on_reboot: "destroy" }),
      at: "onReboot",
    },
  },
  passes: {
    "what QEMU can do": (t) =>
      t
        .kvm({ on_poweroff: "restart", on_reboot: "restart", on_crash: "coredump-restart" })
        .kvm({ on_poweroff: "destroy", on_reboot: "destroy", on_crash: "preserve" })
        .kvm({ on_crash: "coredump-destroy" }),
    "what Xen can do": (t) =>
      t.xenPv({ on_poweroff: "preserve", on_reboot: "rename-restart", on_crash: "coredump-restart" }),
    "nothing said": (t) => t.kvm(),
  },
  undetermined: {
    "a late action": { plan: (t) => t.kvm({ on_poweroff: "${var.action}" }), reason: "known only at apply" },
  },
});
