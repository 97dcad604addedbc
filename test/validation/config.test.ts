import { isVirtConstructsError } from "../../lib";
import { examplePlan } from "../../lib/plan/example";
import { defineRule, fail, guests, pass, type Rule, type RuleDefinition } from "../../lib/rule";
import { rules } from "../../lib/rules/registry.generated";
import { rulesetOf, type ValidationConfig } from "../../lib/validation/config";
import { packsOf } from "../../lib/validation/packs";
import { countErrors, refuses, validate } from "../../lib/validation/validate";
import { acknowledge, TODAY } from "../rules/ack/acknowledge";

const codes = (config: ValidationConfig) => rulesetOf(config).rules.map(({ code }) => code);
const warning = (pack: string) =>
  rules.filter((rule) => rule.severity === "warning" && packsOf(rule).includes(pack as never));

/** What is wrong with a configuration. */
function mistake(config: unknown): string {
  try {
    rulesetOf(config as ValidationConfig);
  } catch (error) {
    if (!isVirtConstructsError(error)) throw error;
    return error.message;
  }
  throw new Error("it was accepted");
}

const ownRule = (changes: Partial<RuleDefinition<never>> = {}): Rule =>
  defineRule({
    code: "ACME-NET-001",
    slug: "names-have-a-prefix",
    severity: "warning",
    stage: "advice",
    title: "Names have a prefix",
    why: "so",
    fix: "rename it",
    sources: ["ACME"],
    needs: ["guest"],
    on: guests,
    check: ({ label }) => (label.startsWith("acme-") ? pass : fail({ message: `"${label}"`, fix: "rename" })),
    examples: { bad: (t) => t.kvm(), good: (t) => t.kvm({ name: "acme-web" }) },
    ...(changes as object),
  });

describe("packs", () => {
  it("are essential unless another is chosen", () => {
    expect(codes({})).toEqual(codes({ pack: "essential" }));
    expect(codes({ pack: [] })).toEqual([]);
  });

  it("hold every error, the essential warnings and their own", () => {
    const errors = rules.filter(({ severity }) => severity === "error");
    for (const pack of ["essential", "hardening", "performance", "migration"] as const) {
      expect(new Set(codes({ pack }))).toEqual(
        new Set([...errors, ...warning("essential"), ...warning(pack)].map(({ code }) => code)),
      );
    }
    expect(codes({ pack: "all" })).toEqual(rules.map(({ code }) => code));
  });

  it("can be chosen several at once", () => {
    expect(new Set(codes({ pack: ["hardening", "migration"] }))).toEqual(
      new Set([...codes({ pack: "hardening" }), ...codes({ pack: "migration" })]),
    );
  });
});

describe("severities", () => {
  const plan = examplePlan((t) => t.tcg());
  const severityOf = (code: string, config: ValidationConfig) => {
    const ruleset = rulesetOf(config);
    return validate(plan, ruleset.rules, ruleset).findings.find((each) => each.code === code)?.severity;
  };

  it("take the place of the rule's own", () => {
    expect(severityOf("VIRT-HYP-005", {})).toBe("warning");
    expect(severityOf("VIRT-HYP-005", { severities: { "VIRT-HYP-005": "error" } })).toBe("error");
    expect(severityOf("VIRT-HYP-005", { severities: { "VIRT-HYP-005": "off" } })).toBeUndefined();
  });

  it("take the place of the one that a rule gives a single finding", () => {
    const rule = ownRule({ check: () => fail({ message: "m", fix: "f", severity: "error" }) });
    const config = { rules: [rule] };
    expect(severityOf(rule.code, config)).toBe("error");
    expect(severityOf(rule.code, { ...config, severities: { [rule.code]: "warning" } })).toBe("warning");
  });

  it("bring a rule that is in no chosen pack", () => {
    const severities = { "VIRT-HYP-005": "warning" } as const;
    expect(codes({ pack: [], severities })).toEqual(["VIRT-HYP-005"]);
  });
});

