import { deviceFitsArchitecture } from "../../../lib/rules/fw/device-fits-architecture";
import { RuleTester } from "../../../lib/testing";

const guest = (devices: object, type_arch?: string) => ({ name: "web", os: { type_arch }, devices });

RuleTester.run(deviceFitsArchitecture, {
  fails: {
    "panics of others": {
      plan: (t) => t.kvm(guest({ panics: [{ model: "pseries" }, { model: "s390" }] })),
      count: 2,
      message: '"web" has a panic device of model pseries, which guests of POWER have; it is one of x86_64.',
      at: "devices.panics[0].model",
    },
    "the panic of Hyper-V on ARM": (t) => t.kvm(guest({ panics: [{ model: "hyperv" }] }, "aarch64")),
    "the watchdog of mainframes": {
      plan: (t) => t.kvm(guest({ watchdogs: [{ model: "diag288" }] })),
      fix: 'use model "i6300esb"',
    },
    "the NVRAM of POWER": {
      plan: (t) => t.kvm(guest({ nvram: {} })),
      message: "has an NVRAM device, which guests of POWER have",
      at: "devices.nvram",
    },
  },
  passes: {
    "those of the PC": (t) =>
      t.kvm(
        guest({ panics: [{ model: "isa" }, { model: "hyperv" }, {}], watchdogs: [{ model: "i6300esb" }] }),
      ),
    "those of POWER": (t) => t.kvm(guest({ panics: [{ model: "pseries" }], nvram: {} }, "ppc64le")),
    "those of mainframes": (t) =>
      t.kvm(guest({ panics: [{ model: "s390" }], watchdogs: [{ model: "diag288" }] }, "s390x")),
  },
  undetermined: {
    "a late architecture": {
      plan: (t) => t.kvm(guest({ nvram: {} }, "${var.arch}")),
      reason: "the architecture of a guest is known only at apply",
    },
  },
});
