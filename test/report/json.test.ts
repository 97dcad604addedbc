import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { type JsonReport, jsonReport } from "../../lib/report/json";
import { reportSchema } from "../../lib/report/schema";
import { jsonSchemaErrors } from "../support/json-schema";
import { everything, finding, hostileReport, input, place, ROOT, undetermined, written } from "./sample";

const read = (report = everything) => JSON.parse(jsonReport(report)) as JsonReport;
const schema = JSON.parse(readFileSync(join(__dirname, "../../docs/schemas/report.schema.json"), "utf8"));

test("a finding has exactly these keys, in this order", () => {
  for (const each of read().findings) {
    expect(Object.keys(each)).toEqual([
      "code",
      "slug",
      "severity",
      "outcome",
      "message",
      "fix",
      "constructPath",
      "address",
      "attribute",
      "source",
      "related",
      "fingerprint",
      "acknowledged",
      "known",
    ]);
  }
  expect(Object.keys(read()).slice(0, 3)).toEqual(["version", "summary", "findings"]);
});

test("says everything of a finding", () => {
  expect(read().findings[0]).toEqual({
    code: "VIRT-CPU-002",
    slug: "topology-matches-vcpus",
    severity: "error",
    outcome: "fail",
    message: 'The CPU topology of "db1" has room for 8 vCPUs, but the guest has 6.',
    fix: "set vcpu to 8",
    constructPath: "rack/db1",
    address: "libvirt_domain.db1",
    attribute: "cpu.topology",
    source: { file: "infra/main.ts", line: 12 },
    related: [
      {
        label: "db2",
        constructPath: "rack/db2",
        address: "libvirt_domain.db2",
        source: { file: "infra/main.ts", line: 18 },
      },
      { label: "web", constructPath: "rack/web", address: "libvirt_domain.web", source: null },
    ],
    fingerprint: "VIRT-CPU-002:rack/db1:cpu.topology",
    acknowledged: null,
    known: false,
  });
});

test("counts errors and warnings that nobody acknowledged, and what could not be decided", () => {
  expect(read().summary).toEqual({
    errors: 1,
    warnings: 1,
    acknowledged: 1,
    known: 0,
    undetermined: 3,
    rules: everything.rules.length,
  });
  expect(read().findings[2]!.acknowledged).toEqual({
    reason: "old cluster, gone in spring",
    expires: "2027-03-31",
  });
});

test("has what could not be decided among the findings, as neither error nor warning", () => {
  const [, , , os, facts] = read().findings;
  expect(os).toMatchObject({
    code: "VIRT-XEN-002",
    slug: "pv-needs-modified-os",
    severity: "none",
    outcome: "undetermined",
    message: 'the guest\'s operating system is not stated ("web" and 2 more)',
    fix: null,
  });
  expect(facts!.fix).toBe('capture the facts of "kvm2" from qemu+ssh://kvm2/system: docs/host-facts.md');
  expect(read().factsNeeded).toEqual([
    { host: "kvm2", uri: "qemu+ssh://kvm2/system", codes: ["VIRT-CPU-008", "VIRT-HYP-001"] },
  ]);
});

test("names a file outside the repository by its whole path", () => {
  const outside = place("web", undefined, { source: { file: "/opt/shared/fleet.ts", line: 3 } });
  const beside = place("web", undefined, { source: { file: `${ROOT}-old/fleet.ts`, line: 3 } });
  const dotted = place("web", undefined, { source: { file: `${ROOT}/..fleet.ts`, line: 0 } });
  const files = read(
    input([outside, beside, dotted].map((each) => finding({ place: each, places: [each] }))),
  ).findings;
  expect(files.map(({ source }) => source)).toEqual([
    { file: "/opt/shared/fleet.ts", line: 3 },
    { file: `${ROOT}-old/fleet.ts`, line: 3 },
    { file: "..fleet.ts", line: 1 },
  ]);
});

test("gives each finding a fingerprint of its own", () => {
  const prints = read(
    input([finding(), finding(), finding()], [undetermined(), undetermined()]),
  ).findings.map(({ fingerprint }) => fingerprint);
  expect(new Set(prints).size).toBe(5);
  expect(prints[0]).toBe(finding().fingerprint);
});

test("is what the published schema describes, whatever is found", () => {
  expect(jsonSchemaErrors(schema, read())).toEqual([]);
  expect(jsonSchemaErrors(schema, read(input()))).toEqual([]);
  expect(jsonSchemaErrors(schema, { ...read(), version: 2 })).not.toEqual([]);
  expect(jsonSchemaErrors(schema, { ...read(), findings: [{ code: "x" }] })).not.toEqual([]);
  fc.assert(
    fc.property(hostileReport, (report) => {
      expect(reportSchema.safeParse(read(report)).error).toBeUndefined();
    }),
  );
});

test("keeps every text", () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const [finding] = report.verdict.findings;
      const [read0] = read(report).findings;
      expect(read0).toMatchObject({
        message: written(finding!.message),
        fix: written(finding!.fix),
        constructPath: written(finding!.place.constructPath!),
        attribute: written(finding!.attribute!),
      });
      expect(read0!.related[0]!.label).toBe(written(finding!.place.label));
    }),
  );
});
