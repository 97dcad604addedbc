import fc from "fast-check";
import { csvReport } from "../../lib/report/csv";
import type { ReportInput } from "../../lib/report/report";
import { everything, finding, hostileReport, input, written } from "./sample";

const { parse } = require("csv-parse/sync") as {
  parse(text: string, options: object): Record<string, string>[];
};

/** As RFC 4180 has it: CRLF between records, quotes doubled. */
const read = (report: ReportInput) => parse(csvReport(report), { columns: true, record_delimiter: "\r\n" });

test("has a row for each finding, and for what could not be decided", () => {
  const rows = read(everything);
  expect(rows).toHaveLength(6);
  expect(rows[0]).toEqual({
    code: "VIRT-CPU-002",
    slug: "topology-matches-vcpus",
    severity: "error",
    outcome: "fail",
    unit: "rack",
    label: "db1",
    message: 'The CPU topology of "db1" has room for 8 vCPUs, but the guest has 6.',
    fix: "set vcpu to 8",
    constructPath: "rack/db1",
    address: "libvirt_domain.db1",
    attribute: "cpu.topology",
    file: "infra/main.ts",
    line: "12",
    related: "db2, web",
    fingerprint: "VIRT-CPU-002:rack/db1:cpu.topology",
    acknowledged: "",
    expires: "",
    known: "",
  });
  expect(rows[2]).toMatchObject({ acknowledged: "old cluster, gone in spring", expires: "2027-03-31" });
  expect(rows[3]).toMatchObject({ outcome: "undetermined", severity: "none" });
});

test("has its headings for a clean plan", () => {
  expect(csvReport(input())).toMatch(/^code,slug,severity,[a-zA-Z,]+\r\n$/);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1"])(
  "a spreadsheet does not calculate %j",
  (message) => {
    expect(read(input([finding({ message })]))[0]!.message).toBe(`'${message}`);
  },
);

test("keeps every text", () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const { message, fix, place } = report.verdict.findings[0]!;
      const [row] = read(report);
      for (const [cell, text] of [
        [row!.message, message],
        [row!.fix, fix],
        [row!.label, place.label],
      ] as const) {
        expect([written(text), `'${written(text)}`]).toContain(cell);
      }
    }),
  );
});