describe("what cannot be used is named, with what was meant", () => {
  it.each<[string, unknown, string]>([
    ["an unknown pack", { pack: "hardned" }, 'pack: must be "essential" or "hardening"'],
    [
      "an unknown key",
      { packs: "all" },
      "packs: is not known here, so it would have no effect (did you mean pack?)",
    ],
    [
      "an unknown code",
      { severities: { "VIRT-HYP-05": "off" } },
      '"VIRT-HYP-05" is the code of no rule (did you mean VIRT-HYP-0',
    ],
    [
      "an unknown severity",
      { severities: { "VIRT-HYP-005": "info" } },
      'must be "error" or "warning" or "off", not "info"',
    ],
    [
      "a name like that of every object",
      { severities: { constructor: "off" } },
      '"constructor" is the code of no rule',
    ],
    [
      "a severity of what nobody can accept",
      { severities: { "VIRT-XEN-001": "warning" } },
      'must stay "error": hvm-needs-cpu-virtualization finds what nobody can accept',
    ],
    ["switching it off", { severities: { "VIRT-PRV-001": "off" } }, 'must stay "error"'],
    [
      "an acknowledgement of no rule",
      { acknowledgements: [{ code: "HYP-005", reason: "r", covers: "**" }] },
      "did you mean VIRT-HYP-005?",
    ],
    [
      "one without reason",
      { acknowledgements: [{ code: "VIRT-HYP-005", reason: " ", covers: "**" }] },
      "acknowledgements[0].reason: must be text that says why",
    ],
    [
      "one that covers nothing",
      { acknowledgements: [{ code: "VIRT-HYP-005", reason: "r" }] },
      "acknowledgements[0].covers: must be given",
    ],
    [
      "one that expires on no day",
      { acknowledgements: [{ code: "VIRT-HYP-005", reason: "r", covers: "**", expires: "soon" }] },
      'expires: must be a day such as 2027-03-31, not "soon"',
    ],
    ["no rule", { rules: [{}] }, "rules[0]: must be a rule, made with defineRule"],
    [
      "a rule with a code of this library",
      { rules: [ownRule({ code: "VIRT-NET-900" })] },
      "VIRT- is for the rules of virt-constructs (begin it with a name of your own: ACME-NET-900)",
    ],
    ["a rule with no proper code", { rules: [ownRule({ code: "acme" })] }, 'has the code "acme"'],
    [
      "two rules with one code",
      { rules: [ownRule(), ownRule({ slug: "other-slug" })] },
      "rules[1]: has the code ACME-NET-001 of rules[0]",
    ],
    ["a threshold that there is not", { failOn: "info" }, 'failOn: must be "error" or "warning"'],
    ["no object", "all", "must be an object"],
  ])("%s", (_, config, message) => {
    expect(mistake(config)).toContain(message);
  });

  it("all at once", () => {
    const config = { pack: "x", failOn: "y", severities: { Z: "off" } };
    expect(mistake(config).split("\n- ")).toHaveLength(4);
  });
});

describe("rules of other packages", () => {
  it("run whatever pack is chosen, in the words of their author", () => {
    const ruleset = rulesetOf({ pack: [], rules: [ownRule()] });
    const { findings } = validate(
      examplePlan((t) => t.kvm({ name: "web" })),
      ruleset.rules,
      ruleset,
    );
    expect(findings).toMatchObject([{ code: "ACME-NET-001", severity: "warning", message: '"web"' }]);
  });

  it("can be switched off and acknowledged like any other", () => {
    expect(codes({ pack: [], rules: [ownRule()], severities: { "ACME-NET-001": "off" } })).toEqual([]);
    const acknowledgements = [{ code: "ACME-NET-001", reason: "r", covers: "**" }];
    expect(rulesetOf({ rules: [ownRule()], acknowledgements }).acknowledgements).toHaveLength(1);
  });
});

describe("acknowledgements by path and address", () => {
  const accepts = (covers: string) => {
    const ruleset = rulesetOf({
      acknowledgements: [{ code: "VIRT-HYP-005", reason: "tests emulation", covers }],
    });
    const plan = examplePlan((t) => t.tcg({ name: "ci" }).tcg({ name: "web" }));
    return validate(plan, ruleset.rules, ruleset)
      .findings.filter(({ code, acknowledged }) => code === "VIRT-HYP-005" && acknowledged)
      .map(({ place }) => place.label);
  };

  it.each([
    ["**", ["ci", "web"]],
    ["example/*", ["ci", "web"]],
    ["*", ["ci", "web"]],
    ["exam*", []],
    ["example/ci", ["ci"]],
    ["example", []],
    ["libvirt_domain.ci", ["ci"]],
    ["libvirt_domain.c?", []],
    ["libvirt_domain.*", ["ci", "web"]],
    ["example/libvirt_domain.w*", ["web"]],
    ["other/libvirt_domain.w*", []],
    ["libvirt_domain.web[0]", []],
  ])("%s", (covers, labels) => {
    expect(accepts(covers)).toEqual(labels);
  });
});

describe("what is refused", () => {
  const { findings } = validate(
    examplePlan((t) => t.tcg()),
    rules,
  );
  const acknowledged = validate(acknowledge(), rules, { today: TODAY }).findings;

  it("is errors, or warnings too", () => {
    expect(findings.map(({ severity }) => severity)).toContain("warning");
    expect(countErrors(findings)).toBe(0);
    expect([refuses(findings, "error"), refuses(findings, "warning")]).toEqual([false, true]);
  });

  it("is nothing that is acknowledged", () => {
    const only = acknowledged.filter(({ code }) => code === "VIRT-HYP-005");
    expect(only).toMatchObject([{ acknowledged: { reason: "the guest tests emulation" } }]);
    expect(refuses(only, "warning")).toBe(false);
    const errors = validate(acknowledge(), rules, {
      severities: new Map([["VIRT-HYP-005", "error"]]),
      today: TODAY,
    }).findings;
    expect(errors.map(({ severity }) => severity)).toContain("error");
    expect(refuses(errors, "error")).toBe(false);
  });
});

test("what is acknowledged comes after everything that is not", () => {
  const plan = examplePlan((t) =>
    t.tcg({ name: "a", vcpu: 0 }).tcg({ name: "b" }).acknowledge({ code: "VIRT-HYP-005", reason: "r" }, "a"),
  );
  const { findings } = validate(plan, rules);
  const first = findings.findIndex(({ acknowledged }) => acknowledged);
  expect(first).toBeGreaterThan(0);
  expect(findings.slice(first).every(({ acknowledged }) => acknowledged)).toBe(true);
});
