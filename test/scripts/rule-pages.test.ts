import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Plan } from "../../lib/plan/plan";
import { rules } from "../../lib/rules/registry.generated";
import * as testing from "../../lib/testing";
import { validate } from "../../lib/validation/validate";

const PAGES = path.resolve(__dirname, "../../docs/rules");
const read = (name: string) => readFileSync(path.join(PAGES, `${name}.md`), "utf8");

/** Runs an example as it stands on the page. */
function run(code: string, name: string): Plan {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const require = (id: string) => {
    expect(id).toBe("virt-constructs/testing");
    return testing;
  };
  return new Function("require", "exports", `${outputText}\nreturn ${name};`)(require, {}) as Plan;
}

describe("the page of a rule", () => {
  it.each(rules.map((rule) => [rule.slug, rule] as const))(
    "%s has examples that run as they stand",
    (slug, rule) => {
      const [bad, good] = [...read(slug).matchAll(/^```ts\n(.*?)^```/gms)].map(([, code]) => code!);
      const codes = (plan: Plan) => validate(plan, rules).findings.map(({ code }) => code);
      expect(codes(run(bad!, "bad"))).toContain(rule.code);
      expect(codes(run(good!, "good"))).not.toContain(rule.code);
    },
  );

  it("says what the rule needs to decide", () => {
    expect(read("hvm-needs-cpu-virtualization")).toContain("[facts of the host](../host-facts.md)");
  });
});

describe("the index", () => {
  const index = read("README");
  const sections = index.split(/^## /m).slice(1);

  it("has each rule once in its area, errors first, and once by its severity", () => {
    for (const { code, slug, severity, title } of rules) {
      const links = sections.filter((section) => section.includes(`](${slug}.md)`));
      expect(links).toHaveLength(2);
      expect(links[0]).toContain(`| ${code} | ${severity} |`);
      expect(links[0]).toContain(`[${title}](${slug}.md)`);
      expect(links[1]).toMatch(severity === "error" ? /^Errors/ : /^Warnings/);
    }
    for (const section of sections.slice(0, -2)) {
      const severities = [...section.matchAll(/^\| VIRT-\S+ \| (\w+)/gm)].map(([, severity]) => severity!);
      expect(severities).toEqual(severities.toSorted());
    }
  });

  it("counts them, and its links lead somewhere", () => {
    const headings = sections.map((section) =>
      section
        .split("\n")[0]!
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, ""),
    );
    const anchors = [...index.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor!);
    expect(anchors.toSorted()).toEqual(headings.map((heading) => heading.replaceAll(" ", "-")).toSorted());
    const counts = [...index.matchAll(/^\| \[.*?\) \| (\d+) \| (\d+) \|$/gm)];
    const sum = counts.reduce((total, [, errors, warnings]) => total + Number(errors) + Number(warnings), 0);
    expect(sum).toBe(rules.length);
  });
});
