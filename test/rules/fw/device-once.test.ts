import { deviceOnce } from "../../../lib/rules/fw/device-once";
import { RuleTester } from "../../../lib/testing";

const guest = (devices: object) => ({ name: "web", devices });
const DOGS = guest({ watchdogs: [{ model: "ib700" }, { model: "i6300esb" }] });

RuleTester.run(deviceOnce, {
  fails: {
    "two smart cards": {
      plan: (t) => t.kvm(guest({ smartcards: [{ host: true }, { host: true }] })),
      message: '"web" has 2 smart cards, and QEMU has one slot for them.',
      at: "devices.smartcards[1]",
    },
    "two sets of filters": {
      plan: (t) => t.kvm(guest({ redir_filters: [{ usb: [{ allow: "yes" }] }, { usb: [{ allow: "no" }] }] })),
      fix: "put all rules into one set",
    },
    "two watchdogs before libvirt 9.1": {
      plan: (t) => t.kvmHost("kvm1", { facts: { libvirtVersion: "9.0.0" } }).kvm(DOGS),
      message: '"web" has 2 watchdogs; libvirt 9.0.0 of "kvm1" takes one.',
    },
    "two panic devices of a model, stated or not": {
      plan: (t) => t.kvm(guest({ panics: [{ model: "hyperv" }, {}, { model: "isa" }] })),
      message: '"web" has 2 panic devices of model isa',
      fix: "keep devices.panics[1]",
      at: "devices.panics[2]",
    },
  },
  passes: {
    "one of each": (t) =>
      t.kvm(
        guest({
          smartcards: [{ host: true }],
          redir_filters: [{ usb: [] }],
          watchdogs: [{ model: "ib700" }],
          panics: [{}],
        }),
      ),
    "two watchdogs": (t) => t.kvmHost("kvm1", { facts: { libvirtVersion: "9.1.0" } }).kvm(DOGS),
    "two ways to panic": (t) => t.kvm(guest({ panics: [{ model: "isa" }, { model: "hyperv" }] })),
  },
  undetermined: {
    "watchdogs of a libvirt that is not known": {
      plan: (t) => t.kvmHost("x", { facts: null }).kvm(DOGS),
      reason: 'needs facts of "x"',
    },
    "a late panic": (t) => t.kvm(guest({ panics: [{}, { model: "${var.model}" }] })),
  },
});
