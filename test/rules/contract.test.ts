import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { examplePlan } from "../../lib/plan/example";
import type { Finding, Rule } from "../../lib/rule";
import { rules } from "../../lib/rules/registry.generated";
import { validate } from "../../lib/validation/validate";

const ROOT = join(__dirname, "../..");
const areaOf = (rule: Rule) => rule.code.split("-")[1]!.toLowerCase();
const describeFinding = (finding: Finding) => `${finding.severity} ${finding.code}: ${finding.message}`;

describe("the registry", () => {
  it("has each code and each slug once", () => {
    for (const key of ["code", "slug"] as const) {
      const all = rules.map((rule) => rule[key]);
      expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
    }
  });

  it("knows every rule file, in the folder of its area and under its slug", () => {
    const onDisk = readdirSync(join(ROOT, "lib/rules"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && file.includes("/"))
      .filter((file) => readFileSync(join(ROOT, "lib/rules", file), "utf8").includes("defineRule({"))
      .sort();
    expect(rules.map((rule) => `${areaOf(rule)}/${rule.slug}.ts`).sort()).toEqual(onDisk);
  });
});

describe.each(rules.map((rule) => [rule.code, rule] as const))("%s", (code, rule) => {
  it("has a well-formed identity and says why, how to mend it, and where it comes from", () => {
    expect(code).toMatch(/^VIRT-[A-Z]{2,4}-\d{3}$/);
    expect(rule.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    for (const text of [rule.title, rule.why, rule.fix]) expect(text.length).toBeGreaterThan(20);
    expect(rule.sources.length).toBeGreaterThan(0);
  });

  it("has a test and a page under its slug", () => {
    expect(existsSync(join(ROOT, "test/rules", areaOf(rule), `${rule.slug}.test.ts`))).toBe(true);
    expect(existsSync(join(ROOT, "docs/rules", `${rule.slug}.md`))).toBe(true);
  });

  it("is failed by its bad example, which fails only what it says beside", () => {
    const { findings } = validate(examplePlan(rule.examples.bad), rules);
    const codes = new Set(findings.map((finding) => finding.code));
    expect([...codes].sort()).toEqual([...new Set([code, ...(rule.alsoFails ?? [])])].sort());
    expect(findings.find((finding) => finding.code === code)?.severity).toBe(rule.severity);
  });

  it("accepts its good example, which has no error", () => {
    const { findings, undetermined } = validate(examplePlan(rule.examples.good), rules);
    expect(
      findings.filter((each) => each.code === code || each.severity === "error").map(describeFinding),
    ).toEqual([]);
    expect(undetermined.filter((each) => each.code === code)).toEqual([]);
  });
});
