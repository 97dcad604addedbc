import { isLate } from "../../plan/late";
import {
  defineRule,
  having,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { isAtLeast } from "../versions";
import { MEASURED, readBack, WHY } from "./read-back";

/** Of later versions it was not tried. */
const TRIED_UP_TO = "9.1.0";

/** Where libvirt chooses the firmware, a running guest shows the choice and no longer the request. */
export const firmwareChoiceStays = defineRule({
  code: "VIRT-PRV-044",
  slug: "firmware-choice-stays",
  severity: "error",
  stage: "apply",
  title: "A running guest must name its firmware, where libvirt would not keep the request",
  why: `With os.firmware libvirt chooses an image when the guest starts. libvirt 9.0 then shows the image in place of the request, and firmware features in an order of its own. ${WHY}`,
  fix: 'Set os.loader, os.loaderReadonly "yes", os.loaderType "pflash" and os.nvRam in place of os.firmware.',
  sources: [
    `${MEASURED}: os.firmware "efi" of a running guest comes back as null, of one that is off it stays; the features secure-boot, enrolled-keys come back as enrolled-keys, secure-boot, and stay in that order`,
  ],
  needs: ["guest", "host facts"],
  on: having(qemuGuests, "os.firmware"),
  *check(guest): Iterable<Outcome> {
    const { os, running } = guest.domain;
    const features = (os?.firmwareInfo?.features ?? []).map(({ name }) => name);
    const [secureBoot, enrolledKeys] = ["secure-boot", "enrolled-keys"].map((name) => features.indexOf(name));
    const swaps = secureBoot! >= 0 && secureBoot! < enrolledKeys!;
    if (running !== true && !isLate(running) && !swaps) return yield notApplicable;
    const { libvirtVersion } = guest.host.facts?.data ?? {};
    const later = isAtLeast(libvirtVersion, TRIED_UP_TO);
    if (later === undefined) return yield needsFacts(guest.host);
    if (later) return yield notApplicable;
    if (isLate(os!.firmware) || isLate(running)) {
      yield undetermined("the firmware of a guest, or whether it runs, is known only at apply");
    } else if (os!.firmware === "efi" && running === true) {
      yield readBack(
        guest,
        "os.firmware",
        "efi",
        `as null from libvirt ${libvirtVersion}`,
        'remove os.firmware and set os.loader, os.loaderReadonly "yes", os.loaderType "pflash" and os.nvRam',
      );
    } else yield pass;
    if (swaps) {
      const fix = "list enrolled-keys before secure-boot";
      yield readBack(guest, "os.firmwareInfo.features", features, "in the other order", fix);
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ running: true, os: { firmware: "efi" } }),
    good: (plan) => plan.kvm({ running: false, os: { firmware: "efi" } }),
  },
});
