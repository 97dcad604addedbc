import fc from "fast-check";
import { gitlabReport } from "../../lib/report/gitlab";
import type { ReportInput } from "../../lib/report/report";
import { everything, finding, hostileReport, input, place, written } from "./sample";

const read = (report: ReportInput) => JSON.parse(gitlabReport(report));

test("is what GitLab asks for", () => {
  expect(read(everything)[0]).toEqual({
    description: 'The CPU topology of "db1" has room for 8 vCPUs, but the guest has 6.\nFix: set vcpu to 8',
    check_name: "VIRT-CPU-002",
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    severity: "critical",
    location: { path: "infra/main.ts", lines: { begin: 12 } },
  });
  expect(read(everything).map(({ severity }: { severity: string }) => severity)).toEqual([
    "critical",
    "minor",
    "info",
  ]);
  expect(read(everything)[2].description).toMatch(
    /\nacknowledged until 2027-03-31: old cluster, gone in spring$/,
  );
});

test("is an empty list for a clean plan", () => {
  expect(gitlabReport(input())).toBe("[]\n");
});

test("has a path where no line is known", () => {
  expect(read(input([finding({ places: [place("web")], place: place("web") })]))[0].location).toEqual({
    path: "rack",
    lines: { begin: 1 },
  });
});

test("has one fingerprint for each finding, whatever line it is in", () => {
  const prints = (line: number) =>
    read(
      input(["a", "b"].map((name) => finding({ place: place(name, line), places: [place(name, line)] }))),
    ).map(({ fingerprint }: { fingerprint: string }) => fingerprint);
  expect(new Set(prints(1)).size).toBe(2);
  expect(prints(99)).toEqual(prints(1));
});

test("keeps every text", () => {
  fc.assert(
    fc.property(hostileReport, (report) => {
      const { message, fix } = report.verdict.findings[0]!;
      expect(read(report)[0].description).toBe(written(`${message}\nFix: ${fix}`));
    }),
  );
});
