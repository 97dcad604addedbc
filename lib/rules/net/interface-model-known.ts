import { closest } from "../../plan/did-you-mean";
import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

/** libvirt's own names, which it reads without regard to case. */
const OF_LIBVIRT = [
  "virtio",
  "virtio-transitional",
  "virtio-non-transitional",
  "e1000",
  "e1000e",
  "igb",
  "rtl8139",
  "vmxnet3",
  "usb-net",
  "spapr-vlan",
  "lan9118",
  "smc91c111",
];

/** Devices of QEMU, whose names libvirt hands on. */
const OF_QEMU = [
  "e1000-82544gc",
  "e1000-82545em",
  "i82550",
  "i82551",
  "i82557a",
  "i82557b",
  "i82557c",
  "i82558a",
  "i82558b",
  "i82559a",
  "i82559b",
  "i82559c",
  "i82559er",
  "i82562",
  "i82801",
  "ne2k_isa",
  "ne2k_pci",
  "pcnet",
  "pvrdma",
  "rocker",
  "tulip",
  "virtio-net",
  "virtio-net-ccw",
  "virtio-net-device",
  "virtio-net-pci",
  "virtio-net-pci-non-transitional",
  "virtio-net-pci-transitional",
];

const KNOWN = new Set([...OF_LIBVIRT, ...OF_QEMU]);

/** libvirt takes any word for a device of QEMU. */
export const interfaceModelKnown = defineRule({
  code: "VIRT-NET-061",
  slug: "interface-model-known",
  severity: "error",
  stage: "start",
  title: "The model of an interface must be a device that QEMU has",
  why: "libvirt defines a guest with any model and hands the name on. QEMU does not start with a device that it does not have.",
  fix: "Use virtio, or e1000e for systems without its drivers.",
  sources: [
    "tried: libvirt 9.0.0 with QEMU 7.2 defines virt-io, netfront and eepro100, and refuses to start: is not a valid device model name; e1000, E1000, Virtio, e1000e, rtl8139, ne2k_pci, pcnet, i82551, tulip, vmxnet3, virtio-net and virtio-net-pci start",
    "QEMU 7.2: qemu-system-x86_64 -device help; libvirt domain_conf.c virDomainNetModel",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest): Iterable<Outcome> {
    for (const [index, { model }] of guest.interfaces.entries()) {
      const type = model?.type;
      if (type === undefined || type === "") continue;
      if (isLate(type)) yield undetermined("the model of an interface is known only at apply");
      else if (KNOWN.has(type) || OF_LIBVIRT.includes(type.toLowerCase())) yield pass;
      else {
        const meant = closest(type, KNOWN);
        yield fail({
          at: `devices.interfaces[${index}].model.type`,
          message: `Interface ${index + 1} of "${guest.label}" is of model ${type}, a device that QEMU does not have.`,
          fix: meant === undefined ? "use virtio, or e1000e" : `write "${meant}"`,
          // A device that a later QEMU has is no typing error.
          severity: meant === undefined && /^[a-z][a-z0-9_-]+$/.test(type) ? "warning" : "error",
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm(withModel("virt-io")),
    good: (plan) => plan.kvm(withModel("virtio")),
  },
});

function withModel(type: string): Record<string, unknown> {
  return { devices: { interfaces: [{ source: { network: { network: "default" } }, model: { type } }] } };
}
