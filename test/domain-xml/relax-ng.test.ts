import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type SchemaViolation, writeXml, XML_KINDS, type XmlKind } from "../../lib/domain-xml";
import { PlanExample } from "../../lib/plan/example";
import { containsLate } from "../../lib/plan/late";
import { rules } from "../../lib/rules/registry.generated";

interface Document {
  readonly name: string;
  readonly kind: XmlKind;
  readonly xml: string;
}

function validate(documents: readonly Document[], folder?: string) {
  const child = spawnSync(
    "npx",
    ["tsx", join(__dirname, "relax-ng-child.ts"), ...(folder === undefined ? [] : [folder])],
    {
      input: JSON.stringify(documents),
      encoding: "utf8",
      maxBuffer: 2 ** 27,
    },
  );
  return {
    error: child.stderr,
    violations: child.status === 0 ? (JSON.parse(child.stdout) as SchemaViolation[][]) : [],
  };
}

const probe = validate([
  { name: "probe", kind: "domain", xml: "<domain type='kvm'><name>a</name><gadget/></domain>" },
]);
const missing = probe.violations.length === 0;
if (missing) console.warn(`skipped: ${probe.error}`);

/** What the provider cannot write as the schema wants it, and plain define accepts. */
const KNOWN: ReadonlyMap<string, string> = new Map([
  ["host-devices-block-migration", "the provider writes product before vendor"],
  ["host-device-listed-once", "the provider writes product before vendor"],
  ["usb-host-device-unambiguous", "the provider writes product before vendor"],
  ["one-serial-port", "the form that plans empty leaves the type of a serial port to libvirt"],
  ["arm-has-pv-only", "the schema of libvirt 9.0 knows Xen on x86 alone"],
  ["terminal-is-chosen", "the form that plans empty leaves the type of a serial port to libvirt"],
  ["upload-keeps-its-format", "an ISO volume plans empty only without a target"],
]);

(missing ? describe.skip : describe)("libvirt's schemas", () => {
  it("find what they do not allow, with its place", () => {
    expect(probe.violations[0]).toContainEqual(
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
        if (kind === undefined || containsLate(config) || KNOWN.has(rule.slug)) return [];
        return [{ name: rule.slug, kind, xml: writeXml(kind, config as object) }];
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
