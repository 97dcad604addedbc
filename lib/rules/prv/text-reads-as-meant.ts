import { xmlKindOf } from "../../domain-xml/mapping";
import { placesByKind } from "../../domain-xml/places";
import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, type Outcome, pass, resources, undetermined } from "../../rule";
import { type TextKind, textKinds } from "./text-kinds";

const kinds = placesByKind<TextKind>(textKinds);

/** The provider's schema calls a UUID, an address or a mode a string. */
export const textReadsAsMeant = defineRule({
  code: "VIRT-PRV-101",
  slug: "text-reads-as-meant",
  severity: "error",
  stage: "define",
  title: "A text that stands for a UUID, an address or a number must be one",
  why: "libvirt reads these texts and refuses what it cannot read. To the provider they are strings: validate and plan accept every text, and apply fails.",
  fix: "Write the text as in the finding's example, or remove the attribute.",
  sources: [
    "libvirt viruuid.c virUUIDParse, virsocketaddr.c virSocketAddrParse, virmacaddr.c virMacAddrParse, storage_conf.c virStorageDefParsePerms, qemu_domain.c qemuDomainDefNamespaceParseCommandlineEnvValidate",
    "tried: libvirt 9.0.0 was given a word for every text of the provider; those that it refused, and of which no other rule speaks, are the table of this rule (malformed genid element, cannot parse interfaceid parameter as a uuid, Invalid bridge mac address, Invalid delay value, malformed octal mode, Invalid environment name …)",
  ],
  needs: ["plan"],
  on: resources,
  *check(resource): Iterable<Outcome> {
    const kind = xmlKindOf(resource.type);
    if (kind === undefined) return yield notApplicable;
    // The provider leaves out most empty texts.
    const found = kinds(kind).find(
      resource.config as object,
      (value, text) =>
        (value !== "" || text.sentEmpty === true) && (isLate(value) || !text.isOne(String(value))),
    );
    if (found.length === 0) yield pass;
    for (const { at, value, data } of found) {
      if (isLate(value)) {
        yield undetermined(`${at.replaceAll(/\[\d+\]/g, "")} is known only at apply`);
        continue;
      }
      yield fail({
        at,
        message: `"${resource.label}": ${at} is "${value}", which is not ${data.name}.`,
        fix: `write it as in ${data.example}, or remove it`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ gen_id: "web1" }),
    good: (plan) => plan.kvm({ gen_id: "43dc0cf8-809b-4adb-9bea-a9abb5f3d90e" }),
  },
});
