import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { allOf } from "../hyp/offers";

/** Settings of a loader say nothing when there is no loader and libvirt is not to choose one. */
export const loaderNeedsPath = defineRule({
  code: "VIRT-FW-005",
  slug: "loader-needs-path",
  severity: "error",
  stage: "define",
  title: "Settings of the firmware need a loader path, or os.firmware",
  why: "Either the plan names a firmware image (os.loader), or libvirt chooses one (os.firmware). With neither libvirt refuses the settings of a loader and NVRAM, and it takes a list of firmware features only as conditions of its own choice.",
  fix: 'Set os.firmware to "efi" to leave the choice to libvirt, or os.loader to the path of the image.',
  sources: [
    "libvirt domain_validate.c virDomainDefOSValidate",
    "tried: libvirt 9.0.0, define without os.firmware of a loader with readonly and type, with secure, with stateless, of nvram with a path and with a template: no loader path specified and firmware auto selection disabled; of a firmware feature, with and without a loader: cannot use feature-based firmware autoselection when firmware autoselection is disabled",
  ],
  needs: ["guest"],
  on: having(
    qemuGuests,
    "os.loaderReadonly",
    "os.loaderSecure",
    "os.loaderStateless",
    "os.loaderType",
    "os.nvRam",
    "os.firmwareInfo",
  ),
  *check(guest): Iterable<Outcome> {
    const { domain, label } = guest;
    const { os } = domain;
    if (os === undefined || (os.firmware !== undefined && !isLate(os.firmware))) return yield notApplicable;
    const settings = {
      "os.loaderReadonly": os.loaderReadonly,
      "os.loaderSecure": os.loaderSecure,
      "os.loaderStateless": os.loaderStateless,
      "os.loaderType": os.loaderType,
      "os.nvRam": os.nvRam,
    };
    const given = Object.entries(settings)
      .filter(([, value]) => value !== undefined)
      .map(([name]) => name);
    const features = os.firmwareInfo?.features ?? [];
    if (given.length === 0 && features.length === 0) return yield notApplicable;
    if (isLate(os.firmware)) return yield undetermined("os.firmware is known only at apply");
    if (given.length > 0 && !os.loader) {
      yield fail({
        at: "os.loader",
        message: `"${label}" sets ${allOf(given)} and names no loader (os.loader), nor leaves the choice to libvirt (os.firmware).`,
        fix: `set os.loader to the path of the firmware image, or remove ${allOf(given)} and set os.firmware to "efi"`,
      });
    }
    if (features.some((feature) => !isLate(feature))) {
      yield fail({
        at: "os.firmware",
        message: `"${label}" lists firmware features (os.firmwareInfo) and does not leave the choice to libvirt (os.firmware).`,
        fix: `set os.firmware to "efi"${os.loader ? " and remove os.loader" : ""}, or remove os.firmwareInfo`,
      });
    } else if (features.length > 0) yield undetermined("the firmware features are known only at apply");
    yield pass;
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { loader_readonly: "yes", loader_type: "pflash" } }),
    good: (plan) =>
      plan.kvm({
        os: { loader: "/usr/share/OVMF/OVMF_CODE_4M.fd", loader_readonly: "yes", loader_type: "pflash" },
      }),
  },
  alsoFails: ["VIRT-PRV-030"],
});
