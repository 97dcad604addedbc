import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { allOf } from "../hyp/offers";
import { isAtLeast } from "../versions";

/** Either libvirt chooses the firmware or the plan does. */
export const firmwareChoiceOrLoader = defineRule({
  code: "VIRT-FW-004",
  slug: "firmware-choice-or-loader",
  severity: "error",
  stage: "define",
  title: "os.firmware and an explicit loader exclude each other",
  why: "With os.firmware libvirt chooses an image of the host by itself. libvirt 8.6 to 9.1 refuses a loader path, type, readonly, secure=no and an NVRAM template beside it; from 9.2 on it takes them as conditions of its choice.",
  fix: "Name the loader and remove os.firmware, or leave the choice to libvirt and remove what names an image.",
  sources: [
    "libvirt 9.0 domain_validate.c virDomainDefOSValidate; NEWS 8.6.0: improved firmware autoselection; NEWS 9.2.0: firmware selection is kept in the definition; 11.3 no longer has the checks",
    "tried: libvirt 9.0.0, define of firmware=efi with each of readonly=yes, readonly=no, type, path, nvram template, secure=no: cannot be specified when firmware autoselection is enabled; secure=yes, stateless and an nvram path are accepted",
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "os.firmware"),
  check: (guest) => {
    const os = guest.domain.os;
    if (os?.firmware === undefined) return notApplicable;
    const fields = {
      "os.loader": os.loader,
      "os.loaderReadonly": os.loaderReadonly,
      "os.loaderType": os.loaderType,
      // Only "no" is refused: "yes" was once the way to ask for Secure Boot.
      "os.loaderSecure": os.loaderSecure === "yes" ? undefined : os.loaderSecure,
      "os.nvRam.template": os.nvRam?.template,
    };
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    if (given.length === 0) return notApplicable;
    const { host, label } = guest;
    const version = host.facts?.data.libvirtVersion;
    if (version === undefined) return needsFacts(host);
    if (!isAtLeast(version, "8.6.0") || isAtLeast(version, "9.2.0")) return pass;
    const known = given.filter(([, value]) => !isLate(value)).map(([name]) => name);
    if (isLate(os.firmware) || known.length === 0) {
      return undetermined("the guest's firmware or loader is known only at apply");
    }
    return fail({
      at: known[0],
      message: `"${label}" leaves its firmware to libvirt (os.firmware ${os.firmware}) and sets ${allOf(known)} as well, which libvirt ${version} on "${host.label}" refuses.`,
      fix: `remove os.firmware and name loader, loaderReadonly, loaderType and nvRam, or remove ${allOf(known)}`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        running: false,
        os: { firmware: "efi", loader: "/usr/share/OVMF/OVMF_CODE_4M.fd", loader_type: "pflash" },
      }),
    good: (plan) =>
      plan.kvm({
        os: { loader: "/usr/share/OVMF/OVMF_CODE_4M.fd", loader_type: "pflash", loader_readonly: "yes" },
      }),
  },
});
