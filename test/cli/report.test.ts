import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";
import { shownDomain, shownPlan, virtConstructs } from "./command-line";

const newFolder = temporaryFolder();
const FACTS = join(__dirname, "../data/host-facts/kvm-debian12");

function plan(...domains: object[]): string {
  const path = join(newFolder(), "plan.json");
  writeFileSync(path, JSON.stringify(shownPlan(...domains)));
  return path;
}

describe("report", () => {
  test("writes one page, and ends as check does", async () => {
    const out = join(newFolder(), "new/report.html");
    const twins = plan(shownDomain("a", { name: "web" }), shownDomain("b", { name: "web" }));
    const { code, stdout, stderr } = await virtConstructs(["report", twins, "--out", out]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^1 error in 2 guests on 1 host, checked by \d+ rules\n$/);
    expect(readFileSync(out, "utf8")).toMatch(/^<!DOCTYPE html>.*VIRT-UNQ-001.*<section id="inventory"/s);
  });

  test("prints it where no file is named, with facts", async () => {
    const { code, stdout } = await virtConstructs([
      "report",
      plan(shownDomain("web")),
      "--facts",
      `kvm1=${FACTS}`,
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/GiB - guests 1 GiB = /);
  });

  test("is a format of check as well", async () => {
    const out = join(newFolder(), "report.html");
    const { stdout } = await virtConstructs([
      "check",
      plan(shownDomain("web")),
      "--format",
      "json",
      "--format",
      `html=${out}`,
    ]);
    expect(JSON.parse(stdout).summary.errors).toBe(0);
    expect(readFileSync(out, "utf8")).toContain('<section id="topology"');
  });

  test("of what cannot be read", async () => {
    expect(await virtConstructs(["report", "/nowhere"])).toMatchObject({ code: 2, stdout: "" });
  });
});
