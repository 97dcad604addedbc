import { defineRule, fail, notApplicable, pass, undetermined, xenGuests } from "../../rule";

/** Windows brings drivers for the hardware that Xen emulates, and none for Xen's own. */
export const xenWindowsDrivers = defineRule({
  code: "VIRT-GOS-015",
  slug: "xen-windows-drivers",
  severity: "warning",
  stage: "advice",
  title: "A Windows guest of Xen should have Xen's PV drivers in its image",
  why: "Without them all disk and network traffic goes through the device model in dom0, only the first four disks are seen, and a shutdown from the host is only a request by the ACPI button. Nobody can see into an image: the guest's xenDrivers prop says what is there.",
  fix: 'Install the Xen Project\'s Windows PV drivers in the image, and set xenDrivers: "in-image".',
  sources: [
    "xl.cfg(5) xen_platform_pci",
    "SUSE/doc-sle xml/virt_support.xml: Windows needs PV drivers to reboot cleanly",
    "the catalogue of guest operating systems",
  ],
  needs: ["guest", "operating system"],
  on: xenGuests,
  check: ({ mode, os, intent, label }) => {
    if (mode !== "xen-hvm" || os?.family !== "windows") return notApplicable;
    if (os.xen.pvDriversInBox || intent?.xenDrivers === "in-image") return pass;
    if (intent?.xenDrivers === undefined) {
      return undetermined(
        "whether the image of a Windows guest has Xen's drivers is not stated (xenDrivers)",
      );
    }
    return fail({
      at: "os",
      message: `${os.name} of "${label}" has no drivers for Xen's disks and network cards, so that all its I/O is emulated.`,
      fix: 'install the Windows PV drivers in its image and set xenDrivers to "in-image"',
    });
  },
  examples: {
    bad: (plan) => plan.xenHvm({ intent: { os: "windows-server-2022", xenDrivers: "none" }, memory: 4 }),
    good: (plan) => plan.xenHvm({ intent: { os: "windows-server-2022", xenDrivers: "in-image" }, memory: 4 }),
  },
});
