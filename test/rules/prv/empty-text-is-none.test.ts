import { emptyTextIsNone } from "../../../lib/rules/prv/empty-text-is-none";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(emptyTextIsNone, {
  fails: {
    "a description": {
      plan: (t) => t.kvm({ name: "web", description: "" }),
      message: 'description of "web" is "" and comes back as null or as what libvirt has chosen',
      fix: "remove description",
      at: "description",
    },
    "one of two disks": {
      plan: (t) => t.kvm({ devices: { disks: [{ serial: "a" }, { serial: "" }] } }),
      at: "devices.disks[1].serial",
    },
    "a kernel and its arguments": { plan: (t) => t.xenHvm({ os: { kernel: "", cmdline: "" } }), count: 2 },
    "the bridge of a network": (t) => t.network("lan", { bridge: { name: "" } }),
    "what was not tried": {
      plan: (t) => t.kvm({ os: { initrd: "" } }),
      severity: "warning",
      message: "is an empty text, which the provider does not send",
    },
  },
  passes: {
    "a text": (t) => t.kvm({ description: "web server" }),
    none: (t) => t.kvm({ description: null }),
    "a late text": (t) => t.kvm({ description: "${var.text}" }),
    "an empty text that is sent": (t) => t.kvm({ cpu: { mode: "host-model", model: "" } }),
    "what is no document of libvirt": (t) =>
      t.resource("libvirt_cloudinit_disk", "seed", { name: "seed", user_data: "", meta_data: "a" }),
    "a guest that exists": (t) => t.kvm({ description: "", existing: {} }),
  },
});
