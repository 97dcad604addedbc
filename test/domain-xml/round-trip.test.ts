import fc from "fast-check";
import { droppedAttributes, readXml, writeXml, type XmlKind } from "../../lib/domain-xml";
import { configurations } from "./configurations";
import { canonical } from "./xml-helpers";

describe.each(["domain", "network", "pool", "volume"] as const)("%s", (kind: XmlKind) => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(configurations(kind), (config) => {
        fc.pre(droppedAttributes(kind, config).length === 0);
        const written = writeXml(kind, config);
        const { config: read, readOnly, lost } = readXml(written);
        expect(lost).toEqual([]);
        expect(canonical(writeXml(kind, { ...read, ...readOnly }))).toEqual(canonical(written));
        expect(normal(read)).toEqual(normal(config));
      }),
      { numRuns: 300 },
    );
  });
});

/** The provider writes the text of an element beside the elements in it, as libvirtxml 1.11007.0 was seen to do. */
it("a text beside elements is written and read", () => {
  const nvRam = { nvRam: "/a.fd", source: { file: { file: "/b.fd" } } };
  const config = { name: "a", type: "kvm", os: { nvRam } };
  const written = writeXml("domain", config);
  expect(written).toContain('<nvram type="file">/a.fd<source file="/b.fd"/></nvram>');
  expect(readXml(written)).toMatchObject({ config, lost: [] });
});

/** Objects in which nothing is set say nothing: whether they are there is lost where they have no element of their own. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal).filter((item) => !isEmpty(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, normal(inner)] as const)
      .filter(([, inner]) => !isEmpty(inner)),
  );
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
