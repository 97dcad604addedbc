import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { junitReport } from "../../lib/report/junit";
import type { ReportInput } from "../../lib/report/report";
import { everything, finding, hostileReport, input, place, written } from "./sample";

interface Suite {
  readonly "@name": string;
  readonly "@tests": string;
  readonly "@failures": string;
  readonly "@skipped": string;
  readonly testcase?: readonly Case[];
}

interface Case {
  readonly "@name": string;
  readonly "@classname": string;
  readonly "@file"?: string;
  readonly "@line"?: string;
  readonly failure?: { readonly "@message": string; readonly "#text": string };
  readonly skipped?: { readonly "@message": string };
  readonly "system-out"?: string;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  isArray: (name) => name === "testsuite" || name === "testcase",
});

function suites(report: ReportInput): Suite[] {
  const xml = junitReport(report);
  expect(XMLValidator.validate(xml)).toBe(true);
  return parser.parse(xml).testsuites.testsuite;
}

const HAS_XMLLINT = spawnSync("xmllint", ["--version"]).status === 0;

test("has a suite for each stack, and one for the rules that found nothing", () => {
  const all = suites(everything);
  expect(all.map((suite) => suite["@name"])).toEqual(["rules", "rack"]);
  const rack = all[1]!;
  expect([rack["@tests"], rack["@failures"], rack["@skipped"]]).toEqual(["6", "1", "5"]);
  expect(
    rack.testcase!.map((each) => [each["@name"], each.failure ? "failed" : each.skipped!["@message"]]),
  ).toEqual([
    ["VIRT-CPU-002 topology-matches-vcpus: db1", "failed"],
    ["VIRT-HYP-006 emulation-is-slow: web", expect.stringMatching(/^warning: The CPU/)],
    [
      "VIRT-CPU-002 topology-matches-vcpus: old",
      expect.stringMatching(/^acknowledged until 2027-03-31: old cluster/),
    ],
    [
      "VIRT-XEN-002 pv-needs-modified-os: web",
      expect.stringMatching(/^not checked: the guest's operating system/),
    ],
    ["VIRT-HYP-001 kvm-needs-cpu-virtualization: web", expect.stringMatching(/^not checked: needs facts/)],
    ["VIRT-CPU-008 cpu-model-usable: web", expect.stringMatching(/^not checked/)],
  ]);
});

test("a failure says what is wrong, how to mend it, and where", () => {
  const [first] = suites(everything)[1]!.testcase!;
  expect(first).toMatchObject({ "@classname": "rack", "@file": "infra/main.ts", "@line": "12" });
  expect(first!.failure!["@message"]).toBe(
    'The CPU topology of "db1" has room for 8 vCPUs, but the guest has 6.',
  );
  expect(first!.failure!["#text"]).toBe(
    'The CPU topology of "db1" has room for 8 vCPUs, but the guest has 6.\nfix: set vcpu to 8\nat: infra/main.ts:12',
  );
});

test("counts add up", () => {
  const root = parser.parse(junitReport(everything)).testsuites;
  const sum = (key: "@tests" | "@failures" | "@skipped") =>
    suites(everything).reduce((total, suite) => total + Number(suite[key]), 0);
  for (const key of ["@tests", "@failures", "@skipped"] as const) expect(Number(root[key])).toBe(sum(key));
  for (const suite of suites(everything)) expect(suite.testcase).toHaveLength(Number(suite["@tests"]));
});

test("a clean plan is a suite of which every rule has passed", () => {
  const [only, ...more] = suites(input());
  expect(more).toEqual([]);
  expect(only!.testcase).toHaveLength(everything.rules.length);
  expect(only!.testcase!.every((each) => !each.failure && !each.skipped)).toBe(true);
});

test("parses back with every text, whatever it is", () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const { message, place } = report.verdict.findings[0]!;
      const stacks = suites(report);
      expect(stacks.at(-1)!["@name"]).toBe(shown(place.unit));
      expect(stacks.at(-1)!.testcase![0]!.failure!["@message"]).toBe(shown(message));
    }),
  );
});

(HAS_XMLLINT ? test : test.skip)("is well-formed for libxml2 as well (needs xmllint)", () => {
  const texts = fc.sample(hostileReport, { numRuns: 25, seed: 7 });
  for (const report of [everything, input([finding({ places: [place("\u0000\ud800]]>&")] })]), ...texts]) {
    const { stderr } = spawnSync("xmllint", ["--noout", "-"], {
      input: junitReport(report),
      encoding: "utf8",
    });
    expect(stderr).toBe("");
  }
});

/** What XML can hold of a text: pictures of its control characters. */
function shown(text: string): string {
  return [...written(text)]
    .map((character) => {
      const code = character.codePointAt(0)!;
      if (code === 0xfffe || code === 0xffff) return "\ufffd";
      return code < 0x20 && !"\t\n\r".includes(character) ? String.fromCodePoint(0x2400 + code) : character;
    })
    .join("");
}
