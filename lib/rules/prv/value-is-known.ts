import { xmlKindOf } from "../../domain-xml/mapping";
import { unknownWords } from "../../domain-xml/words";
import { closest } from "../../plan/did-you-mean";
import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, type Outcome, pass, resources, undetermined } from "../../rule";
import { anyOf } from "../hyp/offers";

/** The provider's schema calls a word a string, so that Terraform takes any. */
export const valueIsKnown = defineRule({
  code: "VIRT-PRV-040",
  slug: "value-is-known",
  severity: "error",
  stage: "define",
  title: "A value must be one of the words that libvirt has for it",
  why: "Cache modes, buses, policies and switches are words of a fixed list in libvirt, which refuses any other. To the provider they are strings: validate and plan accept every text, and apply fails.",
  fix: "Write one of the words that libvirt has.",
  sources: [
    "the RELAX NG schemas of libvirt 9.0.0, 11.3.0 and 12.8.0, read together: a word is known that one of them knows",
    "tried: libvirt 9.0.0 was given a word of no list for every attribute, and those that it took are not checked; words that it takes beyond its schemas, such as none and default, are known",
  ],
  needs: ["plan"],
  on: resources,
  *check(resource): Iterable<Outcome> {
    const kind = xmlKindOf(resource.type);
    if (kind === undefined) {
      yield notApplicable;
      return;
    }
    const unknown = unknownWords(kind, resource.config as object);
    if (unknown.length === 0) yield pass;
    for (const { at, value, data: words } of unknown) {
      if (isLate(value)) {
        yield undetermined(`${at.replaceAll(/\[\d+\]/g, "")} is known only at apply`);
        continue;
      }
      const meant = closest(String(value), words);
      yield fail({
        at,
        message: `"${resource.label}": ${at} is "${value}", for which libvirt has no such word: it takes ${anyOf([...words])}.`,
        fix: meant === undefined ? `write one of them, or remove ${at}` : `write "${meant}"`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ on_crash: "reboot" }),
    good: (plan) => plan.kvm({ on_crash: "restart" }),
  },
});
