import { type App, Aspects, type IAspect, TerraformStack, Testing } from "cdktf";
import type { IConstruct } from "constructs";
import { Domain } from "../../lib/provider/domain";
import { rules } from "../../lib/rules/registry.generated";
import {
  domainOf,
  emptyFolder,
  errorsOf,
  filesIn,
  GOOD,
  goodStack,
  mend,
  newApp,
  PLAIN_GOOD,
  PlainProvider,
  PlainResource,
  readJson,
  refusal,
  report,
  SPOILT,
  spoil,
} from "./fleet";

afterEach(() => {
  delete process.env.SYNTH_HCL_OUTPUT;
});

function aspect(visit: (construct: IConstruct) => void): IAspect {
  return { visit };
}

const spoiling = aspect((construct) => {
  if (construct instanceof Domain) spoil(construct);
});

describe.each([
  ["JSON", undefined],
  ["HCL", "true"],
])("an aspect that makes a good plan bad, %s", (_, hcl) => {
  beforeEach(() => {
    if (hcl) process.env.SYNTH_HCL_OUTPUT = hcl;
  });

  function expectRefused(change: (stacks: TerraformStack[]) => void): void {
    const app = newApp();
    const stacks = ["one", "two", "three"].map((id) => goodStack(app, id));
    change(stacks);
    expect(errorsOf(app)).toEqual([]);
    expect(refusal(() => app.synth())).toContain(SPOILT);
    expect(filesIn(app.outdir)).toEqual([]);
    expect(report()).toContain(SPOILT);
  }

  it("is refused on a stack", () => expectRefused(([one]) => Aspects.of(one!).add(spoiling)));

  it("is refused on a construct", () => expectRefused(([one]) => Aspects.of(domainOf(one!)).add(spoiling)));

  it("is refused on the last of three stacks, when two are written already", () =>
    expectRefused(([, , three]) => Aspects.of(three!).add(spoiling)));

  it("is refused when it adds a resource", () =>
    expectRefused(([, two]) =>
      Aspects.of(two!).add(
        aspect((construct) => {
          if (construct === two) new Domain(construct, "added", { ...GOOD, name: "added", vcpu: 1.5 });
        }),
      ),
    ));

  it("is refused when it adds an element of other bindings", () =>
    expectRefused(([, two]) =>
      Aspects.of(two!).add(
        aspect((construct) => {
          if (construct !== two) return;
          new PlainResource(construct, "added", "libvirt_domain", { ...PLAIN_GOOD, vcpu: 1.5 });
        }),
      ),
    ));

  it("is refused when it adds an override to a resource", () =>
    expectRefused(([, two]) =>
      Aspects.of(two!).add(
        aspect((construct) => {
          if (construct instanceof Domain) construct.addOverride("no_such_attribute", 1);
        }),
      ),
    ));
});

it("sees what an aspect adds to the override of a stack", () => {
  const app = newApp();
  goodStack(app, "one");
  const two = goodStack(app, "two");
  Aspects.of(two).add(aspect(() => two.addOverride("resource.libvirt_domain.web.no_such_attribute", 1)));
  expect(refusal(() => app.synth())).toContain(SPOILT);
  expect(filesIn(app.outdir)).toEqual([]);
});

it("sees what an aspect does in a stack of other bindings, which got its gate from the others", () => {
  const app = newApp();
  goodStack(app, "one");
  const two = new TerraformStack(app, "two");
  new PlainProvider(two, "kvm", { uri: "qemu+ssh://two/system" });
  const web = new PlainResource(two, "web", "libvirt_domain", PLAIN_GOOD);
  Aspects.of(two).add(
    aspect(() => {
      web.attributes = { ...PLAIN_GOOD, vcpu: 1.5 };
    }),
  );
  expect(errorsOf(app)).toEqual([]);
  expect(refusal(() => app.synth())).toContain(SPOILT);
  expect(filesIn(app.outdir)).toEqual([]);
});

