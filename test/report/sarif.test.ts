import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { ReportInput } from "../../lib/report/report";
import { type SarifLimits, sarifReport } from "../../lib/report/sarif";
import { rules } from "../../lib/rules/registry.generated";
import { jsonSchemaErrors } from "../support/json-schema";
import {
  acknowledged,
  everything,
  finding,
  hostileReport,
  input,
  place,
  ROOT,
  undetermined,
  written,
} from "./sample";

/** The schema of SARIF 2.1.0 as OASIS published it. */
const schema = JSON.parse(
  readFileSync(
    join(require.resolve("@microsoft/jest-sarif/package.json"), "../lib/schemas/sarif-2.1.0-rtm.5.json"),
    "utf8",
  ).replace(/^\ufeff/, ""),
);

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: { readonly startLine: number };
  };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string; readonly kind: string }[];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly relatedLocations?: readonly (Location & { readonly message: { readonly text: string } })[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly { readonly kind: string; readonly justification: string }[];
}

const log = (report: ReportInput, limits?: SarifLimits) => JSON.parse(sarifReport(report, limits));
const run = (report: ReportInput, limits?: SarifLimits) => log(report, limits).runs[0];
const results = (report: ReportInput, limits?: SarifLimits): Result[] => run(report, limits).results;
const notifications = (
  report: ReportInput,
  limits?: SarifLimits,
): { level: string; message: { text: string } }[] =>
  run(report, limits).invocations[0].toolExecutionNotifications;

describe("is valid SARIF 2.1.0", () => {
  it.each([
    ["with everything", everything],
    ["without a finding", input()],
    ["without a rule", input([finding()], [undetermined()], { rules: [] })],
  ])("%s", (_, report) => {
    expect(jsonSchemaErrors(schema, log(report))).toEqual([]);
  });

  it("whatever the texts are, and keeps them", () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        expect(jsonSchemaErrors(schema, log(report))).toEqual([]);
        const { message, fix, place } = report.verdict.findings[0]!;
        const [first] = results(report);
        expect(first!.message.text.replaceAll("\\](", "](")).toBe(written(`${message}\nFix: ${fix}`));
        expect(first!.locations[0]!.logicalLocations![0]!.fullyQualifiedName).toBe(
          written(place.constructPath!),
        );
        const { uri } = first!.locations[0]!.physicalLocation.artifactLocation;
        expect(join(ROOT, decodeURIComponent(uri))).toBe(join(written(place.source!.file)));
        expect(new URL(uri, "file:///base/").href).toMatch(/^file:\/\/\/base\/./);
      }),
      { numRuns: 60 },
    );
  });

  it("is refused by that schema where it is not", () => {
    const wrong = log(everything);
    wrong.runs[0].results[0].level = "fatal";
    expect(jsonSchemaErrors(schema, wrong)).not.toEqual([]);
  });
});

describe("rules", () => {
  it("are all listed, with their page, help and level", () => {
    const listed = run(everything).tool.driver.rules;
    expect(listed.map((rule: { id: string }) => rule.id)).toEqual(rules.map(({ code }) => code));
    for (const [index, rule] of rules.entries()) {
      const { helpUri, defaultConfiguration, help, properties, fullDescription } = listed[index];
      expect(helpUri).toBe(`https://unpkg.com/virt-constructs@1.2.3/docs/rules/${rule.slug}.md`);
      expect(defaultConfiguration).toEqual({ level: rule.severity });
      expect(help.text).toContain(rule.fix);
      expect(fullDescription.text.length).toBeLessThanOrEqual(1024);
      expect(properties.tags.length).toBeLessThanOrEqual(10);
    }
  });

  it("are what results point at", () => {
    for (const { ruleId, ruleIndex } of results(everything)) expect(rules[ruleIndex]!.code).toBe(ruleId);
  });
});

