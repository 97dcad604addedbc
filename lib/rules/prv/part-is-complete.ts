import { containsLate, isLate } from "../../plan/late";
import { defineRule, fail, guests, having, type Outcome, pass, undetermined } from "../../rule";
import { partsAt } from "../parts";

/** A part of a guest, and of what it must have one at least. */
interface Part {
  readonly at: string;
  readonly needs: readonly string[];
  readonly what: string;
}

const PARTS: readonly Part[] = [
  { at: "blockIoTune.device", needs: ["path"], what: "the device whose I/O it weighs or limits" },
  {
    at: "resource",
    needs: ["partition", "fibreChannel"],
    what: "a partition of control groups, or an application",
  },
  {
    at: "devices.interfaces[].source.hostdev.pci",
    needs: ["address"],
    what: "the address of the virtual function",
  },
  { at: "devices.interfaces[].source.hostdev.usb", needs: ["address"], what: "the address of the device" },
  { at: "launchSecurity.sev", needs: ["policy"], what: "the policy of AMD's firmware" },
];

/** Parts that mean nothing without a certain attribute, which the provider's schema calls optional. */
export const partIsComplete = defineRule({
  code: "VIRT-PRV-102",
  slug: "part-is-complete",
  severity: "error",
  stage: "define",
  title: "A part of a guest must have the attribute that libvirt cannot do without",
  why: "The provider's schema calls nearly everything optional; libvirt refuses parts that lack what they are about, sometimes without a reason.",
  fix: "Set the attribute, or remove the part.",
  sources: [
    "tried: libvirt 9.0.0 refuses a device of blockIoTune without path (missing per-device path), resource without partition and application (An error occurred, but the cause is unknown), sev without policy (failed to get launch security policy), and an interface on a device of the host without its address (missing source address type)",
  ],
  needs: ["guest"],
  on: having(guests, ...PARTS.map(({ at }) => at)),
  *check(guest): Iterable<Outcome> {
    for (const { at, needs, what } of PARTS) {
      for (const [place, part] of partsAt(guest.domain, at)) {
        const values = needs.map((name) => (part as Readonly<Record<string, unknown>>)[name]);
        if (isLate(part) || values.some(containsLate)) {
          yield undetermined(`${needs.join(" or ")} of ${at} is known only at apply`);
        } else if (values.some(isSaid)) yield pass;
        else {
          yield fail({
            at: place,
            message: `${place} of "${guest.label}" lacks ${needs.join(" and ")}: ${what}.`,
            fix: `set ${needs.join(" or ")}, or remove ${place}`,
          });
        }
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ block_io_tune: { device: [{ weight: 200 }] } }),
    good: (plan) => plan.kvm({ block_io_tune: { device: [{ path: "/dev/sda", weight: 200 }] } }),
  },
});

/** Whether a value is one that the provider sends. */
function isSaid(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  return typeof value !== "object" || Object.values(value).some(isSaid);
}
