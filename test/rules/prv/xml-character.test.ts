import { xmlCharacter } from "../../../lib/rules/prv/xml-character";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(xmlCharacter, {
  fails: {
    "a control character in a text": {
      plan: (t) => t.kvm({ name: "web", description: "a\u0007b" }),
      message:
        '"web": description holds the character U+0007, which XML cannot carry: the provider sends U+FFFD instead.',
      fix: "remove U+0007 from description",
      at: "description",
      severity: "error",
    },
    "at depth": {
      plan: (t) => t.kvm({ qemu_commandline: { args: [{ value: "-s" }, { value: "\u0000" }] } }),
      at: "qemuCommandline.args[1].value",
    },
    "half of a pair": (t) => t.volume("root", { name: "\ud800.qcow2" }),
    "beside what is known only at apply": (t) => t.kvm({ description: "${var.x}\u0001" }),
  },
  passes: {
    "tabs, line breaks and whole pairs": (t) => t.kvm({ description: "a\t\r\n\u{1f600}" }),
    "a text that is known only at apply": (t) => t.kvm({ description: "${var.x}" }),
    "a resource that is no XML": (t) => t.resource("libvirt_ignition", "i", { name: "i", content: "\u0001" }),
  },
});
