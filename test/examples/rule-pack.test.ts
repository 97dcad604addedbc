import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RuleTester } from "virt-constructs/testing";
import { nameHasPrefix } from "../../examples/rule-pack/rules";

const ROOT = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

RuleTester.run(nameHasPrefix, {
  fails: {
    "a guest without prefix": {
      plan: (plan) => plan.kvm({ name: "web" }),
      message: 'Guest "web" has no prefix',
      fix: "prod-web or test-web",
      at: "name",
    },
  },
  passes: {
    "a guest of production": (plan) => plan.kvm({ name: "prod-web" }),
    "a guest on Xen": (plan) => plan.xenPv({ name: "test-db" }),
  },
  undetermined: {
    "a name that only apply knows": (plan) => plan.kvm({ name: "${var.name}" }),
  },
});

describe("the documentation", () => {
  it.each([
    ["docs/configuration.md", "examples/rule-pack/rules.ts"],
    ["docs/configuration.md", "examples/rule-pack/main.ts"],
  ])("%s shows %s as it is", (page, file) => {
    expect(read(page)).toContain(`\`\`\`ts\n${read(file)}\`\`\``);
  });

  it("shows a test of that rule", () => {
    const [, shown] = /```ts\n(import \{ RuleTester[^`]*?)```/.exec(read("docs/testing.md"))!;
    expect(shown).toContain("RuleTester.run(nameHasPrefix");
  });
});