describe("places", () => {
  it("are lines below the repository, with the construct and the resource", () => {
    const [{ locations, relatedLocations }] = results(everything) as [Result];
    expect(locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "infra/main.ts", uriBaseId: "SRCROOT" },
          region: { startLine: 12 },
        },
        logicalLocations: [
          { name: "db1", fullyQualifiedName: "rack/db1", kind: "construct" },
          { name: "db1", fullyQualifiedName: "libvirt_domain.db1", kind: "resource" },
        ],
      },
    ]);
    expect(relatedLocations!.map(({ message }) => message.text)).toEqual(["db2", "web"]);
  });

  it("name the folder of the repository nowhere", () => {
    expect(sarifReport(everything)).not.toContain(ROOT);
    expect(run(everything).originalUriBaseIds.SRCROOT).not.toHaveProperty("uri");
  });

  const uris = (...places: ReturnType<typeof place>[]) =>
    results(input(places.map((each) => finding({ place: each, places: [each] })))).map(
      ({ locations }) => locations[0]!.physicalLocation.artifactLocation,
    );

  it("outside the repository are absolute", () => {
    const source = { file: "/opt/shared fleets/main.ts", line: 3 };
    expect(uris(place("web", undefined, { source }))).toEqual([
      { uri: "file:///opt/shared%20fleets/main.ts" },
    ]);
  });

  it("without a line have the name of their stack for a file: code scanning refuses a result without one", () => {
    expect(
      uris(place("web"), place("web", undefined, { unit: "/" }), place("a", undefined, { unit: "a: b/c" })),
    ).toEqual([
      { uri: "rack", uriBaseId: "SRCROOT" },
      { uri: "plan", uriBaseId: "SRCROOT" },
      { uri: "a%3A%20b/c", uriBaseId: "SRCROOT" },
    ]);
  });
});

describe("fingerprints", () => {
  const prints = (line: number) =>
    results(
      input(
        [1, 2, 3].map((number) =>
          finding({ place: place(`guest${number}`, line), fingerprint: `${number}` }),
        ),
      ),
    );

  it("tell apart guests that are made in one line", () => {
    const hashes = prints(12).map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    expect(new Set(hashes).size).toBe(3);
  });

  it("stay when lines move", () => {
    const of = (line: number) => prints(line).map(({ partialFingerprints }) => partialFingerprints);
    expect(of(40)).toEqual(of(12));
  });
});

test("what somebody acknowledged is suppressed, with the reason", () => {
  expect(results(everything).map(({ suppressions }) => suppressions)).toEqual([
    [],
    [],
    [
      {
        kind: "inSource",
        status: "accepted",
        justification: "acknowledged until 2027-03-31: old cluster, gone in spring",
      },
    ],
  ]);
});

test("what could not be decided, and what else there is to know, are notifications", () => {
  expect(notifications(everything).map(({ level, message }) => `${level}: ${message.text}`)).toEqual([
    "warning: The gate is switched off (reportOnly).",
    'note: VIRT-XEN-002 not checked: the guest\'s operating system is not stated ("web" and 2 more)',
    expect.stringMatching(/^note: VIRT-HYP-001 not checked: needs facts of "kvm2"\nFix: capture the facts/),
    expect.stringMatching(/^note: VIRT-CPU-008 not checked/),
  ]);
});

test("what the configuration accepts is suppressed from outside", () => {
  const [{ suppressions }] = results(input([acknowledged({}, { constructPath: undefined })])) as [Result];
  expect(suppressions[0]!.kind).toBe("external");
});

describe("what GitHub takes of an upload", () => {
  const many = (count: number) =>
    input([
      ...Array.from({ length: count }, (_, index) => finding({ fingerprint: String(index) })),
      acknowledged({ fingerprint: "last" }),
    ]);

  it("is 25,000 results, the worst ones, and a notification says so", () => {
    const text = sarifReport(many(25_010));
    const [{ results, invocations }] = JSON.parse(text).runs;
    expect(results).toHaveLength(25_000);
    expect(results.every((each: Result) => each.suppressions.length === 0)).toBe(true);
    const [{ message }] = invocations[0].toolExecutionNotifications;
    expect(message.text).toBe("11 findings left out: code scanning takes no more");
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
  });

  it("is a size after compression", () => {
    const limits = { results: 25_000, bytes: 20_000 };
    const report = input(
      Array.from({ length: 1000 }, (_, index) =>
        finding({ message: `${Math.sin(index)}`.repeat(9), fingerprint: `${index}` }),
      ),
      [],
      { rules: [] },
    );
    const text = sarifReport(report, limits);
    expect(gzipSync(text).length).toBeLessThanOrEqual(limits.bytes);
    expect(results(report, limits).length).toBeGreaterThan(50);
    expect(notifications(report, limits)[0]!.message.text).toMatch(/^\d+ findings left out/);
  });

  it("is 100 locations of a result", () => {
    const places = Array.from({ length: 3000 }, (_, index) => place(`guest${index}`, index + 1));
    expect(results(input([finding({ places })]))[0]!.relatedLocations).toHaveLength(100);
  });
});
