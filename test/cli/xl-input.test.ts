import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";
import { virtConstructs } from "./command-line";

const newFolder = temporaryFolder();

function folder(files: Readonly<Record<string, string>>): string {
  const root = newFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return root;
}
const given = (name: string, text: string) => join(folder({ [name]: text }), name);

const GUEST = `# A guest
name = "web"
type = "pv"
memory = 1024
bootloader = "pygrub"
disk = [ "/dev/vg/web,raw,xvda,rw" ]
vif = [ "mac=00:16:3e:12:34:56,bridge=xenbr0" ]
`;

test("an xl configuration is checked like any plan", async () => {
  const { code, stdout, stderr } = await virtConstructs(["check", given("web.cfg", GUEST)]);
  expect([code, stdout]).toEqual([0, expect.not.stringContaining("error")]);
  expect(stderr).toMatch(/1 guest on 1 host/);
});

test("its mistakes are found", async () => {
  const text = `${GUEST}vcpus = 4\ndisk += [ "/srv/b.img,raw,xvda,rw" ]\n`;
  const { code, stdout } = await virtConstructs(["check", given("web.cfg", text)]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/web\.cfg:1\n/);
  expect(stdout).toContain("2 disks with target xvda");
});

test("what libvirt has no place for is said, without the UUID that every domain gets anew", async () => {
  const text = `${GUEST}uuid = "4dea22b3-1d52-d8f3-2516-782e98ab3fa0"\ncap = 50\n`;
  const { code, stderr } = await virtConstructs(["check", given("web.cfg", text)]);
  expect(code).toBe(0);
  expect(stderr).toMatch(/web\.cfg: what .* no place for: cap \(line 9\)\n/);
  expect(stderr).not.toContain("uuid");
});

test("the files of a folder are of one host, beside XML, and a .cfg of something else is none", async () => {
  const xml = `<domain type="xen"><name>web</name><memory>1048576</memory><os><type machine="xenpv">linux</type></os></domain>`;
  const path = folder({ "a.cfg": GUEST, "b.xml": xml, "setup.cfg": "[metadata]\nname = web\n" });
  const { code, stdout, stderr } = await virtConstructs(["check", path]);
  expect(code).toBe(1);
  expect(stdout).toContain("VIRT-UNQ-001");
  expect(stderr).toMatch(/left out: .*setup\.cfg: it is no xl configuration/);
});

test("xml shows the domain that libvirt would be given", async () => {
  const { code, stdout } = await virtConstructs(["xml", given("web.cfg", GUEST)]);
  expect(code).toBe(0);
  expect(stdout).toContain('<domain type="xen">');
  expect(stdout).toContain('<source dev="/dev/vg/web"/>');
});

test.each([
  ["web", GUEST],
  ["web.hvm", `name = 'w'\nbuilder = 'hvm'\nmemory = 512\n`],
  ["comments.cfg", `${"# A long comment of the example files\n".repeat(200)}${GUEST}`],
  ["minimal.cfg", `name = "unikernel"\nkernel = "/srv/k"\nmemory = 32\n`],
])("%s is known by what it assigns", async (name, text) => {
  expect((await virtConstructs(["xml", given(name, text)])).stdout).toContain("<domain");
});

test("standard input may be one", async () => {
  expect((await virtConstructs(["xml", "-"], { stdin: GUEST })).stdout).toContain("<name>web</name>");
});

test.each([
  [
    "terraform.tfvars",
    `name = "web"\nmemory = 1024\ndisk = [ "a" ]\n`,
    /neither JSON nor XML nor an xl configuration/,
  ],
  ["setup.cfg", "[metadata]\nname = web\n", /neither JSON nor XML nor an xl configuration/],
  ["haproxy.cfg", "global\n  maxconn 10\ndefaults\n  mode http\n", /nor an xl configuration/],
  ["main.tf", `resource "libvirt_domain" "a" {\n  name = "a"\n  vcpus = 2\n  type = "hvm"\n}\n`, /is HCL/],
  ["notes.txt", `name = "web"\nmemory = 1\n`, /nor an xl configuration/],
  ["empty.cfg", "", /is empty/],
])("%s is none", async (name, text, message) => {
  const { code, stdout, stderr } = await virtConstructs(["check", given(name, text)]);
  expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
  expect(stderr).toMatch(message);
});

test.each([
  [
    "name = web\ndisk = [ '/dev/a,raw,xvda,w' ]\n",
    /web\.cfg, line 1, column 8: name has the value "web" without quotes/,
  ],
  ["import os\nname = 'web'\nvif = [ '' ]\n", /web\.cfg, line 1, column 1: this is a Python expression/],
  ["name = 'web'\ndisk = [ '/dev/a,raw,xvda,w'\n", /web\.cfg, line 2, column 8: the list disk is not closed/],
  ["name = 'web'\ntype = 'hvm'\nmemory = 'much'\n", /web\.cfg, line 3, column 1: memory is "much"/],
])("%j is refused in one line that says where", async (text, message) => {
  const { code, stdout, stderr } = await virtConstructs(["check", given("web.cfg", text)]);
  expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
  expect(stderr).toMatch(message);
});

describe("import", () => {
  it("writes a program for the guests of xl configurations, and what was lost of them", async () => {
    const more = `uuid = "4dea22b3-1d52-d8f3-2516-782e98ab3fa0"\ncap = 50\n`;
    const from = folder({
      "web.cfg": GUEST + more,
      "db.cfg": GUEST.replaceAll("web", "db").replace("34:56", "34:57"),
    });
    const out = newFolder();
    const { code, stderr } = await virtConstructs(["import", from, "--out", out, "--name", "xen1"]);
    expect([code, stderr]).toEqual([0, expect.stringContaining("2 guests")]);
    const main = readFileSync(join(out, "main.ts"), "utf8");
    expect(main).toContain("new XenHost(");
    expect(main).toContain('"/dev/vg/db"');
    expect(main).not.toContain("adopt(");
    const report = readFileSync(join(out, "IMPORT.md"), "utf8");
    expect(report).toMatch(/`cap` \(line 9\): 50: libvirt's Xen driver/);
    expect(report).toMatch(/`uuid` \(line 8\)/);
  });
});

describe("xl", () => {
  it("prints what a guest of Xen amounts to, which reads back as the same", async () => {
    const { code, stdout } = await virtConstructs(["xl", given("web.cfg", GUEST)]);
    expect(code).toBe(0);
    expect(stdout).toContain('bootloader = "pygrub"\n');
    const again = await virtConstructs(["xl", "-"], { stdin: stdout });
    expect(again.stdout).toBe(stdout);
  });

  it("leaves out guests of KVM", async () => {
    const kvm = `<domain type="kvm"><name>k</name><memory>1</memory><os><type>hvm</type></os></domain>`;
    const path = folder({ "a.cfg": GUEST, "k.xml": kvm });
    expect((await virtConstructs(["xl", path])).stdout).not.toContain("#");
    expect(await virtConstructs(["xl", given("k.xml", kvm)])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no guest of Xen"),
    });
  });

  it("writes a file for each guest", async () => {
    const out = newFolder();
    const path = folder({ "a.cfg": GUEST, "b.cfg": GUEST.replaceAll("web", "db") });
    expect((await virtConstructs(["xl", path, "--out", out])).stderr).toContain("2 files in");
    const read = (name: string) => readFileSync(join(out, name), "utf8");
    expect(read("libvirt_domain.db.cfg")).toContain('name = "db"');
  });
});
