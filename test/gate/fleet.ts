import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, type AppConfig, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Gate, isVirtConstructsError, PlanRefused } from "../../lib";
import { Domain, type DomainConfig } from "../../lib/provider/domain";
import { LibvirtProvider } from "../../lib/provider/provider";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** What the gate prints goes to the standard error of the program; here it is read. */
let printed = "";
beforeEach(() => {
  printed = "";
  jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

export function report(): string {
  return printed;
}

export function emptyFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "gate-"));
  folders.push(folder);
  return folder;
}

export function newApp(options: AppConfig = {}): App {
  return new App({ outdir: emptyFolder(), ...options });
}

/** A stack with a host of its own and a guest in which nothing is wrong. */
export function goodStack(scope: Construct, id: string): TerraformStack {
  const stack = new TerraformStack(scope, id);
  const provider = new LibvirtProvider(stack, "kvm", { uri: `qemu+ssh://${id}/system` });
  new Domain(stack, "web", { provider, ...GOOD, name: `${id}-web` });
  return stack;
}

export function badStack(scope: Construct, id: string): TerraformStack {
  const stack = goodStack(scope, id);
  spoil(domainOf(stack));
  return stack;
}

export const GOOD: DomainConfig = {
  name: "web",
  type: "kvm",
  memory: 1024,
  memoryUnit: "MiB",
  vcpu: 1,
  os: { type: "hvm", typeArch: "x86_64", typeMachine: "q35", kernel: "/boot/vmlinuz" },
  features: { acpi: true },
};

/** The mistake of these tests, and how to mend it. */
export function spoil(domain: Domain): void {
  domain.vcpu = 1.5;
}
export function mend(domain: Domain): void {
  domain.vcpu = 1;
}
/** The rule that finds it: every attribute is one of the provider's, with a value of its type. */
export const SPOILT = "VIRT-PRV-003";

export function domainOf(stack: TerraformStack): Domain {
  return stack.node.findChild("web") as Domain;
}

/** Elements as a user writes them without any bindings: nothing of this package takes part. */
export class PlainProvider extends TerraformProvider {
  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: Record<string, unknown>,
  ) {
    super(scope, id, {
      terraformResourceType: "libvirt",
      terraformProviderSource: "dmacvicar/libvirt",
      terraformGeneratorMetadata: { providerName: "libvirt", providerVersionConstraint: "~> 0.9.7" },
    });
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.attributes;
  }
}

export class PlainResource extends TerraformResource {
  attributes: Record<string, unknown>;

  constructor(scope: Construct, id: string, type: string, attributes: Record<string, unknown>) {
    super(scope, id, { terraformResourceType: type });
    this.attributes = attributes;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.attributes;
  }

  reference(attribute: string): string {
    return this.getStringAttribute(attribute);
  }

  numberReference(attribute: string): number {
    return this.getNumberAttribute(attribute);
  }
}

/** GOOD in Terraform's own spelling. */
export const PLAIN_GOOD = {
  name: "web",
  type: "kvm",
  memory: 1024,
  memory_unit: "MiB",
  vcpu: 1,
  os: { type: "hvm", type_arch: "x86_64", type_machine: "q35", kernel: "/boot/vmlinuz" },
  features: { acpi: true },
};

/** Everything below a folder that is no folder, and no empty one. */
export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(path.join(folder, file)).isFile())
    .sort();
}

export function readJson(app: App, stack: string): { resource: Record<string, Record<string, unknown>> } {
  return JSON.parse(readFileSync(path.join(app.outdir, "stacks", stack, "cdk.tf.json"), "utf8"));
}

/** Runs what must be refused, and gives the codes of the errors found. */
export function refusal(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(PlanRefused);
    if (!isVirtConstructsError(error)) throw error;
    return codes(error);
  }
  throw new Error("the plan was accepted");
}

/** The codes of the errors in the plan as it stands. */
export function errorsOf(scope: Construct): string[] {
  return codes(Gate.of(scope).evaluate());
}

function codes({ findings }: Pick<PlanRefused, "findings">): string[] {
  return findings.filter((finding) => finding.severity === "error").map((finding) => finding.code);
}
