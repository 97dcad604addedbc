import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";

/** Devices that libvirt's Xen driver accepts and never passes on, in the words of people. */
const DROPPED = {
  rngs: "random number generator",
  tpms: "TPM",
  watchdogs: "watchdog",
  vsock: "vsock",
  filesystems: "shared filesystem",
  shmems: "shared memory device",
  iommu: "virtual IOMMU",
  panics: "panic device",
  redirDevs: "redirected USB device",
  smartcards: "smart card reader",
  crypto: "crypto device",
  pstore: "pstore device",
} as const;

/** The guest starts without them, and the running domain's XML goes on to list them. */
export const devicesWithoutTranslation = defineRule({
  code: "VIRT-XEN-036",
  slug: "devices-without-translation",
  severity: "error",
  stage: "silent",
  title: "A Xen guest gets only the devices that libvirt's Xen driver translates",
  why: "The driver tells Xen of disks, network cards, displays, PCI and USB devices and channels. It accepts a random number generator, TPM, watchdog, vsock or shared filesystem, and the guest starts without it, although the XML of the running guest still shows it.",
  fix: "Remove the device, or run the guest on KVM.",
  sources: [
    "libvirt libxl_conf.c libxlBuildDomainConfig",
    "measured: libvirt 9.0.0, Xen 4.17, HVM with RNG, TPM, watchdog, vsock and virtiofs: JSON configuration, device model's command line and device tree equal those without; the others by the source alone",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    const { devices } = guest.domain;
    if (isLate(devices)) {
      yield undetermined("the guest's devices are known only at apply");
      return;
    }
    const refuse = (at: string, what: string) =>
      fail({
        at: `devices.${at}`,
        message: `"${guest.label}" would start without its ${what}: libvirt's Xen driver accepts the device and drops it.`,
        fix: `remove devices.${at}, or run "${guest.label}" as KvmGuest`,
      });
    for (const [key, what] of Object.entries(DROPPED)) {
      const value = devices?.[key as keyof typeof DROPPED];
      if (value === undefined) continue;
      if (!Array.isArray(value)) yield isLate(value) ? lateDevice(what) : refuse(key, what);
      else if (value.length > 0) yield isLate(value[0]) ? lateDevice(what) : refuse(key, what);
    }
    for (const [index, { bus }] of (devices?.inputs ?? []).entries()) {
      if (isLate(bus)) yield lateDevice("virtio input device");
      else if (bus === "virtio") yield refuse(`inputs[${index}]`, "virtio input device");
    }
  },
  examples: {
    bad: (plan) =>
      plan.xenHvm({ devices: { rngs: [{ model: "virtio", backend: { random: "/dev/urandom" } }] } }),
    good: (plan) => plan.xenHvm({ devices: { inputs: [{ type: "tablet", bus: "usb" }] } }),
  },
});

function lateDevice(what: string): Outcome {
  return undetermined(`whether the guest has a ${what} is known only at apply`);
}
