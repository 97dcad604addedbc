import { examplePlan } from "../../../lib/plan/example";
import { invalidProp } from "../../../lib/rules/api/invalid-prop";
import { RuleTester } from "../../../lib/testing";
import { validate } from "../../../lib/validation/validate";

const size = { prop: "disks[0].size", message: "0 is no size", fix: "give a size above 0" };
const vcpus = { prop: "vcpus", message: "1.5 is no whole number", fix: "give a whole number" };
const uri = { prop: "connection", message: "the URI has no host", fix: "name the host" };

RuleTester.run(invalidProp, {
  fails: {
    "a prop of a guest, with the construct's own words": {
      plan: (t) => t.kvm({ name: "web", propIssues: [size] }),
      message: 'disks[0].size of "web": 0 is no size.',
      fix: "give a size above 0",
      severity: "error",
      at: "disks[0].size",
      places: ["web"],
    },
    "each prop of one construct": {
      plan: (t) => t.kvm({ propIssues: [size, vcpus] }),
      count: 2,
      message: /disks\[0\]\.size[\s\S]*vcpus/,
    },
    "a prop of a host": {
      plan: (t) => t.provider({ label: "kvm1", alias: "kvm1", propIssues: [uri] }),
      message: 'connection of "kvm1": the URI has no host.',
      at: "connection",
      places: ["kvm1"],
    },
    "a host by its own name": {
      plan: (t) =>
        t.provider({ label: "Provider", intent: { name: "kvm1", hypervisor: "kvm" }, propIssues: [uri] }),
      message: 'connection of "kvm1"',
      places: ["kvm1"],
    },
    "the construct that was given the prop, where two stand for one host": {
      plan: (t) =>
        t.kvmHost("kvm1").provider({ label: "again", uri: "qemu+ssh://kvm1/system", propIssues: [uri] }),
      message: 'connection of "again"',
      places: ["again"],
    },
  },
  passes: {
    "constructs whose props can be used": (t) => t.kvmHost().kvm().network("lan"),
    "a construct with an empty list of issues": (t) => t.kvm({ propIssues: [] }),
  },
});

it("tells two issues of one prop apart by their fingerprints", () => {
  const again = { ...size, message: "1 is too small" };
  const plan = examplePlan((t) => t.kvm({ propIssues: [size, again] }));
  const { findings } = validate(plan, [invalidProp]);
  expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(2);
});
