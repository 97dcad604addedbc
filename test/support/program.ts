import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import { Connection, Gate, HostFacts, KvmHost, XenHost } from "../../lib";
import type { Finding } from "../../lib/rule";
import { temporaryFolder } from "./temporary-folder";

/** Attributes of a resource as they are in Terraform JSON. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
export type Attributes = any;

export interface Run {
  readonly app: App;
  readonly stack: TerraformStack;
  /** What the gate says of it. */
  readonly findings: readonly Finding[];
  /** The Terraform JSON, whatever the gate says. */
  readonly json: { resource: Record<string, Record<string, Attributes>>; [block: string]: Attributes };
}

const outdir = temporaryFolder();

/** Builds a program of one stack and synthesizes it, refused or not. */
export function run(build: (stack: TerraformStack) => void, id = "stack"): Run {
  return silently(() =>
    withoutTraces(() => {
      const app = new App({ outdir: outdir() });
      const stack = new TerraformStack(app, id);
      build(stack);
      const { findings } = Gate.of(app).reportOnly().evaluate();
      return { app, stack, findings, json: JSON.parse(Testing.synth(stack)) };
    }),
  );
}

/** The engine formats a stack trace for each token, which takes most of the time where a test maps the lines of each. */
function withoutTraces<T>(work: () => T): T {
  const { prepareStackTrace } = Error;
  Error.prepareStackTrace = (error) => String(error);
  try {
    return work();
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

/** The attributes of the only resource of a type. */
export function only({ json }: Run, type: string): Attributes {
  const all = Object.values(json.resource[type] ?? {});
  expect(all).toHaveLength(1);
  return all[0];
}

/** `VIRT-API-001 memory of "web": must be given.` of everything that is an error. */
export function errors({ findings }: Run): string[] {
  return findings
    .filter((finding) => finding.severity === "error")
    .map((finding) => `${finding.code} ${finding.message}`);
}

/** What was found in the props alone. */
export function propErrors({ findings }: Run): string[] {
  return findings.filter(({ code }) => code === "VIRT-API-001").map(({ message }) => message);
}

/** The report belongs to the user's terminal, not to the tests' output. */
export function silently<T>(work: () => T): T {
  const write = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    return work();
  } finally {
    write.mockRestore();
  }
}

const captured = new Map<string, HostFacts>();

/** The facts of a real host, read once. */
export function facts(host: string): HostFacts {
  const known = captured.get(host) ?? HostFacts.fromDirectory(join(__dirname, "../data/host-facts", host));
  captured.set(host, known);
  return known;
}

export const kvmHost = (stack: TerraformStack, id = "kvm1") =>
  new KvmHost(stack, id, { connection: Connection.ssh(id), facts: facts("kvm-debian12") });

export const xenHost = (stack: TerraformStack, id = "xen1") =>
  new XenHost(stack, id, { connection: Connection.tls(id), facts: withBridge(facts("xen-hvm")) });

/** The captured machine has no bridge for its guests; one that runs any has. */
const withBridge = ({ data }: HostFacts): HostFacts =>
  HostFacts.fromJson({ ...data, interfaces: [...(data.interfaces ?? []), { name: "xenbr0" }] });
