import { droppedAttributes, writeXml } from "../../lib/domain-xml";
import { canonical, configOf, kindOf, readVectors, type Vector } from "./xml-helpers";

const written = ({ resource, path, value, siblings }: Vector) =>
  writeXml(kindOf(resource), configOf(resource, { ...siblings, [path]: value }));

/** What differs, all at once: a test for each of thousands of vectors would only be slower. */
function differences(vectors: readonly Vector[]): string[] {
  return vectors
    .filter((vector) => JSON.stringify(canonical(written(vector))) !== JSON.stringify(canonical(vector.xml)))
    .map((vector) => `${vector.path}: ${written(vector)} instead of ${vector.xml}`);
}

const vectors = readVectors("vectors.jsonl");
const siblings = readVectors("siblings.jsonl");

describe("what the provider writes", () => {
  it("is written for each attribute alone, what it drops dropped", () => {
    expect(vectors).toHaveLength(2738);
    expect(differences(vectors)).toEqual([]);
  });

  it("is written for each attribute that needs another, beside it", () => {
    expect(siblings.filter(({ siblings: needed }) => needed === null)).toHaveLength(5);
    expect(differences(siblings.filter(({ siblings: needed }) => needed !== null))).toEqual([]);
  });

  it("is written for each empty object, for zeros and for empty texts", () => {
    expect(differences(readVectors("empty.jsonl"))).toEqual([]);
  });
});

describe("what the provider drops", () => {
  const needy = vectors.filter(({ needsSibling }) => needsSibling);

  it("is known for each attribute that needs another", () => {
    expect(needy).toHaveLength(586);
    const unknown = needy.filter(
      ({ resource, path, value }) =>
        droppedAttributes(kindOf(resource), configOf(resource, { [path]: value })).length === 0,
    );
    expect(unknown.map(({ path }) => path)).toEqual([]);
  });

  it("is nothing of an attribute that shows in the XML", () => {
    const shown = [...vectors, ...siblings].filter(({ xml }) => />7<|"(0x0*)?7"|VALUE|"yes"/.test(xml));
    const dropped = shown.flatMap(({ resource, path, value, siblings: needed }) =>
      droppedAttributes(kindOf(resource), configOf(resource, { ...needed, [path]: value })).map(
        (drop) => `${path}: ${JSON.stringify(drop)}`,
      ),
    );
    // The provider's own conversion leaves out a unit without its quantity, which the XML layer would write.
    const units = dropped.filter((each) => /^(\S*)_\w+: .*"kind":"needs","any":\["[^"]+"\]\}\}$/.test(each));
    expect(units).toHaveLength(41);
    expect(dropped).toEqual(units);
  });
});
