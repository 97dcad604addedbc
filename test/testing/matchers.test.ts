import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type App, TerraformStack, Testing } from "cdktf";
import { Connection, Gate, GuestOs, KvmGuest, KvmHost, Memory, XenHost, XenPvGuest } from "virt-constructs";
import { Domain, LibvirtProvider } from "virt-constructs/provider";
import "virt-constructs/testing/jest";
import { removeTemporaryFolders } from "../../lib/testing";
import { domainOf, filesIn, GOOD, goodStack, newApp, report, SPOILT, spoil } from "../gate/fleet";

/** What a failed expectation says, without colours. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
    return (error as Error).message.replace(/\u001b\[\d+m/g, "");
  }
  throw new Error("the expectation was met");
}

let app: App;
let good: TerraformStack;
let bad: TerraformStack;
beforeEach(() => {
  app = newApp();
  good = goodStack(app, "good");
  bad = goodStack(app, "bad");
  spoil(domainOf(bad));
  domainOf(bad).type = "qemu";
});
afterEach(() => {
  expect(filesIn(app.outdir)).toEqual([]);
  expect(report()).toBe("");
});

const WARNING = "VIRT-HYP-006";

describe("toAcceptPlan", () => {
  it("judges the app, a stack or a construct in it", () => {
    expect(good).toAcceptPlan();
    expect(domainOf(good)).toAcceptPlan();
    expect(app).not.toAcceptPlan();
    expect(bad).not.toAcceptPlan();
    expect(domainOf(bad)).not.toAcceptPlan();
    expect(bad.node.findChild("kvm")).toAcceptPlan();
  });

  it("says why a plan is refused, and nothing of warnings that do not refuse it", () => {
    const message = failure(() => expect(app).toAcceptPlan());
    expect(message).toContain("expected the plan to be accepted, but it is refused:\n\nbad (1 error)");
    expect(message).toContain(SPOILT);
    expect(message).not.toContain(WARNING);
    expect(failure(() => expect(good).not.toAcceptPlan())).toContain("nothing is wrong with it");
  });

  it("follows the configuration of the gate, also where that only reports", () => {
    domainOf(good).type = "qemu";
    expect(good).toAcceptPlan();
    Gate.of(app).reportOnly().configure({ failOn: "warning" });
    expect(good).not.toAcceptPlan();
  });

  it("counts what concerns a stack in part", () => {
    const third = goodStack(app, "third");
    domainOf(third).name = "good-web";
    new LibvirtProvider(third, "same", { uri: "qemu+ssh://good/system", alias: "same" });
    domainOf(third).provider = third.node.findChild("same") as LibvirtProvider;
    for (const stack of [good, third]) expect(stack).toRejectWith("VIRT-UNQ-001");
  });
});

describe("toRejectWith", () => {
  it("wants each of the codes to be a reason", () => {
    domainOf(bad).name = "";
    expect(app).toRejectWith(SPOILT);
    expect(app).toRejectWith(SPOILT, "VIRT-UNQ-003");
    expect(app).not.toRejectWith(SPOILT, "VIRT-XEN-001");
    expect(good).not.toRejectWith(SPOILT);
  });

  it("takes no warning for a reason", () => {
    expect(app).not.toRejectWith(WARNING);
    Gate.of(app).configure({ failOn: "warning" });
    expect(app).toRejectWith(WARNING);
  });

  it("says what is there instead", () => {
    expect(failure(() => expect(good).toRejectWith("VIRT-XEN-001"))).toBe(
      "expected the plan to be refused for VIRT-XEN-001, but it is accepted",
    );
    expect(failure(() => expect(app).toRejectWith(SPOILT, "VIRT-XEN-001"))).toContain(
      "expected the plan to be refused for VIRT-XEN-001, but it is refused for:\n\nbad (1 error)",
    );
    expect(failure(() => expect(app).not.toRejectWith(SPOILT))).toContain(`not to be refused for ${SPOILT}`);
  });

  it("wants a code", () => {
    // @ts-expect-error the types want one as well
    expect(failure(() => expect(app).toRejectWith())).toContain("needs the code of a rule");
  });
});

describe("toHaveDomain", () => {
  it("finds a domain by name, or by some of its attributes", () => {
    expect(app).toHaveDomain("good-web");
    expect(app).toHaveDomain({ name: "good-web", memory: 1024, os: { typeMachine: "q35" } });
    expect(app).toHaveDomain({ name: expect.stringMatching(/^good/), vcpu: expect.any(Number) });
    expect(app).not.toHaveDomain("web");
    expect(app).not.toHaveDomain({ name: "good-web", memory: 2048 });
    expect(good).not.toHaveDomain("bad-web");
  });

  it("sees what constructs choose, overrides change and references mean", () => {
    const stack = new TerraformStack(app, "constructs");
    const host = new KvmHost(stack, "kvm1", { connection: Connection.ssh("kvm1") });
    new KvmGuest(stack, "db", { host, os: GuestOs.DEBIAN_12, memory: Memory.gibibytes(2), vcpus: 2 });
    const web = new Domain(stack, "web", { provider: host.provider as never, ...GOOD });
    web.addOverride("memory", 4096);
    new Domain(stack, "copy", { provider: host.provider as never, ...GOOD, name: "copy", title: web.name });
    expect(stack).toHaveDomain({ name: "db", memory: 2, memoryUnit: "GiB", type: "kvm" });
    expect(stack).toHaveDomain({ name: "web", memory: 4096 });
    expect(stack).toHaveDomain({ name: "copy", title: "web" });
  });

  it("says what the domain of that name has instead, and nothing of what was not asked for", () => {
    const message = failure(() => expect(app).toHaveDomain({ name: "good-web", os: { typeMachine: "pc" } }));
    expect(message).toContain('Its domains: "good-web", "bad-web"');
    expect(message).toContain("libvirt_domain.web:");
    expect(message).toContain('-     "typeMachine": "pc"');
    expect(message).toContain('+     "typeMachine": "q35"');
    expect(message).not.toContain("typeArch");
    expect(failure(() => expect(app).toHaveDomain("none"))).toContain('Its domains: "good-web", "bad-web"');
    expect(failure(() => expect(app).not.toHaveDomain("good-web"))).toContain("libvirt_domain.web is one");
  });
});

describe("what cannot be judged fails the test, whatever it expects", () => {
  it.each([
    ["no construct", () => ({})],
    ["nothing", () => undefined],
    ["what a synth returns", () => "{}"],
  ])("%s", (_, given) => {
    for (const expectation of [expect(given()), expect(given()).not]) {
      expect(failure(() => expectation.toAcceptPlan())).toContain("looks at an App, a stack");
    }
  });

  it("a plan in which there is nothing", () => {
    const empty = new TerraformStack(app, "empty");
    for (const expectation of [expect(empty), expect(empty).not]) {
      expect(failure(() => expectation.toAcceptPlan())).toContain("nothing to judge");
      expect(failure(() => expectation.toRejectWith(SPOILT))).toContain("found no libvirt resource");
      expect(failure(() => expectation.toHaveDomain("web"))).toContain("in empty");
    }
  });
});

test("a program as its author writes it", () => {
  const stack = new TerraformStack(app, "rack");
  const host = new XenHost(stack, "xen1", { connection: Connection.tls("xen1") });
  const os = GuestOs.byId("windows-11") as never;
  new XenPvGuest(stack, "legacy", { host, os, memory: Memory.gibibytes(4) });
  expect(stack).toRejectWith("VIRT-XEN-002");
});

test("the folders of Testing.app() are removed, and those of no other app", () => {
  const temporary = Testing.app();
  goodStack(temporary, "one");
  const kept = newApp();
  goodStack(kept, "one");
  const file = path.join(kept.outdir, "kept");
  mkdirSync(kept.outdir, { recursive: true });
  writeFileSync(file, "");
  expect(existsSync(temporary.outdir)).toBe(true);
  expect(temporary).toAcceptPlan();
  expect(kept).toAcceptPlan();
  removeTemporaryFolders();
  expect(existsSync(temporary.outdir)).toBe(false);
  expect(existsSync(file)).toBe(true);
});
