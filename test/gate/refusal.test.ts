import fs from "node:fs";
import { type App, type AppConfig, TerraformStack, Testing } from "cdktf";
import { Gate } from "../../lib";
import { examplePlan } from "../../lib/plan/example";
import { rules } from "../../lib/rules/registry.generated";
import { validate } from "../../lib/validation/validate";
import {
  badStack,
  domainOf,
  errorsOf,
  filesIn,
  goodStack,
  mend,
  newApp,
  PLAIN_GOOD,
  PlainProvider,
  PlainResource,
  refusal,
  report,
  SPOILT,
  spoil,
} from "./fleet";

afterEach(() => {
  delete process.env.SYNTH_HCL_OUTPUT;
  delete process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
});

/** Nothing of an app that is refused is on disk. */
function expectRefused(app: App): void {
  expect(refusal(() => app.synth())).toContain(SPOILT);
  expect(filesIn(app.outdir)).toEqual([]);
  expect(report()).toContain(SPOILT);
}

describe("a good plan is written", () => {
  it.each<[string, string | undefined, AppConfig, string[]]>([
    ["as JSON", undefined, {}, ["manifest.json", "stacks/one/cdk.tf.json"]],
    ["as HCL", "true", {}, ["manifest.json", "stacks/one/cdk.tf", "stacks/one/metadata.json"]],
    ["without validation", undefined, { skipValidation: true }, ["manifest.json", "stacks/one/cdk.tf.json"]],
  ])("%s", (_, hcl, options, files) => {
    if (hcl) process.env.SYNTH_HCL_OUTPUT = hcl;
    const app = newApp(options);
    goodStack(app, "one");
    expect(errorsOf(app)).toEqual([]);
    app.synth();
    expect(filesIn(app.outdir)).toEqual(files);
  });
});

describe("a refusal leaves no Terraform on disk", () => {
  it("of one stack", () => {
    const app = newApp();
    badStack(app, "one");
    expectRefused(app);
  });

  it.each([
    ["first", ["bad", "good", "good"]],
    ["middle", ["good", "bad", "good"]],
    ["last", ["good", "good", "bad"]],
  ])("of several stacks with the fault in the %s", (_, stacks) => {
    const app = newApp();
    stacks.forEach((stack, index) => {
      if (stack === "bad") badStack(app, `stack${index}`);
      else goodStack(app, `stack${index}`);
    });
    expectRefused(app);
  });

  it("where validation is skipped", () => {
    const app = newApp({ skipValidation: true });
    goodStack(app, "one");
    badStack(app, "two");
    expectRefused(app);
  });

  it("where error annotations do not stop the synth, as under the engine's own CLI", () => {
    process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS = "1";
    const app = newApp();
    goodStack(app, "one");
    badStack(app, "two");
    expectRefused(app);
  });

  it.each([
    ["the app asks for it", undefined, { hclOutput: true }],
    ["SYNTH_HCL_OUTPUT=1", "1", {}],
    ["SYNTH_HCL_OUTPUT=true, as of cdktf synth --hcl", "true", {}],
  ])("in HCL: %s", (_, variable, options) => {
    if (variable) process.env.SYNTH_HCL_OUTPUT = variable;
    const app = newApp(options);
    goodStack(app, "one");
    badStack(app, "two");
    expectRefused(app);
  });

  it("of a stack in a stack", () => {
    const app = newApp();
    const outer = goodStack(app, "outer");
    badStack(outer, "inner");
    expectRefused(app);
  });

  it("in the words of an error that holds the findings", () => {
    const app = newApp();
    badStack(app, "one");
    expect(() => app.synth()).toThrow(
      /^virt-constructs refused the plan: 1 error(, \d+ warnings?)?\. No Terraform was written\.$/,
    );
  });
});

describe("the engine's test helpers refuse as well", () => {
  it.each([false, true])("Testing.synth, validations %s", (validations) => {
    const stack = badStack(newApp(), "one");
    expect(refusal(() => Testing.synth(stack, validations))).toContain(SPOILT);
  });

  it.each([false, true])("Testing.synthHcl, validations %s", (validations) => {
    const stack = badStack(newApp(), "one");
    expect(refusal(() => Testing.synthHcl(stack, validations))).toContain(SPOILT);
  });

  it("Testing.synthScope", () => {
    const scope = (stack: Parameters<Parameters<typeof Testing.synthScope>[0]>[0]) => {
      new PlainProvider(stack, "kvm", {});
      new PlainResource(stack, "web", "libvirt_domain", { ...PLAIN_GOOD, os: { typ: "hvm" } });
      Gate.of(stack);
    };
    expect(refusal(() => Testing.synthScope(scope))).toContain(SPOILT);
  });

  it("Testing.fullSynth, whose folder stays empty", () => {
    const stack = badStack(newApp(), "one");
    const made = jest.spyOn(fs, "mkdtempSync");
    expect(refusal(() => Testing.fullSynth(stack))).toContain(SPOILT);
    const folder = made.mock.results[0]!.value as string;
    expect(filesIn(folder)).toEqual([]);
    fs.rmSync(folder, { recursive: true });
  });

  it("of a good stack beside a bad one, since the plan is that of the whole app", () => {
    const app = newApp();
    const good = goodStack(app, "one");
    badStack(app, "two");
    expect(refusal(() => Testing.synth(good))).toContain(SPOILT);
  });
});

