import { uploadKeepsItsFormat } from "../../../lib/rules/prv/upload-keeps-its-format";
import { RuleTester } from "../../../lib/testing";

const upload = (url: string, type?: string) => ({
  capacity: null,
  target: type === undefined ? null : { format: { type } },
  create: { content: { url } },
});

RuleTester.run(uploadKeepsItsFormat, {
  fails: {
    "an ISO of format raw": {
      plan: (t) => t.volume("cd", upload("https://user:pw@mirror.example.net/debian.iso", "raw")),
      message: 'is "raw" and comes back as "iso", which debian.iso is: the apply ends in an error.',
      fix: "remove target.format",
      at: "target.format.type",
    },
    "a qcow2 image of format raw": {
      plan: (t) => t.volume("root", upload("/srv/debian.qcow2", "raw")),
      fix: 'set target.format.type to "qcow2"',
    },
  },
  passes: {
    "an ISO without format": (t) => t.volume("cd", upload("/srv/debian.iso")),
    "a qcow2 image": (t) => t.volume("root", upload("/srv/debian.qcow2", "qcow2")),
    "an image whose name says nothing": (t) => t.volume("root", upload("/srv/debian.img", "qcow2")),
    "a volume that is not uploaded": (t) => t.volume("root"),
  },
  undetermined: {
    "a URL that is late": (t) => t.volume("cd", upload("${var.url}", "raw")),
    "a format that is late": (t) => t.volume("cd", upload("/srv/debian.iso", "${var.format}")),
  },
});
