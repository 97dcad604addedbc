import { isArm } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import { defineRule, fail, needsFacts, notApplicable, type Outcome, pass, xenGuests } from "../../rule";
import { allOf } from "../hyp/offers";
import { isKind } from "./xen-mode";

/** On x86 every Xen host has QEMU, for HVM alone; on ARM nothing needs it but what is named here. */
export const armDeviceModel = defineRule({
  code: "VIRT-XEN-064",
  slug: "arm-device-model",
  severity: "warning",
  stage: "start",
  title: "A Xen guest on ARM with a display, or with disks of QEMU, needs a device model in dom0",
  why: "A guest on ARM needs no QEMU: dom0's kernel serves raw disks and network interfaces. A display and disks of driver qemu, such as qcow2 images, are served by QEMU in dom0, which must be built with Xen. Debian has that for x86 alone (package qemu-system-xen): there the guest does not start.",
  fix: 'Use raw images or block devices with driver "phy", and no graphics; or install a QEMU that is built with Xen in dom0.',
  sources: [
    "tried: Xen 4.17 on ARM, Debian 12, libvirt 9.0.0: VNC, driver qemu and qcow2 are refused at start (device model xen-qemu-system-i386 is not executable: Please install the qemu-system-xen package); driver phy, on a file too, and none start; with a QEMU built with Xen all start",
    "packages.debian.org: qemu-system-xen exists for amd64 and i386",
  ],
  needs: ["guest"],
  on: xenGuests,
  check: (guest): Outcome => {
    // The others have another rule there.
    if (isKind(guest, "xen-hvm", "xen-pvh")) return notApplicable;
    const arch = guest.host.arch ?? guest.arch;
    if (arch === undefined) return needsFacts(guest.host);
    if (!isArm(known(arch))) return notApplicable;
    const served = servedByQemu(guest);
    if (served.length === 0) return pass;
    return fail({
      at: served[0]!.at,
      message: `"${guest.label}" has ${allOf(served.map(({ what }) => what))}: on ARM dom0 needs a QEMU that is built with Xen for that, which Debian does not have.`,
      fix: "use raw images or block devices with driver phy, and remove graphics; or install such a QEMU in dom0, and acknowledge this",
    });
  },
  examples: {
    bad: (plan) => plan.xenHost("arm1", { facts: ofArm }).xenPv({ ...ON_ARM, devices: { disks: [QCOW2] } }),
    good: (plan) => plan.xenHost("arm1", { facts: ofArm }).xenPv({ ...ON_ARM, devices: { disks: [RAW] } }),
  },
});

const ON_ARM = { os: { type_arch: "aarch64", type_machine: null } };
const ofArm = {
  arch: "aarch64",
  guests: [{ osType: "xen", arch: "aarch64", domainTypes: ["xen"], machines: [{ name: "xenpv" }] }],
};
const disk = (driver: object) => ({
  source: { file: { file: "/var/lib/libvirt/images/root.img" } },
  target: { dev: "xvda", bus: "xen" },
  driver,
});
const QCOW2 = disk({ name: "qemu", type: "qcow2" });
const RAW = disk({ name: "phy", type: "raw" });

function servedByQemu({ disks, domain }: PlanGuest): { readonly at: string; readonly what: string }[] {
  const displays = (domain.devices?.graphics ?? []).flatMap((each, index) =>
    isLate(each) ? [] : [{ at: `devices.graphics[${index}]`, what: "a display" }],
  );
  const images = disks.flatMap(({ driver, target }, index) =>
    known(driver?.name) === "qemu"
      ? [
          {
            at: `devices.disks[${index}].driver.name`,
            what: `disk ${known(target?.dev) ?? index} of driver qemu`,
          },
        ]
      : [],
  );
  return [...displays.slice(0, 1), ...images];
}
