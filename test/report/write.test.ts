import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isVirtConstructsError } from "../../lib/errors";
import { FORMATS } from "../../lib/report/formats";
import { repositoryRoot } from "../../lib/report/root";
import { writeReports } from "../../lib/report/write";
import { temporaryFolder } from "../support/temporary-folder";
import { everything } from "./sample";

const folder = temporaryFolder();

describe("several reports at once", () => {
  it("go to their files, whose folders are made, and to standard output", () => {
    const out = folder();
    const printed: string[] = [];
    writeReports(
      [
        { format: "json", file: join(out, "a/b/report.json") },
        { format: "text" },
        { format: "sarif", file: join(out, "virt.sarif") },
      ],
      everything,
      { print: (text) => printed.push(text) },
    );
    expect(readFileSync(join(out, "a/b/report.json"), "utf8")).toBe(FORMATS.json(everything));
    expect(readFileSync(join(out, "virt.sarif"), "utf8")).toBe(FORMATS.sarif(everything));
    expect(printed).toEqual([FORMATS.text(everything)]);
  });

  it("replace older ones, but add to the summary of a step", () => {
    const [file, step] = [join(folder(), "summary.md"), join(folder(), "step.md")];
    for (const each of [file, step]) writeFileSync(each, "before\n");
    const env = { GITHUB_STEP_SUMMARY: step };
    writeReports(
      [file, step].map((each) => ({ format: "github-summary" as const, file: each })),
      everything,
      { env },
    );
    expect(readFileSync(file, "utf8")).toMatch(/^## virt-constructs/);
    expect(readFileSync(step, "utf8")).toMatch(/^before\n## virt-constructs/);
  });

  it("are all tried, and one error names those that failed", () => {
    const out = folder();
    mkdirSync(join(out, "taken"));
    writeFileSync(join(out, "file"), "");
    const write = () =>
      writeReports(
        [
          { format: "json", file: join(out, "taken") },
          { format: "csv", file: join(out, "file/report.csv") },
          { format: "junit", file: join(out, "junit.xml") },
        ],
        everything,
      );
    expect(write).toThrow(
      `The json report could not be written to ${join(out, "taken")}: it is a folder; name a file in it\n` +
        `The csv report could not be written to ${join(out, "file/report.csv")}: a part of its folder is a file; name another folder`,
    );
    expect(readFileSync(join(out, "junit.xml"), "utf8")).toMatch(/^<\?xml/);
    try {
      write();
    } catch (error) {
      expect(isVirtConstructsError(error)).toBe(true);
    }
  });
});

describe("the root of the repository", () => {
  it("is the nearest folder with .git, be it a folder or the file of a linked tree", () => {
    const out = folder();
    mkdirSync(join(out, "infra/prod"), { recursive: true });
    writeFileSync(join(out, ".git"), "gitdir: /elsewhere\n");
    expect(repositoryRoot(join(out, "infra/prod"))).toBe(out);
    mkdirSync(join(out, "infra/.git"));
    expect(repositoryRoot(join(out, "infra/prod"))).toBe(join(out, "infra"));
  });

  it("is the folder itself where there is no repository", () => {
    expect(repositoryRoot("/proc/self")).toBe("/proc/self");
  });
});
