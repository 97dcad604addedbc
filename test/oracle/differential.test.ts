import { join } from "node:path";
import fc from "fast-check";
import type { XmlKind } from "../../lib/domain-xml";
import { domains } from "./arbitraries/domain";
import type { Part } from "./arbitraries/pieces";
import { networks, pools, volumes } from "./arbitraries/resources";
import { knownDifference } from "./differences";
import { digest, factsOf, judge, kindOf, type Oracle, type Sample, smallest } from "./differential";
import { oracleFolder, Questions } from "./questions";
import { ask, describeWithLibvirt, say } from "./virsh";

jest.setTimeout(3_600_000);

/** Times the usual number of configurations, and what the random ones come from: for long runs by hand. */
const FACTOR = Number(process.env.ORACLE_RUNS ?? 1);
const SEED = Number(process.env.ORACLE_SEED ?? 1);

const KINDS: readonly (readonly [XmlKind, number, fc.Arbitrary<Part>])[] = [
  ["domain", 1500, domains],
  ["network", 200, networks],
  ["pool", 100, pools],
  ["volume", 100, volumes],
];

describeWithLibvirt("random configurations before the rules and libvirt", (version) => {
  const folder = oracleFolder();
  const pool = `vc-oracle-${process.pid}`;
  let oracle: Oracle;
  beforeAll(() => {
    oracle = { questions: new Questions(folder()), facts: factsOf(join(folder(), "facts")), pool };
    const target = join(folder(), "volumes");
    const [answer] = ask([{ commands: [`pool-create-as ${pool} dir --target ${target} --build`], undo: [] }]);
    if (answer) throw new Error(answer.error);
    say(`${version} and the rules judge random configurations of seed ${SEED}`);
  });

  afterAll(() => ask([{ commands: [], undo: [`pool-destroy ${pool}`] }]));

  test.each(KINDS)(
    "a %s that libvirt takes has no error, and one that it refuses has",
    (kind, runs, arbitrary) => {
      const samples = judge(kind, fc.sample(arbitrary, { seed: SEED, numRuns: runs * FACTOR }), oracle);
      const differ = samples.filter((sample) => ["missed", "contradicted"].includes(kindOf(sample)));
      const unknown = differ.filter((sample) => knownDifference(sample) === undefined);
      report(kind, samples, differ.length - unknown.length);
      // One of each, as small as it gets.
      const distinct = [...new Map(unknown.map((sample) => [digest(sample), sample])).values()].slice(0, 10);
      expect(
        distinct.map((sample) => describeSample(smallest(kind, arbitrary, sample, SEED, oracle))),
      ).toEqual([]);
    },
  );
});

function report(kind: XmlKind, samples: readonly Sample[], known: number): void {
  const count = (which: string) => samples.filter((sample) => kindOf(sample) === which).length;
  const agreed = samples.length - count("missed") - count("contradicted");
  say(
    `${samples.length} of kind ${kind}: ${agreed} agree (${count("accepted by both")} accepted, ${count("refused by both")} refused, ` +
      `${count("refused later")} defined and refused by rules of a later stage or the provider); ` +
      `${count("missed")} refused by libvirt alone, ${count("contradicted")} by the rules alone, of both ${known} known`,
  );
}

function describeSample(sample: Sample): unknown {
  const { part, answer, errors } = sample;
  return {
    part,
    libvirt: answer?.error ?? "accepts it",
    rules: errors.map(({ code, message }) => `${code} ${message}`),
  };
}
