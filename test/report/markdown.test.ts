import fc from "fast-check";
import { marked } from "marked";
import { githubSummary } from "../../lib/report/github-summary";
import { markdownReport } from "../../lib/report/markdown";
import type { ReportFormat, ReportInput } from "../../lib/report/report";
import {
  acknowledged,
  everything,
  finding,
  hostileReport,
  input,
  place,
  undetermined,
  written,
} from "./sample";

const formats: [string, ReportFormat][] = [
  ["a pull request", markdownReport],
  ["a job's summary", githubSummary],
];

/** As a browser shows it: cells of the tables, row by row. */
function cells(markdown: string): string[][] {
  const html = marked.parse(markdown, { async: false, mangle: false, headerIds: false } as object);
  return [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[dh]>(.*?)<\/t[dh]>/gs)].map(([, cell]) => textOf(cell!)),
  );
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

function textOf(html: string): string {
  return html
    .replace(/<!--.*?-->/gs, "")
    .replace(/<br>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name: string) =>
      code === undefined ? NAMED[name]! : String.fromCharCode(Number(code)),
    );
}

describe.each(formats)("Markdown for %s", (_, format) => {
  it("says what is wrong, where, and how to mend it", () => {
    const [, first, second] = cells(format(everything));
    expect(first).toEqual([
      "error",
      "VIRT-CPU-002\ntopology-matches-vcpus",
      "db1 and 2 more\ninfra/main.ts:12",
      'The CPU topology of "db1" has room for 8 vCPUs, but the guest has 6.\nFix set vcpu to 8',
    ]);
    expect(second![0]).toBe("warning");
  });

  it("has what somebody acknowledged with the reason, and what was not checked", () => {
    const text = format(everything);
    expect(cells(text).at(-1)).toEqual([
      "VIRT-CPU-002\ntopology-matches-vcpus",
      "old\ninfra/main.ts:31",
      'The CPU topology of "old" has room for 8 vCPUs, but the guest has 6.',
      "old cluster, gone in spring",
      "2027-03-31",
    ]);
    expect(text).toContain("<details><summary>1 acknowledged</summary>");
    expect(textOf(text)).toContain("not checked: VIRT-XEN-002 for");
    expect(text).toContain("> The gate is switched off");
  });

  it("says that a plan is clean", () => {
    expect(format(input())).toContain(
      `virt-constructs: no findings\n\n${everything.rules.length} rules ran.\n`,
    );
  });

  it("keeps every text, and makes nothing of it but text", () => {
    fc.assert(
      fc.property(hostileReport, (report) => {
        const { message, fix, place } = report.verdict.findings[0]!;
        const row = cells(format(report)).find(([severity]) => severity === "error")!;
        expect(row).toHaveLength(4);
        expect(squeeze(row[3]!)).toBe(squeeze(written(`${message}\nFix ${fix}`)));
        expect(squeeze(row[2]!)).toContain(squeeze(`${written(place.label)} and 1 more`));
        const html = marked.parse(format(report), {
          async: false,
          mangle: false,
          headerIds: false,
        } as object);
        expect(
          html.match(
            /<(?!\/|!--|br>|h[23]|p>|table|thead|tbody|tr|t[dh]>|a href="https:\/\/unpkg\.com|strong>(?:error|Fix)|details|summary|ul|li|blockquote)[a-z]\w*/gi,
          ),
        ).toBeNull();
      }),
    );
  });
});

test("a comment is found again by its first line, and has no more than GitHub takes", () => {
  const report = many(5000);
  const text = markdownReport(report);
  expect(text).toMatch(/^<!-- virt-constructs -->\n### virt-constructs: 5000 errors/);
  expect(text.length).toBeLessThan(65_536);
  expect(text.length).toBeGreaterThan(40_000);
  const [, left] = /^(\d+) more findings not shown here\.$/m.exec(text)!;
  expect(cells(text).filter(([severity]) => severity === "error")).toHaveLength(5000 - Number(left));
  expect(text).toContain("Not checked");
});

test("a job's summary has the findings of each stack, and no more than GitHub takes", () => {
  const other = place("web", 1, { unit: "second" });
  const report = many(5000);
  const both = input([...report.verdict.findings, finding({ place: other, places: [other] })]);
  const text = githubSummary(both);
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(text.match(/^#+ .*$/gm)).toEqual([
    "## virt-constructs: 5001 errors, 50 acknowledged",
    "### rack",
    "### second",
  ]);
});

test.each(["@all", "#12", "https://h.example", ":tada:", "www.h.example", "$x$", "![i](j)"])(
  "%s notifies nobody, and is neither link nor picture nor formula",
  (message) => {
    const text = markdownReport(input([finding({ message })]));
    expect(text).not.toContain(`| ${message}`);
  },
);

function many(count: number): ReportInput {
  return input(
    [
      ...Array.from({ length: count }, (_, index) => finding({ fingerprint: `${index}` })),
      ...Array.from({ length: 50 }, (_, index) => acknowledged({ fingerprint: `a${index}` })),
    ],
    [undetermined()],
  );
}

/** HTML shows any number of blanks as one, and no control character. */
function squeeze(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: nothing shows them
  return text.replace(/[\u0000-\u001f\u007f\s\u2028\u2029]+/g, " ").trim();
}
