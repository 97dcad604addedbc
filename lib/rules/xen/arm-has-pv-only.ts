import { isArm } from "../../plan/arch";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  undetermined,
  xenGuests,
} from "../../rule";
import { isKind, kindName, lateKind } from "./xen-mode";

/** On ARM hardware virtualization comes without an emulated machine: there is one kind of guest. */
export const armHasPvOnly = defineRule({
  code: "VIRT-XEN-011",
  slug: "arm-has-pv-only",
  severity: "error",
  stage: "define",
  title: "Xen on ARM has one kind of guest, which libvirt calls PV",
  why: "Xen on ARM runs ordinary kernels on the CPU's virtualization, with paravirtualized devices and nothing emulated. It lists no HVM and no PVH guests, and libvirt refuses both.",
  fix: "Use XenPvGuest with a kernel, and leave out emulated devices and firmware.",
  sources: [
    "Xen SUPPORT.md, ARM; xl.cfg(5) type: on Arm there is one type of guest",
    "libvirt libxl_capabilities.c libxlCapsInitGuests: xen-3.0-aarch64 becomes os type xen",
    "tried: Xen 4.17 on ARM (emulated), libvirt 9.0.0: lists os type xen alone, for aarch64 and armv7l; define of hvm: could not find capabilities for arch=aarch64 domaintype=xen; of xenpvh: could not find capabilities for ostype=xenpvh; a PV guest with an ordinary kernel starts and sees its disk and card. virt_caps says hvm and hap there, and means something else",
  ],
  needs: ["guest"],
  on: xenGuests,
  check: (guest): Outcome => {
    const { host, label } = guest;
    const other = isKind(guest, "xen-hvm", "xen-pvh");
    if (other === false) return notApplicable;
    // A guest of another architecture than its host's is another rule's.
    const arch = host.arch ?? guest.arch;
    if (arch === undefined) return needsFacts(host);
    if (isLate(arch)) return undetermined("the host's architecture is known only at apply");
    if (!isArm(arch)) return pass;
    if (other === undefined) return lateKind;
    return fail({
      at: "os.type",
      message: `${kindName(guest)} "${label}" cannot run on "${host.label}" (${arch}): Xen on ARM has one kind of guest, without an emulated machine.`,
      fix: `use XenPvGuest with a kernel, and remove emulated devices and firmware; or run "${label}" on an x86 host`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.xenHost("arm1", { facts: ofArm }).xenHvm({ os: { type_arch: "aarch64", type_machine: null } }),
    good: (plan) =>
      plan.xenHost("arm1", { facts: ofArm }).xenPv({ os: { type_arch: "aarch64", type_machine: null } }),
  },
});

const ofArm = {
  arch: "aarch64",
  guests: [{ osType: "xen", arch: "aarch64", domainTypes: ["xen"], machines: [{ name: "xenpv" }] }],
};
