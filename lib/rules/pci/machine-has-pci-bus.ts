import { diskBus, type PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, pass, qemuGuests } from "../../rule";
import { allOf } from "../hyp/offers";
import { usbDevices } from "../usb/usb-devices";

/** Machines of x86 without PCI: the PC of 1984, and one for virtio-mmio, which libvirt has for other CPUs alone. */
const WITHOUT_PCI = ["isapc", "microvm", "none"];

/** Lists of devices that are all on PCI under QEMU. */
const ON_PCI = [
  ["interfaces", "network cards"],
  ["rngs", "random number generators"],
  ["filesystems", "shared folders"],
  ["shmems", "shared memory"],
] as const;

/** Nearly all devices of a guest are PCI devices, and libvirt adds some unasked. */
export const machineHasPciBus = defineRule({
  code: "VIRT-PCI-083",
  slug: "machine-has-pci-bus",
  severity: "error",
  stage: "define",
  title: "A machine without a PCI bus takes no PCI devices",
  why: "isapc and microvm have no PCI bus under libvirt, which refuses every PCI device there. It adds two unasked: a memory balloon, and on microvm a USB controller.",
  fix: 'Use machine q35; or have no PCI devices, with memBalloon of model "none" and a USB controller of model "none".',
  sources: [
    "libvirt qemu_domain.c qemuDomainDefAddDefaultDevices; qemu_domain_address.c qemuDomainDeviceCalculatePCIConnectFlags; domain_addr.c virDomainPCIAddressSetGrow",
    "tried: libvirt 9.0.0, define of microvm, isapc and none as they are: No PCI buses available; isapc without a balloon, and microvm without balloon and USB are defined, and refused again with a virtio disk; with a controller of model pci-root all are defined; a USB device on isapc: USB is disabled for this domain, but USB devices are present",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "os.typeMachine"),
  check: (guest) => {
    const { label, machine } = guest;
    if (!WITHOUT_PCI.includes(machine ?? "")) return notApplicable;
    const controllers = guest.domain.devices?.controllers ?? [];
    if (controllers.some(({ type }) => type === "pci" || isLate(type))) return notApplicable;
    const found = [...pciDevices(guest)];
    if (found.length === 0) return pass;
    return fail({
      at: "os.typeMachine",
      message: `Machine ${machine} of "${label}" has no PCI bus, and the guest has ${allOf(found)}.`,
      fix: 'use machine "q35", or remove them: memBalloon and a USB controller of model "none" keep libvirt from adding its own',
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1", { facts: null }).kvm(microvm({})),
    good: (plan) =>
      plan
        .kvmHost("kvm1", { facts: null })
        .kvm(microvm({ mem_balloon: { model: "none" }, controllers: [{ type: "usb", model: "none" }] })),
  },
  alsoFails: ["VIRT-GOS-014"],
});

function microvm(devices: Record<string, unknown>): Record<string, unknown> {
  return {
    os: { type_machine: "microvm", kernel: "/srv/vmlinuz" },
    devices: { disks: [], interfaces: [], channels: [], serials: [{ source: { pty: {} } }], ...devices },
  };
}

function* pciDevices(guest: PlanGuest): Iterable<string> {
  const { devices } = guest.domain;
  const balloon = devices?.memBalloon;
  if (balloon === undefined) yield "a memory balloon (libvirt adds one)";
  else if (!isLate(balloon.model) && balloon.model !== "none") yield "a memory balloon";
  const usb = (devices?.controllers ?? []).filter(({ type }) => type === "usb");
  if (usb.length === 0 && guest.machine !== "isapc") yield "a USB controller (libvirt adds one)";
  else if (usb.some(({ model }) => !isLate(model) && model !== "none")) yield "a USB controller";
  // The PC of 1984 has no USB either, and libvirt adds none.
  if (usb.length === 0 && guest.machine === "isapc" && [...usbDevices(guest)].length > 0) yield "USB devices";
  const buses = new Set(guest.disks.map(diskBus));
  for (const bus of ["virtio", "scsi", "sata"]) if (buses.has(bus)) yield `disks on bus ${bus}`;
  const cards = (devices?.videos ?? []).map(({ model }) => model?.type);
  if (cards.some((type) => !["none", "ramfb"].includes(type ?? ""))) yield "a video card";
  else if (cards.length === 0 && devices?.graphics?.length) yield "graphics (libvirt adds a video card)";
  if (devices?.inputs?.some(({ bus }) => bus === "virtio")) yield "virtio input devices";
  if (devices?.channels?.some(({ target }) => target?.virtIo)) yield "virtio channels";
  for (const [list, what] of ON_PCI) if (devices?.[list]?.length) yield what;
}
