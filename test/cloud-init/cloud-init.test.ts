import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { App, Lazy, TerraformStack, TerraformVariable } from "cdktf";
import fc from "fast-check";
import { CloudInit, type CloudInitProps, Connection, KvmGuest, KvmHost, Memory } from "../../lib";
import { only, propErrors, run, silently } from "../support/program";
import { temporaryFolder } from "../support/temporary-folder";
import { describeWithTerraform, plan } from "../terraform/terraform";

/** What cloud-init reads YAML with. */
const pyyaml = spawnSync("python3", ["-c", "import yaml"]).status === 0;

/** Reads documents as cloud-init does. */
function load(documents: readonly string[]): unknown[] {
  const program =
    "import json, sys, yaml; json.dump([yaml.safe_load(t) for t in json.load(sys.stdin)], sys.stdout)";
  const { stdout, stderr, status } = spawnSync("python3", ["-c", program], {
    input: JSON.stringify(documents),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const user = {
  name: "ada",
  sshKeys: ["ssh-ed25519 AAAA ada"],
  sudo: "ALL=(ALL) NOPASSWD:ALL",
  groups: ["wheel", "docker"],
  shell: "/bin/bash",
};

describe("the documents of a guest", () => {
  const render = (props: CloudInitProps = {}) => new CloudInit(props).render("web");

  it("begin as cloud-init wants it, and name the guest", () => {
    expect(render()).toEqual({
      userData: "#cloud-config\n{}\n",
      metaData: "instance-id: web\nlocal-hostname: web\n",
    });
    expect(render({ hostname: "www" }).metaData).toBe("instance-id: web\nlocal-hostname: www\n");
  });

  it("hold every prop, and what wins over them", () => {
    expect(
      render({
        sshKeys: ["ssh-ed25519 AAAA"],
        users: [user],
        packages: ["nginx"],
        runcmd: ["echo done", ["touch", "/a b"]],
        config: { timezone: "Europe/Berlin", packages: ["apache2"] },
      }).userData,
    ).toBe(`#cloud-config
ssh_authorized_keys:
  - ssh-ed25519 AAAA
users:
  - default
  - name: ada
    ssh_authorized_keys:
      - ssh-ed25519 AAAA ada
    sudo: ALL=(ALL) NOPASSWD:ALL
    groups:
      - wheel
      - docker
    shell: /bin/bash
packages:
  - apache2
runcmd:
  - echo done
  - - touch
    - /a b
timezone: Europe/Berlin
`);
  });

  it("leave out empty lists", () => {
    expect(render({ sshKeys: [], users: [], packages: [], runcmd: [] }).userData).toBe("#cloud-config\n{}\n");
  });

  it("repeat what is used twice, without anchors", () => {
    const sshKeys = ["ssh-ed25519 AAAA"];
    const { userData } = render({ sshKeys, users: [{ name: "ada", sshKeys }] });
    expect(userData.match(/ssh-ed25519/g)).toHaveLength(2);
    expect(userData).not.toMatch(/[&*]a1/);
  });

  it("configure the network in version 2", () => {
    const { networkConfig } = render({ networkConfig: { ethernets: { eth0: { dhcp4: true } } } });
    expect(networkConfig).toBe("version: 2\nethernets:\n  eth0:\n    dhcp4: true\n");
    expect(CloudInit.fromText("#!/bin/sh\n", { ethernets: {} }).render("web")).toMatchObject({
      userData: "#!/bin/sh\n",
      networkConfig: "version: 2\nethernets: {}\n",
    });
  });
});

(pyyaml ? describe : describe.skip)("what cloud-init reads", () => {
  // What YAML 1.1 takes for something other than text, unless it is quoted.
  const TRAPS =
    `yes No on OFF y ~ null true 22:22 1:30:00 010 0o17 0x1f 1_000 1e3 .5 -.inf .NaN 2024-01-01 %x @x
    {a [a &a *a !a | > ' " - ? :`.split(/\s+/);
  const text = fc
    .oneof(
      fc.string({ unit: "grapheme", maxLength: 20 }),
      fc.constantFrom(...TRAPS, "2024-01-01 10:00:00", "", " ", "- a", "a: b", "# no", "a\nb", "a\n", "\ta"),
    )
    // Expressions are another matter; rare line breaks and single signs are the reader's own peculiarities.
    .filter((value) => !/\$\{|%\{|[\u0085\u2028\u2029]|^=$|^<<$/.test(value));

  it("is what was given, of any text, number and nesting", () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(text, tie("value"), { maxKeys: 3 }),
      ),
    }));
    const configs = fc.sample(fc.dictionary(text, value, { maxKeys: 4 }), 400) as Record<string, unknown>[];
    const rendered = configs.map((config) => new CloudInit({ config }).render("web").userData);
    expect(load(rendered)).toEqual(JSON.parse(JSON.stringify(configs)));
  });
});