it("sees a change in place of what other bindings hold", () => {
  const app = newApp();
  const stack = goodStack(app, "one");
  const disks: object[] = [];
  new PlainResource(stack, "db", "libvirt_domain", { ...PLAIN_GOOD, name: "db", devices: { disks } });
  Aspects.of(stack).add(
    aspect((construct) => {
      if (construct === stack) disks.push({ sauce: {} });
    }),
  );
  expect(refusal(() => app.synth())).toContain(SPOILT);
});

it("does not see an aspect on the app, which the engine never runs", () => {
  const app = newApp();
  goodStack(app, "one");
  Aspects.of(app).add(spoiling);
  app.synth();
  expect(readJson(app, "one").resource.libvirt_domain!.web).toMatchObject({ vcpu: 1 });
});

it("writes what an aspect made of a plan that stays good, and reports once", () => {
  const app = newApp();
  for (const id of ["one", "two"]) {
    Aspects.of(goodStack(app, id)).add(
      aspect((construct) => {
        if (construct instanceof Domain) construct.description = "seen";
      }),
    );
  }
  app.synth();
  expect(readJson(app, "two").resource.libvirt_domain!.web).toMatchObject({ description: "seen" });
  expect(report().split("not checked").length).toBeLessThan(6);
  const once = report();
  app.synth();
  expect(report()).toBe(once);
});

it("keeps the Terraform of a synth that was accepted when another app is refused", () => {
  const good = newApp();
  goodStack(good, "one");
  good.synth();
  const bad = newApp({ outdir: emptyFolder() });
  Aspects.of(goodStack(bad, "one")).add(spoiling);
  refusal(() => bad.synth());
  expect(filesIn(good.outdir)).toHaveLength(2);
});

it("is judged before aspects run too: an aspect cannot mend what is refused", () => {
  const app = newApp();
  const stack = goodStack(app, "one");
  spoil(domainOf(stack));
  Aspects.of(stack).add(aspect((construct) => construct instanceof Domain && mend(construct)));
  expect(refusal(() => app.synth())).toContain(SPOILT);
});

describe("aspects on many stacks", () => {
  const STACKS = 6;
  const rule = rules.find(({ slug }) => slug === "memory-size-given")!;

  function fleet(visit: (domain: Domain) => void): { app: App; stacks: TerraformStack[] } {
    const app = newApp();
    const stacks = Array.from({ length: STACKS }, (_, index) => goodStack(app, `stack${index}`));
    for (const stack of stacks) {
      Aspects.of(stack).add(aspect((construct) => construct instanceof Domain && visit(construct)));
    }
    return { app, stacks };
  }

  it("cost one more judgement, not one for each stack", () => {
    const checks = jest.spyOn(rule, "check");
    const { app } = fleet((domain) => {
      domain.description = "seen";
    });
    app.synth();
    expect(checks).toHaveBeenCalledTimes(2 * STACKS);
  });

  it("are judged with the last stack that has libvirt in it, when others follow", () => {
    const { app, stacks } = fleet((domain) => {
      if (domain.node.path.startsWith("stack2/")) spoil(domain);
    });
    new TerraformStack(app, "without-libvirt");
    expect(refusal(() => app.synth())).toContain(SPOILT);
    expect(filesIn(app.outdir)).toEqual([]);
    expect(stacks).toHaveLength(STACKS);
  });

  it("are judged at once where one stack is rendered alone", () => {
    let spoilt = false;
    const { app, stacks } = fleet((domain) => {
      if (spoilt) spoil(domain);
    });
    app.synth();
    spoilt = true;
    expect(refusal(() => Testing.synth(stacks[0]!))).toContain(SPOILT);
    expect(refusal(() => Testing.fullSynth(stacks[0]!))).toContain(SPOILT);
    expect(refusal(() => Testing.synthHcl(stacks[0]!))).toContain(SPOILT);
  });
});
