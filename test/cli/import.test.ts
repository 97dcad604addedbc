import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { captureMachines } from "../../lib/cli/capture/machines";
import type { Run } from "../../lib/cli/capture/shell";
import { targetOf } from "../../lib/cli/capture/target";
import { temporaryFolder } from "../support/temporary-folder";
import { virtConstructs } from "./command-line";

const newFolder = temporaryFolder();

function folder(files: Readonly<Record<string, string>>): string {
  const root = join(newFolder(), "rack");
  mkdirSync(root);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return root;
}

const DOMAIN = `<domain type="kvm"><name>web</name><uuid>0f3e</uuid><memory unit="MiB">512</memory><vcpu>1</vcpu><os><type arch="x86_64" machine="q35">hvm</type></os></domain>`;
const NETWORK = "<network><name>lan</name><uuid>1a2b</uuid><ip address='10.0.0.1' prefix='24'/></network>";
const FILES = ["IMPORT.md", "adopt.ts", "cdktf.json", "main.ts", "package.json", "tsconfig.json"];

describe("import of a folder", () => {
  it("writes a program, and says what became of what", async () => {
    const from = folder({ "web.xml": DOMAIN, "lan.xml": NETWORK, "caps.xml": "<capabilities/>" });
    const out = join(newFolder(), "new", "kvm1");
    const { code, stdout, stderr } = await virtConstructs(["import", from, "--out", out]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain("left out: ");
    expect(stderr).toContain(`1 guest, 1 network in ${out}: read ${join(out, "IMPORT.md")} first`);
    expect(readdirSync(out).sort()).toEqual(FILES);
    const main = readFileSync(join(out, "main.ts"), "utf8");
    expect(main).toContain("adopt(web");
    expect(main).toContain('new TerraformStack(app, "rack")');
  });

  it("writes machines that Terraform makes", async () => {
    const out = newFolder();
    const uri = "qemu+ssh://kvm2/system";
    const args = [
      "import",
      folder({ "web.xml": DOMAIN }),
      "--out",
      out,
      "--as-new",
      "--uri",
      uri,
      "--name",
      "kvm2",
    ];
    expect((await virtConstructs(args)).code).toBe(0);
    expect(readdirSync(out).sort()).toEqual(FILES.filter((file) => file !== "adopt.ts"));
    const main = readFileSync(join(out, "main.ts"), "utf8");
    expect(main).toContain('connection: Connection.ssh("kvm2")');
    expect(main).not.toContain("0f3e");
  });

  it("overwrites nothing unless it is told to", async () => {
    const out = newFolder();
    writeFileSync(join(out, "main.ts"), "mine");
    const from = folder({ "web.xml": DOMAIN });
    const refused = await virtConstructs(["import", from, "--out", out]);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("has main.ts already");
    expect(readdirSync(out)).toEqual(["main.ts"]);
    expect((await virtConstructs(["import", from, "--out", out, "--force"])).code).toBe(0);
    expect(readFileSync(join(out, "main.ts"), "utf8")).not.toBe("mine");
  });

  it("writes through no link that leads nowhere yet", async () => {
    const out = newFolder();
    const elsewhere = join(newFolder(), "elsewhere");
    symlinkSync(elsewhere, join(out, "main.ts"));
    const { code } = await virtConstructs(["import", folder({ "web.xml": DOMAIN }), "--out", out]);
    expect(code).toBe(2);
    expect(() => readFileSync(elsewhere)).toThrow("ENOENT");
  });

  it.each([
    ["no XML", { "a.txt": "" }, "holds no *.xml"],
    ["nothing of libvirt", { "caps.xml": "<capabilities/>" }, "holds <capabilities>"],
    ["a truncated document", { "web.xml": DOMAIN, "x.xml": "<domain>" }, "x.xml: the XML document"],
  ])("refuses a folder with %s", async (_, files, message) => {
    const out = join(newFolder(), "out");
    const { code, stderr } = await virtConstructs(["import", folder(files), "--out", out]);
    expect([code, stderr.trimEnd().split("\n")]).toEqual([2, [expect.stringContaining(message)]]);
    expect(() => readdirSync(out)).toThrow("ENOENT");
  });

  it("writes no password", async () => {
    const shown = `<devices><graphics type="vnc" passwd="s3cr3t" port="-1" autoport="yes"/></devices></domain>`;
    const out = newFolder();
    const from = folder({ "web.xml": DOMAIN.replace("</domain>", shown) });
    const uri = "qemu+ssh://root:s3cr3t@kvm1/system";
    const { stderr } = await virtConstructs(["import", from, "--out", out, "--uri", uri]);
    expect(stderr).toContain("/domain/devices/graphics[1]/@passwd");
    const all = readdirSync(out).map((file) => readFileSync(join(out, file), "utf8"));
    expect([...all, stderr].join("\n")).not.toContain("s3cr3t");
  });
});

describe("import of a host", () => {
  const disk =
    "<devices><disk type='volume'><source pool='images' volume='web.qcow2'/></disk></devices></domain>";
  const answers: Readonly<Record<string, string>> = {
    uri: "qemu:///system",
    "pool-list --all --uuid": "3c4d\n",
    "net-list --all --uuid": "\n",
    "list --all --uuid": "0f3e\n9999\n",
    "list --uuid": "0f3e\n",
    "list --all --autostart --uuid": "",
    "pool-dumpxml":
      "<pool type='dir'><name>images</name><uuid>3c4d</uuid><target><path>/p</path></target></pool>",
    "vol-dumpxml": "<volume><name>web.qcow2</name><target><path>/p/web.qcow2</path></target></volume>",
    " dumpxml ": `${DOMAIN.replace("</domain>", disk)}\n==== virt-constructs ====\n\n==== virt-constructs ====`,
  };

  it("reads domains as they are defined, and the volumes of their disks", async () => {
    const asked: string[] = [];
    const run: Run = async (program, args) => {
      const command = args.slice(3).join(" ");
      asked.push(`${program} ${args.slice(0, 3).join(" ")} ${command}`);
      const found = Object.entries(answers).find(
        ([part]) => command === part || (/dumpxml/.test(part) && command.includes(part)),
      );
      return { stdout: found?.[1] ?? "" };
    };
    const { resources, unread } = await captureMachines(targetOf("qemu:///system"), run, () => {});
    expect(
      resources.map(({ kind, importId, running, autostart, path }) => ({
        kind,
        importId,
        running,
        autostart,
        path,
      })),
    ).toEqual([
      { kind: "pool", importId: "3c4d" },
      { kind: "volume", path: "/p/web.qcow2" },
      { kind: "domain", importId: "0f3e", running: true, autostart: false },
    ]);
    expect(unread).toEqual(["domain 9999: it could not be dumped"]);
    expect(asked.every((command) => command.startsWith("virsh -r -c qemu:///system "))).toBe(true);
    expect(asked.join("\n")).not.toContain("security-info");
  });

  it("says that libvirt there does not answer, without passwords", async () => {
    const run: Run = async () => ({ failed: "Connection refused" });
    const reading = captureMachines(targetOf("qemu+tcp://u:s3cr3t@kvm1/system"), run, () => {});
    await expect(reading).rejects.toThrow("qemu+tcp://u:***@kvm1/system does not answer: Connection refused");
  });
});

test("the help teaches by examples", async () => {
  const { stdout } = await virtConstructs(["import", "--help"]);
  expect(stdout).toContain("$ virt-constructs import qemu+ssh://");
});
