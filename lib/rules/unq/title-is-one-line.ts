import { isLate } from "../../plan/late";
import { defineRule, fail, guests, having, notApplicable, pass, undetermined } from "../../rule";

/** Tools show titles in lists. */
export const titleIsOneLine = defineRule({
  code: "VIRT-UNQ-060",
  slug: "title-is-one-line",
  severity: "error",
  stage: "define",
  title: "The title of a guest must be one line",
  why: "A title is what lists of guests show beside the name. libvirt refuses one with a line break; long texts are for the description.",
  fix: "Put the text in the description, and one line in the title.",
  sources: ["tried: libvirt 9.0.0, define: Domain title can't contain newlines; a description may have them"],
  needs: ["guest"],
  on: having(guests, "title"),
  check: ({ domain: { title }, label }) => {
    if (title === undefined) return notApplicable;
    if (isLate(title)) return undetermined("the title of a guest is known only at apply");
    if (!title.includes("\n")) return pass;
    return fail({
      at: "title",
      message: `The title of "${label}" has ${title.split("\n").length} lines, and libvirt takes one.`,
      fix: title.trim().includes("\n") ? "move the text to description" : "remove the line break at its end",
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ title: "web server\nof the shop" }),
    good: (plan) => plan.kvm({ title: "web server of the shop" }),
  },
});
