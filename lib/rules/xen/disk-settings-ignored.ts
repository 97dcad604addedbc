import { isLate } from "../../plan/late";
import { defineRule, type Outcome, xenGuests } from "../../rule";
import { type Ignored, ignoredIn, reportIgnored } from "./ignored";

const OF_DISK = {
  serial: "a serial number",
  wwn: "a world wide name",
  vendor: "a vendor name",
  product: "a product name",
  ioTune: "I/O limits",
  throttleFilters: "throttle filters",
  shareable: "a mode for sharing",
  blockIo: "block sizes",
};

const OF_DRIVER = {
  cache: "a cache mode of its own (it is writeback)",
  io: "an I/O mode",
  detectZeros: "detection of zeroes",
  errorPolicy: "an error policy",
  rerrorPolicy: "a policy for read errors",
  copyOnRead: "copy on read",
  ioThread: "an I/O thread",
  ioThreads: "I/O threads",
  queues: "queues",
};

/** Cache modes that the guest has anyway. */
const HAS_ANYWAY = new Set(["writeback", "default"]);

/** libxl knows of a disk where its bytes are, in which format, and whether they may be written. */
export const diskSettingsIgnored = defineRule({
  code: "VIRT-XEN-053",
  slug: "disk-settings-ignored",
  severity: "warning",
  stage: "silent",
  title: "A Xen guest's disks have no cache mode, I/O mode, limits, serial number or sharing",
  why: "libvirt's Xen driver tells Xen a disk's path, format, driver, name, whether it is read-only and whether it discards. It accepts everything else and drops it, and the XML of the running guest goes on to show it. The cache is always writeback.",
  fix: "Remove the settings. Limit I/O on the host, and find disks in the guest by label or UUID.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDisk",
    "tried: Xen 4.17, libvirt 9.0.0, HVM: cache none and unsafe become writeback (QEMU info block); io, detect_zeroes, error_policy, iothread, serial, wwn, vendor, product and iotune are in neither the command line of the device model nor the JSON configuration; a shareable disk has the backend mode w and not w!; discard is delivered; with blockio the JSON configuration equals that without",
    "by the source alone: rerror_policy, copy_on_read, queues, throttle filters",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    for (const [index, disk] of guest.disks.entries()) {
      const at = `devices.disks[${index}]`;
      const settings: readonly Ignored[] = ignoredIn(disk, at, OF_DISK);
      const driver = ignoredIn(isLate(disk) ? undefined : disk.driver, `${at}.driver`, OF_DRIVER).filter(
        (each) => !each.at.endsWith(".cache") || !HAS_ANYWAY.has(disk.driver!.cache!),
      );
      if (settings.length + driver.length === 0) continue;
      yield* reportIgnored(`disk ${disk.target?.dev ?? index} of "${guest.label}"`, [...driver, ...settings]);
    }
  },
  examples: {
    bad: (plan) => plan.xenPv({ devices: { disks: [{ ...disk, driver: { ...driver, cache: "none" } }] } }),
    good: (plan) =>
      plan.xenPv({ devices: { disks: [{ ...disk, driver: { ...driver, discard: "unmap" } }] } }),
  },
});

const driver = { name: "qemu", type: "raw" };
const disk = {
  source: { file: { file: "/var/lib/libvirt/images/root.img" } },
  target: { dev: "xvda", bus: "xen" },
};
