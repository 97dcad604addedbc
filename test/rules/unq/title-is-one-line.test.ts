import { titleIsOneLine } from "../../../lib/rules/unq/title-is-one-line";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(titleIsOneLine, {
  fails: {
    "two lines": {
      plan: (t) => t.kvm({ name: "web", title: "web\nof the shop" }),
      message: 'The title of "web" has 2 lines, and libvirt takes one.',
      fix: "move the text to description",
      at: "title",
    },
    "a line break at the end, as a heredoc leaves it": {
      plan: (t) => t.kvm({ title: "web\n" }),
      fix: "remove the line break at its end",
    },
  },
  passes: {
    "one line": (t) => t.kvm({ title: "web" }),
    "none, and a description of several": (t) => t.kvm({ description: "a\nb" }),
  },
  undetermined: { "a late title": (t) => t.kvm({ title: "${var.title}" }) },
});
