import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, pass, qemuGuests, undetermined } from "../../rule";

/** QEMU gives every guest a whole machine; the other os types are Xen's, or containers'. */
export const kvmGuestIsHvm = defineRule({
  code: "VIRT-HYP-007",
  slug: "kvm-guest-is-hvm",
  severity: "error",
  stage: "define",
  title: "A KVM or QEMU guest must have os type hvm",
  why: "Paravirtualized guests (os types xen, linux and xenpvh) exist on Xen alone, and exe stands for containers. libvirt's QEMU driver runs whole machines only.",
  fix: "Set os.type to hvm, or place the guest on a Xen host with domain type xen.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDef",
    "tried: libvirt 9.0.0, define of os types xen, linux and xenpvh: Emulator '/usr/bin/qemu-system-x86_64' does not support os type; of exe: init binary must be specified; of a boot loader without os type: bootloader is not supported by QEMU",
  ],
  needs: ["guest"],
  acknowledgeable: false,
  on: qemuGuests,
  check: ({ domain, osType, label, mode }) => {
    if (osType === undefined) return notApplicable;
    if (isLate(osType)) return undetermined("the guest's os type is known only at apply");
    if (osType === "hvm") return pass;
    const written = domain.os?.type;
    return fail({
      at: "os.type",
      message: `${mode === "kvm" ? "KVM" : "QEMU"} guest "${label}" ${
        written === undefined
          ? "has a boot loader and no os type, which stands for os type xen"
          : `has os type ${written}`
      }: only Xen runs paravirtualized guests, and QEMU takes nothing but hvm.`,
      fix: `set os.type to "hvm", or place "${label}" on a Xen host with type "xen"`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { type: "xen" } }),
    good: (plan) => plan.kvm({ os: { type: "hvm" } }),
  },
});
