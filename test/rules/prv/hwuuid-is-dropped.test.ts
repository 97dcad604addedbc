import { hwuuidIsDropped } from "../../../lib/rules/prv/hwuuid-is-dropped";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(hwuuidIsDropped, {
  fails: {
    "a hwuuid": {
      plan: (t) => t.kvm({ name: "web", hwuuid: "6695eb01-f6a4-8304-79aa-97f2502e193f" }),
      message:
        'hwuuid of "web" is "6695eb01-f6a4-8304-79aa-97f2502e193f" and comes back as null: the apply ends in an error.',
      fix: "remove hwuuid",
      at: "hwuuid",
    },
    "one that is late, of a guest that is off": (t) => t.kvm({ hwuuid: "${var.uuid}", running: false }),
  },
  passes: { "a guest without": (t) => t.kvm() },
});
