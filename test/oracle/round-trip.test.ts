import fc from "fast-check";
import { readXml, writeXml, type XmlDocument, type XmlKind } from "../../lib/domain-xml";
import type { Example } from "../../lib/rule";
import { rules } from "../../lib/rules/registry.generated";
import { canonical } from "../domain-xml/xml-helpers";
import { domains } from "./arbitraries/domain";
import { networks, pools } from "./arbitraries/resources";
import { exampleOf } from "./differential";
import { oracleFolder, Questions } from "./questions";
import { describeWithLibvirt, outputs, say } from "./virsh";

jest.setTimeout(600_000);

/** What libvirt says of every device, and the provider has no attribute for. */
const INEXPRESSIBLE: readonly RegExp[] = [
  /\/address$/,
  // Of PCI controllers: the provider has no target for them.
  /^\/domain\/devices\/controller\/target\//,
  // The provider writes yes and no, libvirt says on and off.
  /^\/domain\/cpu\/@migratable$/,
];

/** libvirt gives its first console the alias of the first serial port, and takes it for another device then. */
const REFUSES_ITS_OWN = /non unique alias detected/;

/** The number of a bridge that libvirt chose may have gone to a network of another test meanwhile. */
const TAKEN = /bridge name '\w+' already in use/;

const RANDOM: readonly (readonly [XmlKind, fc.Arbitrary<Record<string, unknown>>, number])[] = [
  ["domain", domains, 250],
  ["network", networks, 40],
  ["pool", pools, 40],
];

describeWithLibvirt("what libvirt prints of what it defined", () => {
  const folder = oracleFolder();
  let questions: Questions;
  beforeAll(() => {
    questions = new Questions(folder());
  });

  test("is read and written as it was, of every good example", () => {
    roundTrip(rules.map(({ examples }) => examples.good));
  });

  test.each(RANDOM)("is read and written as it was, of every random %s", (kind, arbitrary, numRuns) => {
    roundTrip(fc.sample(arbitrary, { seed: 2, numRuns }).map((part) => exampleOf(kind, part)));
  });

  function roundTrip(examples: readonly Example[]): void {
    const documents = outputs(examples.flatMap((each) => asked(each)))
      .flat()
      .map((output) => output.trim())
      .filter((output) => output.startsWith("<"));
    const read = documents.map((document) => readXml(document));
    const again = outputs(
      read.map(({ kind, config, readOnly }) =>
        questions.again(kind, String(config.name), writeXml(kind, { ...config, ...readOnly })),
      ),
    );
    const differences = documents.flatMap((document, index): string[] => {
      const [defined, printed] = again[index]!;
      if (!printed?.trim().startsWith("<"))
        return REFUSES_ITS_OWN.test(defined!) || TAKEN.test(defined!) ? [] : [`${defined}${document}`];
      const [before, after] = [document, printed.trim()].map(canonical);
      return JSON.stringify(before) === JSON.stringify(after) ? [] : [difference(document, printed.trim())];
    });
    say(`${documents.length} documents of libvirt are read and written: ${differences.length} differ`);
    expect(documents.length).toBeGreaterThan(0);
    expect(differences.slice(0, 5)).toEqual([]);
    expect([...new Set(read.flatMap(lostOf))]).toEqual([]);
  }

  function asked(example: Example) {
    const question = questions.of(example, "dump");
    return "notJudged" in question ? [] : question;
  }
});

const lostOf = ({ lost }: XmlDocument) =>
  lost
    .map(({ path, value }) => ({ path: path.replace(/\[\d+\]/g, ""), value }))
    .filter(({ path }) => !INEXPRESSIBLE.some((each) => each.test(path)))
    .map(({ path, value }) => `${path}: ${value}`);

/** The lines that only one of two documents has. */
function difference(one: string, other: string): string {
  const [before, after] = [one, other].map((text) => text.split("\n"));
  return [
    ...before!.filter((line) => !after!.includes(line)).map((line) => `- ${line}`),
    ...after!.filter((line) => !before!.includes(line)).map((line) => `+ ${line}`),
  ].join("\n");
}
