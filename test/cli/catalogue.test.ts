import { rules } from "../../lib/rules/registry.generated";
import { virtConstructs } from "./command-line";

describe("rules", () => {
  test("as JSON are all there are", async () => {
    const { code, stdout } = await virtConstructs(["rules", "--format", "json"]);
    const listed = JSON.parse(stdout).rules;
    expect(code).toBe(0);
    expect(listed).toHaveLength(rules.length);
    expect(listed.find((rule: { code: string }) => rule.code === "VIRT-UNQ-001")).toMatchObject({
      ...{ slug: "unique-guest-name", area: "UNQ", severity: "error", needs: ["plan"] },
    });
  });

  test("of an area, in any case", async () => {
    const { stdout } = await virtConstructs(["rules", "--area", "xen"]);
    expect(
      stdout
        .trim()
        .split("\n")
        .every((line) => line.startsWith("VIRT-XEN-")),
    ).toBe(true);
  });

  test("of an area that there is not", async () => {
    const { code, stderr } = await virtConstructs(["rules", "--area", "KVM"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("the areas are ")]);
  });
});

describe("explain", () => {
  test.each(["VIRT-UNQ-001", "virt-unq-001", "unique-guest-name"])("%s", async (name) => {
    const { code, stdout } = await virtConstructs(["explain", name]);
    expect(code).toBe(0);
    expect(stdout).toContain("VIRT-UNQ-001  error  unique-guest-name");
    expect(stdout).toContain('2 guests on "kvm1" are called "web".');
  });

  test.each(rules.map(({ code }) => code))("%s, with its example", async (code) => {
    const { stdout } = await virtConstructs(["explain", code]);
    expect(stdout).toContain("Where it comes from");
  });

  test("what there is not", async () => {
    const { code, stderr } = await virtConstructs(["explain", "unique-guest-nam"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'virt-constructs: there is no rule "unique-guest-nam": did you mean unique-guest-name?\n',
    );
  });
});
