import { xmlKindOf } from "../../domain-xml/mapping";
import { droppedAttributes } from "../../domain-xml/writer";
import { defineRule, fail, notApplicable, type Outcome, resourcesWithIssues } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

/** Attributes of which an apply has shown what becomes of an empty text. */
const TRIED = [
  "description",
  "title",
  "bootloader",
  "os.kernel",
  "os.cmdline",
  "onPoweroff",
  "devices.disks[].serial",
  "devices.disks[].driver.cache",
  "bridge.name",
  "forward.dev",
];

/** XML has no difference between an empty text and none. */
export const emptyTextIsNone = defineRule({
  code: "VIRT-PRV-043",
  slug: "empty-text-is-none",
  severity: "error",
  stage: "apply",
  title: "An optional text must be left out rather than empty",
  why: `The provider does not send an empty text, and reads back that there is none, or what libvirt has chosen. ${WHY}`,
  fix: 'Leave the attribute out; in HCL give null instead of "".',
  sources: [
    `${MEASURED}: "" of description, title, bootloader, os.kernel, os.cmdline, a disk's serial and cache, and a network's forward.dev comes back as null, of on_poweroff as destroy, of a network's bridge.name as virbr8; the name of a network's domain stays ""`,
    "measured: what the conversion of provider 0.9.7, with libvirtxml 1.11007.0, makes of each attribute that is empty",
  ],
  needs: ["plan"],
  on: resourcesWithIssues,
  *check(resource): Iterable<Outcome> {
    const kind = xmlKindOf(resource.type);
    const empty = resource.attributeIssues.filter((issue) => issue.kind === "empty").map(({ at }) => at);
    if (kind === undefined || empty.length === 0) return yield notApplicable;
    const unsent = droppedAttributes(kind, resource.config as object).filter(
      ({ reason }) => reason.kind === "zero",
    );
    for (const { at } of unsent.filter((each) => empty.includes(each.at))) {
      if (TRIED.includes(at.replace(/\[\d+\]/g, "[]"))) {
        yield readBack(resource, at, "", "as null or as what libvirt has chosen", `remove ${at}`);
      } else if (!resource.existing) {
        yield fail({
          severity: "warning",
          at,
          message: `${at} of "${resource.label}" is an empty text, which the provider does not send.`,
          fix: `remove ${at}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ description: "" }),
    good: (plan) => plan.kvm({ description: "web server" }),
  },
});
