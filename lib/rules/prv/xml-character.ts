import { xmlKindOf } from "../../domain-xml/mapping";
import { defineRule, fail, notApplicable, type Outcome, pass, resources } from "../../rule";
import { FORBIDDEN } from "../../xml/parse";

/** libvirt is told everything in XML 1.0, which cannot carry every character, not even escaped. */
export const xmlCharacter = defineRule({
  code: "VIRT-PRV-031",
  slug: "xml-character",
  severity: "error",
  stage: "silent",
  title: "A text must hold only characters that XML can carry",
  why: "The provider talks to libvirt in XML 1.0, which excludes control characters other than tab and line breaks, and halves of surrogate pairs. The provider puts U+FFFD in their place without a word, so that the name, path or command line is another one.",
  fix: "Remove the character.",
  sources: ["XML 1.0, section 2.2", "measured: the encoder of provider 0.9.7 writes U+FFFD"],
  needs: ["plan"],
  on: resources,
  *check(resource): Iterable<Outcome> {
    if (xmlKindOf(resource.type) === undefined) {
      yield notApplicable;
      return;
    }
    if (!holdsForbidden(resource.config)) return yield pass;
    for (const [at, text] of texts(resource.config, "")) {
      const found = FORBIDDEN.exec(text)?.[0];
      if (found === undefined) continue;
      const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      yield fail({
        at,
        message: `"${printable(resource.label)}": ${at} holds the character U+${code}, which XML cannot carry: the provider sends U+FFFD instead.`,
        fix: `remove U+${code} from ${at}`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ description: "made by\u0007 hand" }),
    good: (plan) => plan.kvm({ description: "made by\thand\n" }),
  },
});

/** Tells most plans apart without the paths of all their texts. */
function holdsForbidden(value: unknown): boolean {
  if (typeof value === "string") return isSuspect(value) && FORBIDDEN.test(value);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) {
    for (const element of value) if (holdsForbidden(element)) return true;
    return false;
  }
  for (const key in value) if (holdsForbidden((value as Record<string, unknown>)[key])) return true;
  return false;
}

/** A plan has many texts, and hardly one with a character that is forbidden, or is so by itself. */
function isSuspect(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= FIRST_SURROGATE || (code < SPACE && code !== 9 && code !== 10 && code !== 13)) return true;
  }
  return false;
}

const SPACE = 0x20;
const FIRST_SURROGATE = 0xd800;

function* texts(value: unknown, at: string): Iterable<[at: string, text: string]> {
  if (typeof value === "string") yield [at, value];
  else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) yield* texts(value[index], `${at}[${index}]`);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* texts(inner, at === "" ? key : `${at}.${key}`);
  }
}

function printable(text: string): string {
  return text.replace(new RegExp(FORBIDDEN.source, "g"), "\ufffd");
}
