import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, Lazy, TerraformStack, TerraformVariable, Testing } from "cdktf";
import fc from "fast-check";
import { CloudInit, Connection, Disk, KvmGuest, type KvmGuestProps, KvmHost, Memory, Nic } from "../../lib";
import { run, silently } from "../support/program";
import { temporaryFolder } from "../support/temporary-folder";
import { describeWithTerraform, initAndValidate } from "../terraform/terraform";

/*
 * The provider ends every change of a running guest in an error. So a guest has a revision beside it, and Terraform
 * replaces the guest when that changes: exactly when its configuration does.
 */

const base = { memory: Memory.gibibytes(1), nics: [] };
const hostOf = (stack: TerraformStack) => new KvmHost(stack, "h", { connection: Connection.ssh("h") });

interface Setting {
  readonly props?: Partial<KvmGuestProps>;
  readonly before?: (stack: TerraformStack) => void;
  readonly after?: (guest: KvmGuest, stack: TerraformStack) => void;
}

/** What Terraform compares to tell whether the guest is to be replaced. */
function triggers({ props = {}, before = () => {}, after = () => {} }: Setting = {}): string[] {
  const { json } = run((stack) => {
    before(stack);
    const guest = new KvmGuest(stack, "web", { host: hostOf(stack), ...base, ...props });
    after(guest, stack);
  });
  const revisions = Object.entries(json.resource.terraform_data ?? {});
  const [address, revision] = revisions.find(([name]) => name.startsWith("web_Revision"))!;
  const domain = Object.values(json.resource.libvirt_domain!).find(({ name }) => name !== "other");
  expect(domain.lifecycle.replace_triggered_by).toEqual([`terraform_data.${address}`]);
  return revision.triggers_replace;
}