describe("bindings that do not install the gate", () => {
  function plainStack(app: App, id: string, attributes: Record<string, unknown>): TerraformStack {
    const stack = new TerraformStack(app, id);
    new PlainProvider(stack, "kvm", { uri: `qemu+ssh://${id}/system` });
    new PlainResource(stack, "web", "libvirt_domain", { ...PLAIN_GOOD, ...attributes });
    return stack;
  }

  it("are checked after Gate.of(app)", () => {
    const app = newApp();
    plainStack(app, "one", {});
    plainStack(app, "two", { devices: { disks: [{ sauce: {} }] } });
    Gate.of(app);
    expectRefused(app);
  });

  it("are accepted when nothing is wrong", () => {
    const app = newApp();
    plainStack(app, "one", {});
    Gate.of(app);
    app.synth();
    expect(filesIn(app.outdir)).toContain("stacks/one/cdk.tf.json");
  });

  it("are checked in a stack that was made after Gate.of(app)", () => {
    const app = newApp();
    plainStack(app, "one", {});
    Gate.of(app);
    plainStack(app, "two", { devices: { disks: [{ sauce: {} }] } });
    expectRefused(app);
  });

  it("are checked beside this package's own, in another stack", () => {
    const app = newApp();
    plainStack(app, "one", { devices: { disks: [{ sauce: {} }] } });
    goodStack(app, "two");
    expectRefused(app);
  });
});

describe("one process, several synths", () => {
  it("refuses again, writes when the mistake is mended, and refuses the next one", () => {
    const app = newApp();
    goodStack(app, "one");
    const stack = badStack(app, "two");
    expectRefused(app);
    expectRefused(app);
    mend(domainOf(stack));
    app.synth();
    expect(filesIn(app.outdir)).toContain("stacks/two/cdk.tf.json");
    spoil(domainOf(stack));
    expectRefused(app);
  });

  it("forgets a stack that was taken away", () => {
    const app = newApp();
    goodStack(app, "one");
    badStack(app, "two");
    expectRefused(app);
    app.node.tryRemoveChild("two");
    app.synth();
    expect(filesIn(app.outdir)).toEqual(["manifest.json", "stacks/one/cdk.tf.json"]);
  });

  it("prints the report at every refusal, also when a good synth lies between", () => {
    const app = newApp();
    const stack = badStack(app, "one");
    const count = () => report().split(SPOILT).length - 1;
    refusal(() => app.synth());
    expect(count()).toBe(1);
    refusal(() => app.synth());
    expect(count()).toBe(2);
    mend(domainOf(stack));
    app.synth();
    spoil(domainOf(stack));
    refusal(() => app.synth());
    expect(count()).toBe(3);
  });
});

describe("reportOnly", () => {
  it("is the way to write a plan in spite of its errors, and says so", () => {
    const app = newApp();
    badStack(app, "one");
    Gate.of(app).reportOnly();
    app.synth();
    expect(filesIn(app.outdir)).toEqual(["manifest.json", "stacks/one/cdk.tf.json"]);
    expect(report()).toContain(SPOILT);
    expect(report().split("switched off")).toHaveLength(2);
  });

  it("says nothing where there is nothing to refuse", () => {
    const app = newApp();
    goodStack(app, "one");
    Gate.of(app).reportOnly();
    app.synth();
    expect(report()).not.toContain("switched off");
  });

  it("holds for the app that it was asked of, from any scope", () => {
    const app = newApp();
    Gate.of(badStack(app, "one")).reportOnly();
    badStack(app, "two");
    app.synth();
    expect(filesIn(app.outdir)).toContain("stacks/two/cdk.tf.json");
    const other = newApp();
    badStack(other, "one");
    expectRefused(other);
  });
});

describe("a rule that fails to run, which is no mistake of the plan's", () => {
  const rule = rules.find(({ slug }) => slug === "name-is-legal")!;
  const fail = () => {
    throw new TypeError("Cannot read properties of undefined");
  };

  it("is reported as not checked, and does not stop a good plan", () => {
    jest.spyOn(rule, "check").mockImplementation(fail);
    const app = newApp();
    goodStack(app, "one");
    app.synth();
    expect(filesIn(app.outdir)).toHaveLength(2);
    expect(report().replace(/\s+/g, " ")).toContain(
      `not checked: ${rule.code} for "one-web": the rule failed to run, which is a mistake of virt-constructs (Cannot read`,
    );
  });

  it("leaves all other rules in force", () => {
    jest.spyOn(rule, "check").mockImplementation(fail);
    const app = newApp();
    badStack(app, "one");
    expectRefused(app);
  });

  it("is an error to whoever tests rules", () => {
    jest.spyOn(rule, "check").mockImplementation(fail);
    expect(() =>
      validate(
        examplePlan((plan) => plan.kvm()),
        rules,
      ),
    ).toThrow(TypeError);
  });
});

test("evaluate prints nothing and throws nothing", () => {
  const app = newApp();
  badStack(app, "one");
  expect(errorsOf(app)).toContain(SPOILT);
  expect(report()).toBe("");
});
