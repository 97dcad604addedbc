import { existsSync } from "node:fs";
import { writeXml, XML_KINDS } from "../../lib/domain-xml";
import { PlanExample } from "../../lib/plan/example";
import { containsLate } from "../../lib/plan/late";
import { rules } from "../../lib/rules/registry.generated";
import { type Document, describeWithSchemas, validate, withoutDeviations } from "./schemas";

/** The schemas of libvirt 9.0 know Xen on x86 alone. */
const UNKNOWN: ReadonlySet<string> = new Set(["arm-has-pv-only", "arm-device-model"]);

describeWithSchemas("libvirt's schemas", () => {
  it("find what they do not allow, with its place", () => {
    const xml = "<domain type='kvm'><name>a</name><gadget/></domain>";
    expect(validate([{ name: "gadget", kind: "domain", xml }]).violations[0]).toContainEqual(
      expect.objectContaining({
        message: expect.stringContaining("gadget"),
        line: 1,
        path: "/domain/gadget",
      }),
    );
  });

  it("allow the XML of every good example", () => {
    const documents = rules.flatMap((rule): Document[] => {
      const example = new PlanExample();
      rule.examples.good(example);
      return example.build().resources.flatMap(({ type, config }) => {
        const kind = XML_KINDS.find((each) => type === `libvirt_${each}`);
        if (kind === undefined || containsLate(config) || UNKNOWN.has(rule.slug)) return [];
        return [{ name: rule.slug, kind, xml: withoutDeviations(writeXml(kind, config as object)) }];
      });
    });
    const { violations } = validate(documents);
    expect(violations).toHaveLength(documents.length);
    const found = violations.flatMap((each, index) =>
      each.slice(0, 1).map(({ message, path }) => `${documents[index]!.name}: ${path} ${message}`),
    );
    expect([...new Set(found)]).toEqual([]);
  });
});

it("say where they come from when there are none", () => {
  const { error } = validate([], "/nowhere");
  expect(error).toContain(
    "/nowhere has no schemas of libvirt (domain.rng); they come with libvirt, on Debian with the package libvirt0",
  );
  expect(existsSync("/nowhere")).toBe(false);
});
