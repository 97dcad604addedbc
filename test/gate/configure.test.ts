import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Acknowledgements, Gate } from "../../lib";
import { Domain } from "../../lib/provider/domain";
import { LibvirtProvider } from "../../lib/provider/provider";
import { domainOf, filesIn, GOOD, goodStack, newApp, refusal, report } from "./fleet";

/** A stack in which a warning is found, and nothing else. */
function emulated(scope: Construct, id: string): TerraformStack {
  const stack = goodStack(scope, id);
  domainOf(stack).type = "qemu";
  return stack;
}

const WARNING = "VIRT-HYP-006";
const reason = "the guests of this stack test emulation";

describe("configure", () => {
  it("makes a warning an error", () => {
    const app = newApp();
    emulated(app, "one");
    Gate.of(app).configure({ severities: { [WARNING]: "error" } });
    expect(refusal(() => app.synth())).toEqual([WARNING]);
    expect(filesIn(app.outdir)).toEqual([]);
  });

  it("refuses warnings as well where it is asked to", () => {
    const app = newApp();
    emulated(app, "one");
    Gate.of(app).configure({ failOn: "warning" });
    expect(() => app.synth()).toThrow("refused the plan: 1 warning. No Terraform was written.");
    expect(filesIn(app.outdir)).toEqual([]);
  });

  it("keeps what a second call does not name", () => {
    const app = newApp();
    emulated(app, "one");
    Gate.of(app)
      .configure({ severities: { [WARNING]: "off" } })
      .configure({ failOn: "warning" });
    app.synth();
    expect(filesIn(app.outdir)).toHaveLength(2);
    expect(report()).not.toContain(WARNING);
  });

  it("changes nothing when it throws, which points at the user's own line", () => {
    const app = newApp();
    emulated(app, "one");
    const gate = Gate.of(app).configure({ severities: { [WARNING]: "error" } });
    let stack = "";
    try {
      gate.configure({ severities: { "VIRT-HYP-9999": "off" } });
    } catch (error) {
      stack = (error as Error).stack!;
    }
    expect(stack).toMatch(/configure\.test\.ts:\d+\)$/);
    expect(refusal(() => app.synth())).toEqual([WARNING]);
  });

  it("counts in the next synth, also after a refusal", () => {
    const app = newApp();
    emulated(app, "one");
    const gate = Gate.of(app).configure({ failOn: "warning" });
    expect(() => app.synth()).toThrow("refused");
    gate.configure({ failOn: "error" });
    app.synth();
    expect(filesIn(app.outdir)).toHaveLength(2);
  });
});