const props = fc.record(
  {
    name: fc.stringMatching(/^[a-z]{1,8}$/),
    memory: fc.integer({ min: 1, max: 64 }).map((amount) => Memory.gibibytes(amount)),
    vcpus: fc.integer({ min: 1, max: 8 }),
    description: fc.string({ maxLength: 8 }).filter((text) => !/[$%]\{/.test(text)),
    autostart: fc.boolean(),
    running: fc.boolean(),
    sound: fc.constantFrom("ich9", "ich6"),
    disks: fc.array(
      fc.constantFrom("/a", "/b", "/c").map((path) => Disk.file(path)),
      { maxLength: 2 },
    ),
    nics: fc.array(
      fc.constantFrom("br0", "br1").map((bridge) => Nic.bridge(bridge)),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

/** The guest's configuration, as far as Terraform has it. */
function configuration(given: Partial<KvmGuestProps>): string {
  const { json } = run((stack) => new KvmGuest(stack, "web", { host: hostOf(stack), ...base, ...given }));
  return JSON.stringify(Object.values(json.resource.libvirt_domain!));
}

it("changes exactly when the configuration changes", () => {
  fc.assert(
    fc.property(props, props, (one, other) => {
      const same = configuration(one) === configuration(other);
      expect(JSON.stringify(triggers({ props: one })) === JSON.stringify(triggers({ props: other }))).toBe(
        same,
      );
    }),
    { numRuns: 60 },
  );
});

it("is the same in every run, whatever is made before and after", () => {
  const before = (stack: TerraformStack) => {
    // Tokens are numbered as they are made.
    for (const id of ["a", "b", "c"]) String(new TerraformVariable(stack, id, {}).stringValue);
  };
  const after = (guest: KvmGuest, stack: TerraformStack) => {
    new KvmGuest(stack, "other", { ...base, host: guest.host as KvmHost });
  };
  expect(triggers({ before, after })).toEqual(triggers());
  const late = { description: "${var.a}" };
  expect(triggers({ props: late, before })).toEqual(triggers({ props: late, before, after }));
});

it("does not depend on when and in which order a guest is changed", () => {
  const one = (guest: KvmGuest) => {
    guest.domain.addOverride("features.pmu.state", "off");
    guest.domain.addOverride("features.vmport.state", "off");
    guest.domain.title = "the title";
  };
  const other = (guest: KvmGuest) => {
    guest.domain.title = "the title";
    guest.domain.addOverride("features.vmport.state", "off");
    guest.domain.addOverride("features.pmu.state", "off");
  };
  expect(triggers({ after: one })).toEqual(triggers({ after: other }));
  expect(triggers({ after: one })).not.toEqual(triggers());
});

it("follows what is set on the domain and overrides of it", () => {
  const changes: ((guest: KvmGuest) => void)[] = [
    () => {},
    (guest) => guest.domain.addOverride("features.pmu.state", "off"),
    (guest) => guest.domain.addOverride("features.pmu.state", "on"),
    (guest) => {
      guest.domain.title = "the title";
    },
    (guest) => guest.domain.resetClock(),
  ];
  const all = changes.map((after) => triggers({ after }).join());
  expect(new Set(all).size).toBe(changes.length);
});

it("is indifferent to what concerns Terraform alone", () => {
  const changes: ((guest: KvmGuest, stack: TerraformStack) => void)[] = [
    (guest) => {
      guest.domain.lifecycle = { ...guest.domain.lifecycle, createBeforeDestroy: true };
    },
    (guest, stack) => {
      guest.domain.dependsOn = [new TerraformVariable(stack, "x", {}).fqn];
    },
    (guest) => {
      guest.domain.count = 3;
    },
  ];
  for (const after of changes) expect(triggers({ after })).toEqual(triggers());
});

describe("late values", () => {
  const variable = (stack: TerraformStack) => new TerraformVariable(stack, "late", {});

  it("are among the triggers, since they may change by themselves", () => {
    let late: TerraformVariable;
    const before = (stack: TerraformStack) => {
      late = variable(stack);
    };
    const found = (change: (guest: KvmGuest, late: TerraformVariable) => void) =>
      triggers({ before, after: (guest) => change(guest, late) }).slice(1);
    expect(
      found((guest, { stringValue }) => {
        guest.domain.title = `the ${stringValue}`;
      }),
    ).toEqual(["the ${var.late}"]);
    expect(
      found((guest, { numberValue }) => {
        guest.domain.vcpu = numberValue;
      }),
    ).toEqual(["${var.late}"]);
    expect(
      found((guest, { booleanValue }) => {
        guest.domain.autostart = booleanValue;
      }),
    ).toEqual(["${var.late}"]);
    expect(
      found((guest) => {
        guest.domain.title = '${join("}", [var.a, "x\\n"])}';
      }),
    ).toEqual(['${join("}", [var.a, "x\\n"])}']);
  });

  it("that the engine computes count by what they come to", () => {
    const of = (value: boolean) =>
      triggers({
        after: (guest) => {
          guest.domain.autostart = Lazy.anyValue({ produce: () => value });
        },
      });
    expect(of(true)).not.toEqual(of(false));
    expect(of(false)).toEqual(of(false));
    const vcpu = (value: number) =>
      triggers({
        after: (guest) => {
          guest.domain.vcpu = Lazy.numberValue({ produce: () => value });
        },
      });
    expect(vcpu(2)).not.toEqual(vcpu(3));
    expect(vcpu(2)).toEqual(triggers({ props: { vcpus: 2 } }));
  });
});

it("is not there for a guest that is changed in place", () => {
  const { json } = run((stack) => {
    new KvmGuest(stack, "web", { host: hostOf(stack), ...base, onChange: "in-place" });
  });
  expect(json.resource.terraform_data).toBeUndefined();
  const [domain] = Object.values(json.resource.libvirt_domain!);
  expect(domain).not.toHaveProperty("lifecycle");
});

const outdir = temporaryFolder();

function stackOf(): TerraformStack {
  const stack = new TerraformStack(new App({ outdir: outdir() }), "stack");
  const late = new TerraformVariable(stack, "late", { type: "string" });
  const disks = [Disk.empty(Memory.gibibytes(1)), Disk.file(`/srv/${late.stringValue}`)];
  const host = hostOf(stack);
  const web = new KvmGuest(stack, "web", { host, ...base, disks, cloudInit: new CloudInit() });
  const { friendlyUniqueId } = web.domain;
  new KvmGuest(stack, "db", { host, ...base }).domain.dependsOn = [`libvirt_domain.${friendlyUniqueId}`];
  return stack;
}

const synthesized = () => {
  const stack = stackOf();
  return silently(() => ({ json: Testing.synth(stack), hcl: Testing.synthHcl(stack) }));
};

it("is the same in HCL", () => {
  const { json, hcl } = synthesized();
  const revisions: Record<string, { triggers_replace: string[] }> = JSON.parse(json).resource.terraform_data;
  for (const [name, { triggers_replace }] of Object.entries(revisions)) {
    for (const trigger of triggers_replace) expect(hcl).toContain(`"${trigger}"`);
    expect(hcl).toContain(`replace_triggered_by = [terraform_data.${name}]`);
  }
});

describeWithTerraform("Terraform", () => {
  it.each([
    ["JSON", "cdk.tf.json", "json"],
    ["HCL", "cdk.tf", "hcl"],
  ] as const)("takes the revision in %s", (_, file, language) => {
    const folder = outdir();
    writeFileSync(join(folder, file), synthesized()[language]);
    expect(initAndValidate(folder)).toMatchObject({ valid: true, diagnostics: [] });
  });
});
