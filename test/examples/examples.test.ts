import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeXml } from "../../lib/domain-xml";
import { xmlKindOf } from "../../lib/domain-xml/mapping";
import { readInputs } from "../../lib/input/read-inputs";
import { buildPlan } from "../../lib/plan/build";
import { type Document, describeWithSchemas, validate, withoutDeviations } from "../domain-xml/schemas";
import { temporaryFolder } from "../support/temporary-folder";
import { describeWithTerraform, initAndValidate, plan } from "../terraform/terraform";

const ROOT = join(__dirname, "../..");
const GOOD = ["quickstart", "kvm-and-xen", "xen-modes", "rule-pack"];
const folder = temporaryFolder();

interface Run {
  readonly status: number | null;
  readonly stderr: string;
  /** Folders of the stacks that have Terraform JSON. */
  readonly stacks: string[];
}

const runs = new Map<string, Run>();

/** Runs an example once, as a user does. */
function run(example: string, context: Record<string, string> = {}): Run {
  const key = `${example} ${JSON.stringify(context)}`;
  const known = runs.get(key);
  if (known) return known;
  const outdir = folder();
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join("examples", example, "main.ts")],
    {
      cwd: ROOT,
      env: { ...process.env, CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: JSON.stringify(context) },
      encoding: "utf8",
    },
  );
  const root = join(outdir, "stacks");
  const stacks = readdirSync(root)
    .map((stack) => join(root, stack))
    .filter((stack) => existsSync(join(stack, "cdk.tf.json")));
  const result = { status, stderr, stacks };
  runs.set(key, result);
  return result;
}

describe.each(GOOD)("the example %s", (example) => {
  it("is accepted and written", () => {
    const { status, stderr, stacks } = run(example);
    expect({ status, errors: /^ +error .*$/m.exec(stderr)?.[0] }).toEqual({ status: 0, errors: undefined });
    expect(stacks).toHaveLength(1);
  });

  it("has a page", () => {
    expect(readFileSync(join(ROOT, "examples", example, "README.md"), "utf8")).toContain(
      `examples/${example}/main.ts`,
    );
  });
});

describeWithTerraform("the examples", () => {
  it.each(GOOD)("%s is valid Terraform", (example) => {
    const [stack] = run(example).stacks;
    expect(initAndValidate(stack!)).toMatchObject({ valid: true, diagnostics: [] });
  });

  it.each(GOOD)("%s can be planned", (example) => {
    const [stack] = run(example).stacks;
    expect(plan(stack!)).toMatchObject({ valid: true });
  });
});

describeWithSchemas("the XML of the examples", () => {
  it("is what libvirt's schemas allow", async () => {
    const documents = (await Promise.all(GOOD.map(documentsOf))).flat();
    expect([...new Set(documents.map(({ kind }) => kind))].sort()).toEqual([
      "domain",
      "network",
      "pool",
      "volume",
    ]);
    const { violations } = validate(documents);
    expect(violations).toHaveLength(documents.length);
    const found = violations.flatMap((each, index) =>
      each.slice(0, 1).map(({ path, message }) => `${documents[index]!.name}: ${path}: ${message}`),
    );
    expect(found).toEqual([]);
  });
});

/** What libvirt is sent of an example; values that only apply knows are a path there. */
async function documentsOf(example: string): Promise<Document[]> {
  const raw = await readInputs(run(example).stacks, { stdin: process.stdin });
  return buildPlan(raw).resources.flatMap(({ type, label, config }) => {
    const kind = xmlKindOf(type);
    if (kind === undefined) return [];
    const xml = writeXml(kind, config as object).replace(/\$\{[^}]*\}/g, "/known/at/apply");
    return [{ name: `${example}/${label}`, kind, xml: withoutDeviations(xml) }];
  });
}

describe("the example quickstart", () => {
  it("takes another host, image and accelerator from the context", () => {
    const { stacks } = run("quickstart", {
      uri: "qemu:///system",
      image: "/var/tmp/base.qcow2",
      accelerator: "tcg",
    });
    const { provider, resource } = JSON.parse(readFileSync(join(stacks[0]!, "cdk.tf.json"), "utf8"));
    expect(provider.libvirt).toEqual([{ alias: "kvm1", uri: "qemu:///system" }]);
    expect(Object.values(resource.libvirt_domain)).toEqual([expect.objectContaining({ type: "qemu" })]);
    expect(JSON.stringify(resource.libvirt_volume)).toContain('"url":"/var/tmp/base.qcow2"');
  });
});

describe("the example rule-pack", () => {
  it("shows what was accepted, and why", () => {
    const report = run("rule-pack").stderr.replace(/\s+/g, " ");
    expect(report).toContain("acknowledged (1) ACME-NAME-001 name-has-prefix wiki: links to the wiki");
  });
});

describe("the example invalid-plan", () => {
  const { status, stderr, stacks } = run("invalid-plan");

  it("is refused, and nothing is written", () => {
    expect(status).not.toBe(0);
    expect(stacks).toEqual([]);
    expect(stderr).toContain("PlanRefused");
  });

  it("names every mistake at the line that makes it", () => {
    const program = readFileSync(join(ROOT, "examples/invalid-plan/main.ts"), "utf8").split("\n");
    const numbered = program.flatMap((line, index) => (/^\/\/ \d+\. /.test(line) ? [index] : []));
    const reported = new Set(
      [...stderr.matchAll(/invalid-plan\/main\.ts:([\d, ]+)/g)].flatMap(([, lines]) =>
        lines!.split(", ").map(Number),
      ),
    );
    const unnamed = numbered.filter((start, index) => {
      const end = numbered[index + 1] ?? program.length;
      return ![...reported].some((line) => line > start && line <= end);
    });
    expect(unnamed.map((index) => program[index])).toEqual([]);
  });

  it("shows no stack of this library or its dependencies", () => {
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
