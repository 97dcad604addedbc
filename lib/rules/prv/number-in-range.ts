import { xmlKindOf } from "../../domain-xml/mapping";
import { placesByKind } from "../../domain-xml/places";
import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, type Outcome, pass, resources, undetermined } from "../../rule";
import { numberRanges, type Range } from "./number-ranges";

const ranges = placesByKind<Range>(numberRanges);

/** The provider's schema has numbers, and libvirt has ranges of them. */
export const numberInRange = defineRule({
  code: "VIRT-PRV-100",
  slug: "number-in-range",
  severity: "error",
  stage: "define",
  title: "A number must be in the range that libvirt reads",
  why: "libvirt reads most numbers without sign into 32 or 64 bits, and some into fewer, as they are kept in hardware or sent over a wire. The provider takes every number; validate and plan accept -1, and apply fails.",
  fix: "Write a number of the range, or remove the attribute.",
  sources: [
    "tried: libvirt 9.0.0 was given 1, -1, 256, 65536, 2147483648, 4294967296 and 9007199254740992 for every number of the provider; what it refused is the table of this rule",
    "libvirt virxml.c virXMLPropUInt, virXMLPropInt; device_conf.c virPCIDeviceAddressIsValid",
  ],
  needs: ["plan"],
  on: resources,
  *check(resource): Iterable<Outcome> {
    const kind = xmlKindOf(resource.type);
    if (kind === undefined) return yield notApplicable;
    const found = ranges(kind).find(resource.config as object, (value, { least, most }) =>
      typeof value === "number" ? !(value >= least && value <= most) : isLate(value),
    );
    if (found.length === 0) yield pass;
    for (const { at, value, data } of found) {
      if (isLate(value)) {
        yield undetermined(`${at.replaceAll(/\[\d+\]/g, "")} is known only at apply`);
        continue;
      }
      const { least, most } = data;
      const range = most === Infinity ? `${least} and more` : `${least} to ${most}`;
      yield fail({
        at,
        message: `"${resource.label}": ${at} is ${value}; libvirt takes ${range}.`,
        fix: `set it to a number from ${least} ${most === Infinity ? "on" : `to ${most}`}, or remove it`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { bios: { reboot_timeout: 100_000 } } }),
    good: (plan) => plan.kvm({ os: { bios: { reboot_timeout: 10_000 } } }),
  },
});
