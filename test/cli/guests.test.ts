import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lineDiff } from "../../lib/cli/line-diff";
import { temporaryFolder } from "../support/temporary-folder";
import { shownPlan, virtConstructs } from "./command-line";

const newFolder = temporaryFolder();

function stack(domain: object = {}, more: object = {}): string {
  const path = join(newFolder(), "cdk.tf.json");
  const web = {
    ...{
      name: "web",
      type: "kvm",
      memory: 1,
      memory_unit: "GiB",
      vcpu: 2,
      os: { type: "hvm" },
      provider: "libvirt.kvm1",
    },
    devices: {
      consoles: [{ target: { type: "serial" } }],
      graphics: [{ vnc: { auto_port: true } }],
      interfaces: [{ mac: { address: "52:54:00:AA:00:01" }, source: { network: { network: "lab" } } }],
    },
  };
  const lab = {
    provider: "libvirt.kvm1",
    name: "lab",
    ips: [{ dhcp: { hosts: [{ mac: "52:54:00:aa:00:01", ip: "10.0.0.7" }] } }],
  };
  const content = {
    "//": { metadata: { stackName: "rack" } },
    provider: { libvirt: [{ alias: "kvm1", uri: "qemu+sshcmd://me@kvm1:2222/system" }] },
    resource: { libvirt_domain: { web: { ...web, ...domain }, ...more }, libvirt_network: { lab } },
  };
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const MANY = {
  many: { name: "n-${count.index}", count: 2, type: "kvm", provider: "libvirt.kvm1" },
  late: { name: "${var.x}", type: "kvm", provider: "libvirt.kvm1" },
};

describe("console", () => {
  test.each(["web", "libvirt_domain.web", "rack/libvirt_domain.web"])("of %s", async (name) => {
    const { code, stdout } = await virtConstructs(["console", name, stack()]);
    expect(code).toBe(0);
    expect(stdout).toBe(`virsh -c qemu+ssh://me@kvm1:2222/system console web
virt-viewer -c qemu+ssh://me@kvm1:2222/system web
ssh -J me@kvm1:2222 10.0.0.7
`);
  });

  test("quotes for the shell, and leaves out what the guest has not", async () => {
    const { stdout } = await virtConstructs(["console", "it's", stack({ name: "it's", devices: {} })]);
    expect(stdout).toBe("virsh -c qemu+ssh://me@kvm1:2222/system domifaddr 'it'\\''s'\n");
  });

  test("of an instance; of a name that only apply knows", async () => {
    expect((await virtConstructs(["console", "n-1", stack({}, MANY)])).stdout).toContain("domifaddr n-1");
    const late = await virtConstructs(["console", "libvirt_domain.late", stack({}, MANY)]);
    expect(late).toMatchObject({ code: 2, stderr: expect.stringContaining("known only at apply") });
  });

  test("of a guest that there is not", async () => {
    const { code, stderr } = await virtConstructs(["console", "wev", stack()]);
    expect([code, stderr]).toEqual([2, 'virt-constructs: there is no guest "wev": did you mean "web"?\n']);
  });
});

describe("inventory", () => {
  const inventory = async (format: string) =>
    (await virtConstructs(["inventory", stack({}, MANY), "--format", format])).stdout;

  test("as CSV has every guest whose name is known", async () => {
    const { stdout, stderr } = await virtConstructs(["inventory", stack({}, MANY)]);
    expect(stdout.split("\r\n").map((line) => line.split(",").slice(0, 8).join(","))).toEqual([
      "name,host,uri,mode,address,mac,vcpus,memory_mib",
      "web,kvm1,qemu+sshcmd://me@kvm1:2222/system,kvm,10.0.0.7,52:54:00:aa:00:01,2,1024",
      "n-0,kvm1,qemu+sshcmd://me@kvm1:2222/system,kvm,,,1,",
      "n-1,kvm1,qemu+sshcmd://me@kvm1:2222/system,kvm,,,1,",
      "",
    ]);
    expect(stderr).toBe("left out: 1 guest whose name is known only at apply\n");
  });

  test("as CSV writes no formula", async () => {
    expect((await virtConstructs(["inventory", stack({ name: '=1+"x' })])).stdout).toContain(`"'=1+""x"`);
  });

  test("as SSH configuration, hosts file and Ansible inventory", async () => {
    expect(await inventory("ssh")).toBe("Host web\n  HostName 10.0.0.7\n  ProxyJump me@kvm1:2222\n");
    expect(await inventory("hosts")).toBe("10.0.0.7\tweb\n");
    const { parse } = require("yaml") as typeof import("yaml");
    expect(parse(await inventory("ansible"))).toEqual({
      all: {
        children: {
          kvm1: {
            hosts: {
              web: { ansible_host: "10.0.0.7", ansible_ssh_common_args: "-o ProxyJump=me@kvm1:2222" },
              "n-0": {},
              "n-1": {},
            },
          },
        },
      },
    });
  });
});

describe("xml and diff", () => {
  test("the XML of one guest is a document", async () => {
    const { stdout } = await virtConstructs(["xml", stack({}, MANY), "--guest", "web"]);
    expect(stdout).toMatch(/^<domain type="kvm">/);
  });

  test("that of each instance has its own name", async () => {
    const { stdout } = await virtConstructs(["xml", stack({}, MANY)]);
    expect([...stdout.matchAll(/<name>(.*)<\/name>/g)].map(([, name]) => name)).toEqual([
      "web",
      "n-0",
      "n-1",
      "${var.x}",
    ]);
  });

  test("a folder gets a file for each guest", async () => {
    const out = join(newFolder(), "xml");
    await virtConstructs(["xml", stack({}, MANY), "--out", out]);
    expect(readdirSync(out)).toHaveLength(4);
    expect(readFileSync(join(out, "libvirt_domain.web.xml"), "utf8")).toContain("<name>web</name>");
  });

  test("a guest that there is not", async () => {
    expect((await virtConstructs(["xml", stack(), "--guest", "x"])).code).toBe(2);
  });

  test("diff shows the lines that change, guests that come and guests that go", async () => {
    const [before, after] = [
      stack(),
      stack({ vcpu: 4 }, { db: { name: "db", type: "kvm", provider: "libvirt.kvm1" } }),
    ];
    const { code, stdout, stderr } = await virtConstructs(["diff", before, after]);
    expect(code).toBe(0);
    expect(stdout).toContain("-  <vcpu>2</vcpu>\n+  <vcpu>4</vcpu>\n");
    expect(stdout).toContain("--- /dev/null\n+++ libvirt_domain.db\n");
    expect(stderr).toBe("2 guests of 2 differ\n");
    expect((await virtConstructs(["diff", before, after, "--exit-code"])).code).toBe(1);
    expect(await virtConstructs(["diff", before, before, "--exit-code"])).toMatchObject({
      code: 0,
      stdout: "",
    });
  });

  test("lines around a change are shown, others are not", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `${index}`);
    const changed = lines.map((line) => (line === "10" ? "ten" : line));
    expect(lineDiff(lines.join("\n"), changed.join("\n"))).toEqual([
      ...["@@ -8 +8 @@", " 7", " 8", " 9", "-10", "+ten", " 11", " 12", " 13"],
    ]);
  });
});

test.each(["bash", "zsh", "fish"])("completion for %s knows every command", async (shell) => {
  const { code, stdout } = await virtConstructs(["completion", shell]);
  expect(code).toBe(0);
  for (const word of ["check", "capture", "inventory", "fail-on"]) expect(stdout).toContain(word);
  expect((await virtConstructs(["completion", "tcsh"])).code).toBe(2);
});

test("a plan without providers is read as well", async () => {
  const path = join(newFolder(), "plan.json");
  writeFileSync(
    path,
    JSON.stringify({
      ...shownPlan({
        address: "libvirt_domain.a",
        mode: "managed",
        type: "libvirt_domain",
        name: "a",
        values: { name: "a" },
      }),
      configuration: {},
    }),
  );
  expect((await virtConstructs(["inventory", path])).stdout).toContain("a,the default provider,");
});
