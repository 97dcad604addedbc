import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, Testing } from "cdktf";
import fc from "fast-check";
import { Connection, Disk, GuestOs, KvmGuest, Memory, XenHost, XenHvmGuest, XenPvGuest } from "../../lib";
import { type Attributes, kvmHost, type Run, run, silently } from "../support/program";
import { temporaryFolder } from "../support/temporary-folder";
import { describeWithTerraform, initAndValidate, plan } from "../terraform/terraform";

/*
 * The provider can make Xen domains, but neither change nor remove them. So virsh removes them first, in a resource
 * that Terraform destroys before the domain.
 */

const common = { os: GuestOs.DEBIAN_12, memory: Memory.gibibytes(1), nics: [], disks: [Disk.file("/a.img")] };

function build(stack: TerraformStack, host: object = {}, guest: object = {}): void {
  const connection = Connection.sshCommand("xen1", { knownHosts: "/k" });
  const xen1 = new XenHost(stack, "xen1", { connection, ...host });
  new XenPvGuest(stack, "pv", { host: xen1, ...common, ...guest });
}
const pv = (host?: object, guest?: object) => run((stack) => build(stack, host, guest));

function resource({ json }: Run, type: string, name: string): [address: string, attributes: Attributes] {
  const found = Object.entries(json.resource[type] ?? {}).find(([key]) => key.startsWith(name));
  return [`${type}.${found?.[0]}`, found?.[1]];
}
const teardown = (of: Run) => resource(of, "terraform_data", "pv_Teardown")[1];

describe("a Xen guest", () => {
  const result = pv();
  const [domain] = resource(result, "libvirt_domain", "pv");
  const [revision] = resource(result, "terraform_data", "pv_Revision");

  it("is removed by virsh before the provider removes it, by the UUID and URI that it was made with", () => {
    const { provisioner, input } = teardown(result);
    expect(provisioner).toEqual([
      {
        "local-exec": {
          when: "destroy",
          command: expect.any(String),
          environment: { URI: "${self.output.uri}", UUID: "${self.output.uuid}" },
        },
      },
    ]);
    // The provider's +sshcmd and knownhosts are nothing to virsh.
    expect(input).toEqual({
      uri: "xen+ssh://xen1/system?known_hosts=/k",
      name: `\${${domain}.name}`,
      uuid: `\${${domain}.uuid}`,
    });
  });

  it("is removed by virsh whenever it is replaced", () => {
    expect(teardown(result).triggers_replace).toEqual([
      `\${${revision}.id}`,
      "xen+ssh://xen1/system?known_hosts=/k",
      `\${${domain}.uuid}`,
    ]);
  });

  it("has its own say, and its host's", () => {
    expect(teardown(pv({ teardown: "provider" }))).toBeUndefined();
    expect(teardown(pv({}, { teardown: "provider" }))).toBeUndefined();
    expect(teardown(pv({ teardown: "provider" }, { teardown: "virsh" }))).toBeDefined();
  });

  it("is removed by virsh as well where it is not replaced on change", () => {
    expect(teardown(pv({}, { onChange: "in-place" })).triggers_replace).toHaveLength(2);
  });
});

it("a KVM guest needs no such thing", () => {
  const { json } = run(
    (stack) => new KvmGuest(stack, "web", { host: kvmHost(stack), memory: common.memory }),
  );
  expect(Object.keys(json.resource.terraform_data!).filter((name) => name.includes("Teardown"))).toEqual([]);
});

describe("the command", () => {
  const folder = temporaryFolder();
  const { command } = teardown(pv()).provisioner[0]["local-exec"];

  /** Runs it with a virsh that fails at these of its commands, and notes what it is asked. */
  function runIt(uri: string, fails: readonly string[] = []) {
    const bin = folder();
    const log = join(bin, "log");
    const virsh = `#!/bin/sh
printf '%s\\0' "$@" >> "${log}"; printf '\\n' >> "${log}"
case " ${fails.join(" ")} " in *" $3 "*) echo "error: not so" >&2; exit 1;; esac
`;
    writeFileSync(join(bin, "virsh"), virsh);
    chmodSync(join(bin, "virsh"), 0o755);
    const env = { PATH: `${bin}:${process.env.PATH}`, URI: uri, UUID };
    const { status } = spawnSync("sh", ["-c", command], { env, encoding: "utf8" });
    const calls = readFileSync(log, "utf8").split("\0\n").slice(0, -1);
    return { status, calls: calls.map((call) => call.split("\0")) };
  }

  const UUID = "6c1a4d0e-6f0f-4a4e-9d3c-2f1f6f0c9a11";
  const asked = ({ calls }: { calls: string[][] }) => calls.map((call) => call[2]);

  it("stops and undefines the domain, at the URI as it is, whatever is in it", () => {
    const uris = fc.oneof(
      fc.string({ minLength: 1 }).filter((text) => !text.includes("\0")),
      fc.constantFrom("$(touch x)", "a b", "'; rm x; '", '"', "`id`", "*"),
    );
    fc.assert(
      fc.property(uris, (uri) => {
        const { status, calls } = runIt(uri);
        expect(status).toBe(0);
        expect(calls).toEqual([
          ["-c", uri, "uri"],
          ...["domstate", "destroy"].map((each) => ["-c", uri, each, "--domain", UUID]),
          ["-c", uri, "undefine", "--domain", UUID, "--managed-save"],
        ]);
      }),
      { numRuns: 20 },
    );
  });

  it("undefines a domain that is switched off", () => {
    const result = runIt("xen:///system", ["destroy"]);
    expect([result.status, ...asked(result)]).toEqual([0, "uri", "domstate", "destroy", "undefine"]);
  });

  it("is content when the domain is gone", () => {
    const result = runIt("xen:///system", ["domstate"]);
    expect([result.status, ...asked(result)]).toEqual([0, "uri", "domstate"]);
  });

  it("fails when the daemon does not answer, or keeps the domain", () => {
    const result = runIt("xen:///system", ["uri"]);
    expect([result.status, ...asked(result)]).toEqual([1, "uri"]);
    expect(runIt("xen:///system", ["undefine"]).status).toBe(1);
  });
});

describeWithTerraform("the plan of a Xen guest", () => {
  const folder = temporaryFolder();

  const written = (language: "json" | "hcl"): string => {
    const stack = new TerraformStack(new App({ outdir: folder() }), "xen");
    build(stack);
    const host = stack.node.findChild("xen1") as XenHost;
    new XenHvmGuest(stack, "hvm", { host, ...common, disks: [Disk.file("/b.img")] });
    const text = silently(() => (language === "hcl" ? Testing.synthHcl(stack) : Testing.synth(stack)));
    const into = folder();
    writeFileSync(join(into, language === "hcl" ? "cdk.tf" : "cdk.tf.json"), text);
    return into;
  };

  it.each(["json", "hcl"] as const)("is valid as %s", (language) => {
    expect(initAndValidate(written(language))).toMatchObject({ valid: true });
  });

  it("destroys what removes the domain before the domain, to which it refers", () => {
    const { configuration } = (plan(written("json")) as { plan: Attributes }).plan;
    const { expressions } = configuration.root_module.resources.find(({ address }: Attributes) =>
      address.startsWith("terraform_data.pv_Teardown"),
    );
    expect(expressions.input.references).toEqual(
      expect.arrayContaining([expect.stringMatching(/^libvirt_domain\.pv_/)]),
    );
    expect(expressions.triggers_replace.references).toEqual(
      expect.arrayContaining([expect.stringMatching(/^terraform_data\.pv_Revision/)]),
    );
  });
});
