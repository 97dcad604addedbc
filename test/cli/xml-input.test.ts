import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";
import { virtConstructs } from "./command-line";

const newFolder = temporaryFolder();
const XEN = join(__dirname, "../data/host-facts/xen-hvm");

function folder(files: Readonly<Record<string, string>>): string {
  const root = newFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return root;
}

const domain = (name: string, more = "") =>
  `<domain type="kvm"><name>${name}</name><memory unit="MiB">512</memory><vcpu>1</vcpu><os><type arch="x86_64" machine="q35">hvm</type></os>${more}</domain>`;
const DISK = `<devices><disk type="file" device="disk"><driver name="qemu" type="raw" cache="writeback" io="native"/><source file="/srv/a.img"/><target dev="vda" bus="virtio"/></disk></devices>`;

test("the XML of a guest is checked like any plan", async () => {
  const path = join(folder({ "web.txt": domain("web", DISK) }), "web.txt");
  const { code, stdout } = await virtConstructs(["check", path]);
  expect(code).toBe(1);
  expect(stdout).toContain("VIRT-DSK-012");
  expect(stdout).toContain("web.txt:1");
});

test("the XML files of a folder are of one host", async () => {
  const network = "<network><name>lan</name><ip address='10.0.0.1' prefix='24'/></network>";
  const path = folder({ "a.xml": domain("web"), "b.xml": domain("web"), "lan.xml": network });
  const { code, stdout } = await virtConstructs(["check", path]);
  expect(code).toBe(1);
  expect(stdout).toContain("VIRT-UNQ-001");
});

test("a volume is checked as far as rules go, and a second document of one UUID left out", async () => {
  const volume =
    "<volume><name>v</name><capacity unit='GiB'>1</capacity><target><path>/p/v</path></target></volume>";
  const pool = "<pool type='dir'><name>images</name><target><path>/p</path></target></pool>";
  const twice = domain("web").replace("<name>", "<uuid>u</uuid><name>");
  const path = folder({
    "v.xml": volume,
    "p.xml": pool,
    "a.xml": twice,
    "b.xml": twice,
    "c.xml": "<capabilities/>",
  });
  const { stdout, stderr } = await virtConstructs(["check", path]);
  expect(stdout).not.toContain("VIRT-UNQ-001");
  expect(stderr).toContain("b.xml: it is of the same domain as ");
  expect(stderr).toContain("c.xml: the XML document holds <capabilities>");
  expect(stderr).toContain("in 1 guest on 1 host");
});

const guests = readdirSync(join(XEN, "guests")).filter((name) => name.endsWith(".defined.xml"));
test.each(guests)("%s, which Xen 4.17 has started, has no error", async (name) => {
  const { code, stdout } = await virtConstructs([
    "check",
    join(XEN, "guests", name),
    "--facts",
    `libvirt=${XEN}`,
  ]);
  expect([code, stdout]).toEqual([0, expect.not.stringContaining("error")]);
});

test.each([
  ["<domain type='kvm'><name>web</name>", /web\.xml: the XML document/],
  ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><domain/>', /web\.xml/],
  ["<html/>", /holds <html>/],
])("%s is refused in one line", async (text, message) => {
  const { code, stdout, stderr } = await virtConstructs([
    "check",
    join(folder({ "web.xml": text }), "web.xml"),
  ]);
  expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
  expect(stderr).toMatch(message);
});