describe("late values", () => {
  const guest = (make: (late: TerraformVariable) => CloudInit) =>
    run((stack) => {
      const host = new KvmHost(stack, "h", { connection: Connection.ssh("h") });
      const cloudInit = make(new TerraformVariable(stack, "late", {}));
      new KvmGuest(stack, "web", { host, memory: Memory.gibibytes(1), nics: [], cloudInit });
    });
  const disk = (make: (late: TerraformVariable) => CloudInit) => only(guest(make), "libvirt_cloudinit_disk");

  it("are encoded at apply, and nothing else is", () => {
    const { user_data, meta_data } = disk(
      ({ stringValue }) =>
        new CloudInit({ hostname: stringValue, config: { motd: `hi "${stringValue}"\\n` } }),
    );
    expect(user_data).toBe('#cloud-config\n${yamlencode({"motd" = "hi \\"${var.late}\\"\\\\n"})}');
    expect(meta_data).toBe('${yamlencode({"instance-id" = "web", "local-hostname" = var.late})}');
  });

  it("that are known once everything is constructed are text", () => {
    const lazy = Lazy.stringValue({ produce: () => "yes" });
    expect(disk(() => new CloudInit({ config: { motd: lazy } })).user_data).toBe(
      '#cloud-config\nmotd: "yes"\n',
    );
  });

  it("can be whole lists", () => {
    const { user_data } = disk(({ listValue }) => new CloudInit({ sshKeys: listValue, packages: listValue }));
    expect(user_data).toBe(
      '#cloud-config\n${yamlencode({"ssh_authorized_keys" = var.late, "packages" = var.late})}',
    );
  });

  it("of users cannot be their number", () => {
    const found = propErrors(guest(({ listValue }) => new CloudInit({ users: listValue as never })));
    expect(found).toEqual([expect.stringMatching(/^cloudInit\.users\[0\] of "web": must be an object/)]);
  });
});

/** Terraform puts the value in; what cloud-init reads then must be what a literal would have given. */
(pyyaml ? describeWithTerraform : describe.skip)("a late value at apply", () => {
  const outdir = temporaryFolder();

  it.each(["plain", 'a: "b" # c', "two\nlines\n", "yes", "tab\there \\ and $${HOME}"])(
    "reads as it is: %j",
    (value) => {
      const configOf = (late: string) => ({
        motd: late,
        write_files: [{ path: "/a", content: `before ${late} after "quoted" \\ \n%%{ kept }` }],
        nested: { 'a "key"': [1, true, null, late] },
      });
      const app = new App({ outdir: outdir() });
      const stack = new TerraformStack(app, "stack");
      const late = new TerraformVariable(stack, "late", { type: "string" });
      const host = new KvmHost(stack, "h", { connection: Connection.ssh("h") });
      const cloudInit = new CloudInit({ config: configOf(late.stringValue) });
      new KvmGuest(stack, "web", { host, memory: Memory.gibibytes(1), nics: [], cloudInit });
      silently(() => app.synth());

      const outcome = plan(join(app.outdir, "stacks/stack"), { variables: { late: value } });
      expect(outcome.diagnostics).toEqual([]);
      const change = outcome.plan?.resource_changes?.find(({ type }) => type === "libvirt_cloudinit_disk");
      const userData = change?.change.after?.user_data as string;
      expect(userData.startsWith("#cloud-config\n")).toBe(true);
      // A literal's escapes are taken away by Terraform, those of a variable's value are none.
      const expected = JSON.parse(JSON.stringify(configOf(value)).replaceAll("%%{", "%{"));
      expect(load([userData])).toEqual([expected]);
    },
  );
});
