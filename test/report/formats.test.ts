import { PlanHost } from "../../lib/plan/host";
import { FORMATS, type FormatName, parseFormat } from "../../lib/report/formats";
import type { ReportInput } from "../../lib/report/report";
import { acknowledged, everything, finding, input, kvm2, place, undetermined } from "./sample";

const NAMES = Object.keys(FORMATS) as FormatName[];

test("are those that users know by name", () => {
  expect(NAMES).toEqual([
    "text",
    "json",
    "sarif",
    "junit",
    "github",
    "github-summary",
    "gitlab",
    "markdown",
    "csv",
    "html",
  ]);
});

describe("a format on the command line", () => {
  it.each(NAMES)("%s goes to standard output or to a file", (name) => {
    expect(parseFormat(name)).toEqual({ format: name });
    expect(parseFormat(`${name}=out/virt=1.txt`)).toEqual({ format: name, file: "out/virt=1.txt" });
  });

  it.each([
    ["sarf", /no report format "sarf": did you mean sarif\?\nThe formats are text, json, sarif/],
    ["JSON", /no report format "JSON": did you mean json\?/],
    ["pdf=x", /no report format "pdf"\nThe formats are/],
    ["", /no report format ""/],
    ["constructor", /no report format "constructor"/],
    ["sarif=", /"sarif=" names no file: write sarif=FILE, or sarif alone/],
    ["sarif= ", /names no file/],
  ])("%j is refused in words that help", (text, message) => {
    expect(() => parseFormat(text)).toThrow(message);
  });
});

describe.each(NAMES)("%s", (name) => {
  const written = (report: ReportInput) => FORMATS[name](report);

  it("ends with a line break, and is the same for the same verdict", () => {
    expect(written(everything)).toMatch(/\n$/);
    expect(written(everything)).toBe(written(everything));
  });

  it("has the message of a finding, and what somebody acknowledged with its reason", () => {
    const report = input([finding({ message: "Some words" }), acknowledged({ message: "Accepted words" })]);
    expect(written(report)).toContain("Some words");
    // The text report gathers what is acknowledged by its reason.
    if (name !== "text") expect(written(report)).toContain("Accepted words");
    expect(written(report)).toContain("old cluster, gone in spring");
  });

  it("says that the gate is switched off", () => {
    if (name === "csv" || name === "gitlab") return;
    expect(written(everything)).toContain("switched off");
  });

  it("has no password, wherever it comes from", () => {
    const uri = "qemu+ssh://root:s3cr3t@kvm1/system";
    const where = place(uri, 3, { unit: uri, constructPath: uri, address: uri });
    const host = new PlanHost("qemu+ssh://kvm2/system", [{ label: uri, unit: "rack" }]);
    const texts = {
      message: uri,
      fix: uri,
      attribute: uri,
      fingerprint: uri,
      place: where,
      places: [where, where],
    };
    const report = input(
      [finding(texts), acknowledged(texts, { reason: uri })],
      [
        undetermined({ place: where, reason: uri, count: 2 }),
        undetermined({ place: where, host, reason: uri }),
      ],
      { notes: [uri] },
    );
    expect(written(report)).not.toContain("s3cr3t");
    expect(written(report)).toContain("kvm1");
  });
});

test("hosts are named as their facts are to be captured", () => {
  const report = input([], [undetermined({ host: kvm2 })]);
  for (const name of NAMES) if (name !== "gitlab") expect(FORMATS[name](report)).toContain("kvm2");
});
