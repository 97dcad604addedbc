import { attributeNeedsSibling } from "../../../lib/rules/prv/attribute-needs-sibling";
import { RuleTester } from "../../../lib/testing";

const disk = (source: object) => ({ devices: { disks: [{ source, target: { dev: "vda" } }] } });

RuleTester.run(attributeNeedsSibling, {
  fails: {
    "the ports of a controller that is none of USB": {
      plan: (t) => t.kvm({ name: "web", devices: { controllers: [{ type: "scsi", usb: { port: 4 } }] } }),
      message:
        '"web": devices.controllers[0].usb is dropped: the provider sends it only where devices.controllers[0].type is "usb".',
      fix: 'set devices.controllers[0].type to "usb", or remove devices.controllers[0].usb',
      at: "devices.controllers[0].usb",
      severity: "error",
    },
    "a label of a source without a file": {
      plan: (t) => t.kvm(disk({ file: { sec_label: [{ relabel: "no" }] } })),
      at: "devices.disks[0].source.file.secLabel",
      fix: "set devices.disks[0].source.file.file, or remove devices.disks[0].source.file.secLabel",
    },
    "one half of a null modem": {
      plan: (t) => t.kvm({ devices: { serials: [{ source: { nmdm: { master: "/dev/a", slave: "" } } }] } }),
      at: "devices.serials[0].source.nmdm.master",
    },
    "two sources of one disk": {
      plan: (t) => t.kvm(disk({ file: { file: "/a" }, block: { dev: "/b" } })),
      at: "devices.disks[0].source.block",
      fix: "remove devices.disks[0].source.block or devices.disks[0].source.file",
    },
    "a unit without its quantity": {
      plan: (t) => t.kvm({ current_memory_unit: "GiB" }),
      at: "currentMemoryUnit",
      fix: "set currentMemory, or remove currentMemoryUnit",
    },
    "what is never sent": {
      plan: (t) =>
        t.kvm({
          devices: { interfaces: [{ source: { hostdev: { usb: { guest_reset: "off" } } } }] },
        }),
      at: "devices.interfaces[0].source.hostdev.usb.guestReset",
    },
    "an attribute of a network": {
      plan: (t) =>
        t.network("lan", {
          forward: { addresses: [{}], mode: "hostdev" },
          mtu: null,
          ips: null,
          bandwidth: null,
          virtual_port: { params: { any: { profile_id: "x" }, mido_net: { interface_id: "y" } } },
        }),
      at: "virtualPort.params.midoNet",
    },
  },
  passes: {
    "an ordinary guest": (t) => t.kvm(),
    "a label of a source with a file": (t) =>
      t.kvm(disk({ file: { file: "/a", sec_label: [{ relabel: "no" }] } })),
    "a source that is known only at apply": (t) =>
      t.kvm(disk({ file: { file: "${libvirt_volume.x.path}", sec_label: [{ relabel: "no" }] } })),
    "a controller whose type is known only at apply": (t) =>
      t.kvm({ devices: { controllers: [{ type: "${var.type}", usb: { port: 4 } }] } }),
    "a policy for a drive that is empty": (t) => t.kvm(disk({ file: {}, startup_policy: "optional" })),
    "what the provider keeps to itself": (t) =>
      t.kvm({ running: true, autostart: true, destroy: { graceful: true } }),
    "an empty text: that is another rule's": (t) => t.kvm({ description: "" }),
    "a device that is late as a whole": (t) => t.kvm({ devices: { disks: ["${var.disk}"] } }),
  },
});