describe("acknowledgements", () => {
  it.each([
    ["the app", (stack: TerraformStack) => stack.node.root],
    ["the stack", (stack: TerraformStack) => stack],
    ["the guest", domainOf],
  ])("of %s are kept in the report, and refuse nothing", (_, scopeOf) => {
    const app = newApp();
    Acknowledgements.of(scopeOf(emulated(app, "one"))).add({ code: WARNING, reason, expires: "9999-12-31" });
    Gate.of(app).configure({ failOn: "warning" });
    app.synth();
    expect(filesIn(app.outdir)).toHaveLength(2);
    expect(report()).toContain(WARNING);
    expect(report()).toContain(`${reason} (until 9999-12-31)`);
  });

  it("hold for everything within their scope, and for nothing beside it", () => {
    const app = newApp();
    Acknowledgements.of(emulated(app, "one")).add({ code: WARNING, reason });
    emulated(app, "one-more");
    const { findings } = Gate.of(app).evaluate();
    expect(findings.map(({ place, acknowledged }) => [place.unit, acknowledged?.reason])).toEqual([
      ["one-more", undefined],
      ["one", reason],
    ]);
  });

  it("have the nearest one speak where several cover one place", () => {
    const app = newApp();
    const stack = emulated(app, "one");
    Acknowledgements.of(domainOf(stack)).add({ code: WARNING, reason: "near" });
    Acknowledgements.of(app).add({ code: WARNING, reason: "far" });
    const { findings } = Gate.of(app).evaluate();
    expect(findings).toMatchObject([{ acknowledged: { reason: "near" } }]);
  });

  it("may be given to a construct of the user's own", () => {
    const app = newApp();
    const stack = new TerraformStack(app, "one");
    const provider = new LibvirtProvider(stack, "kvm", { uri: "qemu+ssh://one/system" });
    const team = new Construct(stack, "team");
    new Domain(team, "web", { provider, ...GOOD, type: "qemu" });
    Acknowledgements.of(team).add({ code: WARNING, reason });
    expect(Gate.of(app).evaluate().findings).toMatchObject([
      { code: WARNING, acknowledged: { reason, constructPath: "one/team" } },
    ]);
  });

  it("of a host that several stacks name may be given in any of them", () => {
    for (const which of ["one", "two"]) {
      const app = newApp();
      const stacks = ["one", "two"].map((id) => {
        const stack = new TerraformStack(app, id);
        new LibvirtProvider(stack, "kvm", { uri: "qemu+ssh://shared/system" });
        return stack;
      });
      const stack = stacks.find(({ node }) => node.id === which)!;
      Acknowledgements.of(stack).add({ code: "ACME-ANY-001", reason });
      const rule = {
        ...require("../../lib/rules/hyp/host-architecture").hostArchitecture,
        code: "ACME-ANY-001",
        check: () => ({ kind: "fail", failure: { message: "m", fix: "f" } }),
      };
      const { findings } = Gate.of(app)
        .configure({ pack: [], rules: [rule] })
        .evaluate();
      expect(findings).toMatchObject([{ code: "ACME-ANY-001", acknowledged: { reason } }]);
    }
  });

  it("that cannot hold or are not needed are found, at the line that gives them", () => {
    const app = newApp();
    const stack = goodStack(app, "one");
    Acknowledgements.of(stack)
      .add({ code: WARNING, reason: "" })
      .add({ code: WARNING, reason })
      .add({ code: WARNING, reason, expires: "2001-01-01" });
    const { findings } = Gate.of(app).evaluate();
    expect(findings.map(({ code }) => code)).toEqual([
      "VIRT-ACK-001",
      "VIRT-ACK-002",
      "VIRT-ACK-002",
      "VIRT-ACK-003",
    ]);
    for (const { place } of findings) {
      expect(place).toMatchObject({ label: "one", constructPath: "one", unit: "one" });
      expect(place.source?.file).toBe(__filename);
    }
  });

  it("given after a refusal count in the next synth", () => {
    const app = newApp();
    const stack = emulated(app, "one");
    Gate.of(app).configure({ failOn: "warning" });
    expect(() => app.synth()).toThrow("refused");
    Acknowledgements.of(stack).add({ code: WARNING, reason });
    app.synth();
    expect(filesIn(app.outdir)).toHaveLength(2);
  });

  it("end on their last day, which SOURCE_DATE_EPOCH may set", () => {
    const app = newApp();
    Acknowledgements.of(emulated(app, "one")).add({ code: WARNING, reason, expires: "2026-03-31" });
    const codesOn = (today?: string) =>
      Gate.of(app)
        .configure({ today })
        .evaluate()
        .findings.filter(({ acknowledged }) => !acknowledged)
        .map(({ code }) => code);
    expect(codesOn("2026-03-31")).toEqual([]);
    expect(codesOn("2026-04-01")).toEqual([WARNING, "VIRT-ACK-003"]);
    process.env.SOURCE_DATE_EPOCH = String(Date.UTC(2026, 2, 31, 23, 59) / 1000);
    try {
      expect(codesOn()).toEqual([]);
    } finally {
      delete process.env.SOURCE_DATE_EPOCH;
    }
  });

  it("show no password that a reason holds", () => {
    const app = newApp();
    const secret = "see https://ops:hunter2@wiki.example/x";
    Acknowledgements.of(emulated(app, "one")).add({ code: WARNING, reason: secret });
    app.synth();
    expect(report()).toContain("https://ops:***@wiki.example/x");
    expect(report()).not.toContain("hunter2");
  });
});
