import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, type Outcome, undetermined, xenGuests } from "../../rule";
import { anyOf } from "../hyp/offers";

/** OVMF as Xen builds it has no System Management Mode to keep the keys in. */
export const noSecureBootOnXen = defineRule({
  code: "VIRT-XEN-017",
  slug: "no-secure-boot-on-xen",
  severity: "error",
  stage: "define",
  title: "Xen guests have no Secure Boot",
  why: "The UEFI firmware for Xen guests does not support Secure Boot, and libvirt's Xen driver refuses to hear of it: even the firmware feature secure-boot = no.",
  fix: "Leave Secure Boot out of the guest's settings, or run the guest on KVM.",
  sources: [
    "libvirt libxl_domain.c libxlDomainDefValidate",
    "tried: libvirt 9.0.0, Xen 4.17: firmware efi with feature secure-boot yes and no: define refused, Secure boot is not supported on Xen; firmware efi with loader secure=yes: refused at start",
  ],
  needs: ["guest"],
  on: having(xenGuests, "os.loaderSecure", "os.firmwareInfo"),
  check: (guest, plan) => {
    const { domain, label, arch } = guest;
    const { loaderSecure, firmwareInfo } = domain.os ?? {};
    const features = firmwareInfo?.features ?? [];
    const asked = features.findIndex(
      ({ name, enabled }) => name === "secure-boot" || (name === "enrolled-keys" && enabled === "yes"),
    );
    const refuse = (at: string, what: string): Outcome => {
      const kvm = plan.hostsOffering("hvm", arch ?? "x86_64", "kvm").map((host) => host.label);
      return fail({
        at,
        message: `"${label}" ${what}, which no Xen guest can have.`,
        fix: `remove ${at}, or run "${label}" as KvmGuest${kvm.length > 0 ? ` (on ${anyOf(kvm)})` : ""}`,
      });
    };
    if (loaderSecure === "yes") return refuse("os.loaderSecure", "asks for Secure Boot");
    if (asked >= 0) {
      const { name, enabled } = features[asked]!;
      const what =
        enabled === "no" ? `sets the firmware feature ${name}, if only to no` : "asks for Secure Boot";
      return refuse(`os.firmwareInfo.features[${asked}]`, what);
    }
    const late =
      isLate(loaderSecure) || features.some(({ name, enabled }) => isLate(name) || isLate(enabled));
    return late
      ? undetermined("whether the guest asks for Secure Boot is known only at apply")
      : notApplicable;
  },
  examples: {
    bad: (plan) =>
      plan.xenHvm({
        os: { firmware: "efi", firmware_info: { features: [{ name: "secure-boot", enabled: "yes" }] } },
      }),
    good: (plan) => plan.xenHvm({ os: { firmware: "efi" } }),
  },
});
