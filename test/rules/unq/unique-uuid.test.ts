import { readXmlDocuments, xmlResources } from "../../../lib/domain-xml";
import { buildPlan } from "../../../lib/plan/build";
import { uniqueUuid } from "../../../lib/rules/unq/unique-uuid";
import { RuleTester } from "../../../lib/testing";
import { validate } from "../../../lib/validation/validate";

const A = "6695eb01-f6a4-8304-79aa-97f2502e193f";
const B = "7795eb01-f6a4-8304-79aa-97f2502e193f";

RuleTester.run(uniqueUuid, {
  fails: {
    "a copy": {
      plan: (t) => t.kvm({ name: "a", existing: { uuid: A } }).kvm({ name: "b", existing: { uuid: A } }),
      message: `"a" and "b" of "kvm1" have one UUID, ${A}`,
      fix: 'remove the uuid of "b"',
      places: ["b", "a"],
    },
    "one in upper case": (t) =>
      t
        .kvm({ name: "a", existing: { uuid: A } })
        .kvm({ name: "b", existing: { uuid: A.toUpperCase() } })
        .kvm({ name: "c", existing: { uuid: B } }),
  },
  passes: {
    "UUIDs of their own": (t) => t.kvm({ existing: { uuid: A } }).kvm({ existing: { uuid: B } }),
    "none stated": (t) => t.kvm({ existing: {} }).kvm({ existing: {} }),
    "guests of two hosts": (t) =>
      t
        .kvmHost("kvm1")
        .kvmHost("kvm2")
        .kvm({ host: "kvm1", existing: { uuid: A } })
        .kvm({ host: "kvm2", existing: { uuid: A } }),
    "guests of a plan": (t) => t.kvm().kvm(),
  },
});

it("reads the UUIDs of XML, and takes two documents of one name and UUID for one guest", () => {
  const xml = (name: string) => `<domain type="kvm"><name>${name}</name><uuid>${A}</uuid></domain>`;
  const sources = ["a", "a", "b"].map((name, index) => ({ file: `${index}.xml`, text: xml(name) }));
  const { documents, skipped } = readXmlDocuments(sources);
  expect(skipped).toEqual([{ file: "1.xml", reason: "it is of the same domain as 0.xml" }]);
  const plan = buildPlan({ providers: [], resources: xmlResources(documents, "host") });
  const { findings } = validate(plan, [uniqueUuid]);
  expect(findings.map(({ places }) => places.map(({ label }) => label))).toEqual([["b", "a"]]);
});
