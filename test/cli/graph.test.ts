import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";
import { shownDomain, shownPlan, virtConstructs } from "./command-line";

const newFolder = temporaryFolder();

function plan(guests: number): string {
  const path = join(newFolder(), "plan.json");
  const domains = Array.from({ length: guests }, (_, index) => shownDomain(`web${index}`));
  writeFileSync(path, JSON.stringify(shownPlan(...domains)));
  return path;
}

describe("graph", () => {
  test.each([
    ["mermaid", /^flowchart LR\n.*"KVM web0<br\/>1 vCPU, 1 GiB"/s],
    ["dot", /^graph topology \{.*label="KVM web0\\n1 vCPU, 1 GiB"/s],
    ["svg", /^<\?xml .*<title>web0&#10;1 vCPU, 1 GiB<\/title>/s],
  ])("prints %s", async (format, content) => {
    const { code, stdout, stderr } = await virtConstructs(["graph", plan(2), "--format", format]);
    expect(stdout).toMatch(content);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("prints Mermaid unless asked for another format, and writes a file where one is named", async () => {
    const out = join(newFolder(), "new/rack.mmd");
    expect(await virtConstructs(["graph", plan(1), "--out", out])).toMatchObject({ code: 0, stdout: "" });
    expect(readFileSync(out, "utf8")).toMatch(/^flowchart LR\n/);
  });

  test("of 10,000 guests is bounded, and says so", async () => {
    const path = plan(10_000);
    for (const format of ["mermaid", "dot", "svg"]) {
      const { stdout, stderr } = await virtConstructs(["graph", path, "--format", format]);
      expect(stdout.length).toBeLessThan(50_000);
      expect(stdout).toContain("9980 more guests");
      expect(stderr).toBe("9980 guests counted and not drawn: the picture has up to 20 of each host\n");
    }
    const { stdout } = await virtConstructs(["graph", path, "--guests", "2"]);
    expect(stdout).toContain("9998 more guests");
  });

  test.each([
    [["--guests", "many"], /whole number/],
    [["--format", "png"], /mermaid, dot, svg/],
    [["--out", `${__filename}/x.svg`], /could not be written/],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await virtConstructs(["graph", plan(1), ...args]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });
});
