import type { Planned } from "../../plan/late";
import type { DomainSecLabel } from "../../provider/domain";
import { defineRule, type Failure, guests, having } from "../../rule";
import { type Literal, outcomesOf } from "../faults";

type Label = Literal<Planned<DomainSecLabel>>;

/** Each security driver of the host labels a guest in its way. */
export const securityLabelComplete = defineRule({
  code: "VIRT-SEC-100",
  slug: "security-label-complete",
  severity: "error",
  stage: "define",
  title: "A security label must name its model where libvirt cannot guess it, and fit its type",
  why: "A static label is given, a dynamic one made by libvirt, which then must relabel the guest's images; type none does neither. Each model (selinux, apparmor, dac) labels once. Without a model libvirt takes the host's first, for a single label of type none, or dynamic without a base label.",
  fix: "Set model and, for type static, label; leave relabel out.",
  sources: [
    "libvirt domain_conf.c virSecurityLabelDefParseXML, virSecurityLabelDefsParseXML",
    "tried: libvirt 9.0.0 refuses a static label without text (security label is missing), type dynamic with relabel no (must use resource relabeling), none with relabel yes (not compatible with 'none' label type), two of one model (already provided), two of which one has none (missing security model when using multiple labels), and one without type, static, or with a base label, without model (missing security model in domain seclabel)",
  ],
  needs: ["guest"],
  on: having(guests, "secLabel"),
  check: (guest) =>
    outcomesOf(guest.domain.secLabel as Planned<DomainSecLabel[]>, "a security label is", (labels) =>
      faultsOf(labels, guest.label),
    ),
  examples: {
    bad: (plan) => plan.kvm({ sec_label: [{ type: "static", model: "selinux" }] }),
    good: (plan) =>
      plan.kvm({
        sec_label: [{ type: "static", model: "selinux", label: "system_u:system_r:svirt_t:s0:c1,c2" }],
      }),
  },
});

function* faultsOf(labels: readonly Label[], guest: string): Iterable<Failure> {
  const models = new Set<string>();
  for (const [index, each] of labels.entries()) {
    const { model, type, relabel, label, baseLabel } = each;
    const wrong = (attribute: keyof Label, what: string, fix: string): Failure => ({
      at: `secLabel[${index}].${attribute}`,
      message: `Security label ${index + 1} of "${guest}" ${what}.`,
      fix,
    });
    if (type === "dynamic" && relabel === "no") {
      yield wrong(
        "relabel",
        "is dynamic and says not to relabel",
        "remove relabel, or use type static or none",
      );
    } else if (type === "none" && relabel === "yes") {
      yield wrong("relabel", "is of type none and says to relabel", "remove relabel, or choose another type");
    } else if (type === "static" && model !== "none" && !label) {
      yield wrong("label", "is static and has no text", "set label, or use type dynamic");
    }
    if (!model) {
      // Such a label is of the host's first model.
      const isPlain = labels.length === 1 && (type === "none" || (type === "dynamic" && !baseLabel));
      if (!isPlain) yield wrong("model", "names no model", "set model: selinux, apparmor or dac");
    } else if (models.has(model)) {
      yield wrong("model", `is the second of model ${model}`, "keep one of each model");
    } else models.add(model);
  }
}
