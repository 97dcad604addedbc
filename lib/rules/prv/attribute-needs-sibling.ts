import { hasDependentAttributes } from "../../domain-xml/dependents";
import { xmlKindOf } from "../../domain-xml/mapping";
import { type DroppedAttribute, droppedAttributes } from "../../domain-xml/writer";
import { defineRule, fail, notApplicable, type Outcome, resources } from "../../rule";

/** The provider builds XML from attributes, and leaves out one that the XML has no place for. */
export const attributeNeedsSibling = defineRule({
  code: "VIRT-PRV-030",
  slug: "attribute-needs-sibling",
  severity: "error",
  stage: "apply",
  title: "An attribute must not be one that the provider leaves out of the XML",
  why: "Some attributes reach libvirt only beside another one: the policy of a disk's source without the source, the ports of a USB controller whose type is not usb, a unit without its quantity. Of alternatives, such as two sources of one disk, only the first is sent. The provider drops the others without a word, so that libvirt never learns of them.",
  fix: "Add the attribute that is missing, or remove the one that has no effect.",
  sources: [
    "measured: what the conversion of provider 0.9.7, with libvirtxml 1.11007.0, makes of each attribute alone and beside others",
  ],
  needs: ["plan"],
  on: resources,
  *check(resource): Iterable<Outcome> {
    const kind = xmlKindOf(resource.type);
    // Most have none, and need not be written to tell.
    if (kind === undefined || resource.existing || !hasDependentAttributes(kind, resource.config as object)) {
      yield notApplicable;
      return;
    }
    for (const { at, reason } of droppedAttributes(kind, resource.config as object)) {
      // What an empty value means is for other rules to say.
      if (reason.kind !== "zero") yield fail({ at, ...explain(`"${resource.label}": ${at}`, at, reason) });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { controllers: [{ type: "scsi", usb: { port: 4 } }] } }),
    good: (plan) => plan.kvm({ devices: { controllers: [{ type: "usb", usb: { port: 4 } }] } }),
  },
});

function explain(
  subject: string,
  at: string,
  reason: DroppedAttribute["reason"],
): { message: string; fix: string } {
  switch (reason.kind) {
    case "alternative":
      return {
        message: `${subject} is dropped: of alternatives the provider sends one, here ${reason.sent}.`,
        fix: `remove ${at} or ${reason.sent}`,
      };
    case "needs": {
      const any = reason.any.join(" or ");
      return reason.value === undefined
        ? {
            message: `${subject} is dropped: the provider sends it only beside ${any}.`,
            fix: `set ${any}, or remove ${at}`,
          }
        : {
            message: `${subject} is dropped: the provider sends it only where ${any} is "${reason.value}".`,
            fix: `set ${any} to "${reason.value}", or remove ${at}`,
          };
    }
    default:
      return { message: `${subject} is never sent: the provider has no XML for it.`, fix: `remove ${at}` };
  }
}
