import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HostFacts, HostFactsError } from "../../lib/host-facts";
import { factsOf, folderOf, refusalOf } from "./folder";

const billionLaughs = `<?xml version="1.0"?><!DOCTYPE capabilities [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<capabilities>&b;</capabilities>`;
const external = `<!DOCTYPE capabilities SYSTEM "file:///etc/passwd"><capabilities/>`;
const inside = (body: string) => `<capabilities><host/>${body}</capabilities>`;
const manyAttributes = Array.from({ length: 200_000 }, (_, index) => `a${index}='1'`).join(" ");

describe("a capture that cannot be used is refused in bounded time, by file and reason", () => {
  test.each<[string, string, string | Buffer, RegExp]>([
    ["empty", "capabilities.xml", "", /is empty/],
    ["blank", "capabilities.xml", " \n\n", /is empty/],
    ["truncated", "capabilities.xml", "<capabilities><host>", /truncated/],
    ["truncated in a tag", "capabilities.xml", "<capabilities><host><cp", /truncated/],
    [
      "truncated in an attribute",
      "capabilities.xml",
      "<capabilities><cell id='0></capabilities>",
      /truncated/,
    ],
    ["elements that cross", "capabilities.xml", inside("<a><b></a></b>"), /well-formed.*line 1/],
    ["two roots", "capabilities.xml", "<capabilities/><capabilities/>", /more than one root/],
    ["another document", "capabilities.xml", "<html></html>", /holds <html>, not <capabilities>/],
    ["capabilities of something else", "capabilities.xml", "<capabilities/>", /has no <host>/],
    ["domain capabilities of nothing", "domcaps-x.xml", "<domainCapabilities/>", /no <domain> or no <arch>/],
    ["no XML", "capabilities.xml", "hello\n", /begins with "hello"/],
    [
      "an error message",
      "capabilities.xml",
      "error: failed to connect to the hypervisor\n",
      /holds an error message/,
    ],
    ["a missing command", "xl-info.txt", "sh: 1: xl: command not found\n", /holds an error message/],
    ["entities that grow", "capabilities.xml", billionLaughs, /document type/],
    ["an external document type", "capabilities.xml", external, /document type/],
    ["an undefined entity", "capabilities.xml", inside("&nbsp;"), /entity &nbsp;/],
    [
      "a bare ampersand",
      "domcaps-x.xml",
      "<domainCapabilities><arch>a & b</arch></domainCapabilities>",
      /'&'/,
    ],
    ["deep nesting", "capabilities.xml", inside("<a>".repeat(90_000) + "</a>".repeat(9)), /well-formed/],
    [
      "closed deep nesting",
      "capabilities.xml",
      inside("<a>".repeat(90) + "</a>".repeat(90)),
      /deeper than 64/,
    ],
    ["too many elements", "capabilities.xml", inside("<a/>".repeat(500_000)), /100000 elements/],
    ["too much text", "capabilities.xml", inside("x".repeat(5 * 2 ** 20)), /more than 4 MiB/],
    ["a name of megabytes", "capabilities.xml", `<${"a".repeat(2 ** 20)}/>`, /holds <aaa/],
    ["a hostile name", "capabilities.xml", inside("<__proto__/>"), /cannot be parsed/],
    ["attributes without end", "capabilities.xml", `<host ${manyAttributes}/>`, /holds <host>/],
    ["Latin-1", "capabilities.xml", Buffer.from(inside("<x>é</x>"), "latin1"), /not UTF-8/],
    [
      "a declared Latin-1",
      "capabilities.xml",
      `<?xml version="1.0" encoding="ISO-8859-1"?>${inside("")}`,
      /ISO-8859-1/,
    ],
    ["UTF-16", "capabilities.xml", Buffer.from(`\ufeff${inside("")}`, "utf16le"), /is UTF-16/],
    ["binary", "capabilities.xml", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), /binary/],
    [
      "a number that is none",
      "capabilities.xml",
      "<capabilities><host><cpu><pages size='many'/></cpu></host></capabilities>",
      /"many"/,
    ],
    [
      "a number too large",
      "capabilities.xml",
      "<capabilities><host><cpu><pages size='99999999999999999999'/></cpu></host></capabilities>",
      /whole number/,
    ],
    [
      "an unknown unit",
      "capabilities.xml",
      "<capabilities><host><cpu><pages unit='furlong' size='4'/></cpu></host></capabilities>",
      /furlong/,
    ],
    ["a cut number", "nodeinfo.txt", "CPU model:  x86_64\nCPU(s):  2\nMemory size:   99227", /line break/],
    ["a cut list of lines", "nodeinfo.txt", "CPU model:  x86_64\nCPU(s):  2\n", /Memory size/],
    [
      "another language",
      "nodeinfo.txt",
      "CPU-Modell:  x86_64\nCPU(s):  2\nSpeichergröße:  1 KiB\n",
      /language/,
    ],
    ["another language", "version.txt", "Laufender Hypervisor: QEMU 7.2.22\n", /language/],
    [
      "another language",
      "net-list.txt",
      " Name  Status  Autostart\n----\n default  aktiv  ja\n",
      /table of Name, State, Autostart/,
    ],
    [
      "another language",
      "pool-list.txt",
      " Name  State  Autostart\n----\n default  aktiv  ja\n",
      /"aktiv".*language/,
    ],
    ["a cut row", "net-list.txt", " Name  State  Autostart\n----\n default  act\n", /"act"/],
    ["no tree", "nodedev-tree.txt", "pci_0000_00_00_0\n", /computer/],
    ["a broken tree", "nodedev-tree.txt", "computer\n  +- a\nwhat is this\n", /what is this/],
    ["a cut xl info", "xl-info.txt", "host : dom0\nvirt_caps : pv hvm\n", /xen_caps/],
    ["a foreign xl list", "xl-list.txt", "hello\n", /header of xl list/],
    ["no dom0", "xl-list.txt", "Name ID Mem VCPUs State Time(s)\nweb 3 10 1 r 1.0\n", /Domain-0/],
    ["a foreign cpuinfo", "cpuinfo.txt", "hello: world\n", /proc\/cpuinfo/],
    ["a foreign validation", "virt-host-validate.txt", "hello\n", /virt-host-validate/],
    ["a foreign uname", "uname.txt", "Linux host 6.1\n", /kernel release/],
    ["cut JSON", "ip-addr.json", '[{"ifname": "lo"', /is not JSON/],
    ["JSON of another shape", "ip-addr.json", '{"ifname": "lo"}', /list of objects/],
    ["an address that is none", "ip-addr.json", '[{"ifname": "lo", "addr_info": [null]}]', /no address/],
    ["a route that is none", "ip-route.json", '[{"dst": "10.0.0.300/99"}]', /10\.0\.0\.300/],
    ["deep JSON", "ip-route.json", "[".repeat(1_000_000), /is not JSON/],
  ])("%s: %s", (_, name, content, reason) => {
    const folder = folderOf({ [name]: content });
    const error = refusalOf(() => HostFacts.fromDirectory(folder));
    expect(error.file).toBe(join(folder, name));
    expect(error.reason).toMatch(reason);
    expect(error.message).toContain(error.file);
    expect(error.message.split("\n")).toHaveLength(2);
    expect(error.message.length).toBeLessThan(1000);
    expect(error.fix).not.toBe("");
  });

  test("a file of 200 MB, by its size alone", () => {
    const folder = folderOf({});
    const file = openSync(join(folder, "capabilities.xml"), "w");
    ftruncateSync(file, 200e6);
    closeSync(file);
    expect(refusalOf(() => HostFacts.fromDirectory(folder)).reason).toMatch(/has 191 MiB/);
    expect(refusalOf(() => HostFacts.fromFile(join(folder, "capabilities.xml"))).reason).toMatch(
      /has 191 MiB/,
    );
  });

  test("more captures than a host has", () => {
    const folder = folderOf({});
    for (let index = 0; index <= 5000; index++) writeFileSync(join(folder, `nodedev-${index}.xml`), "");
    expect(refusalOf(() => HostFacts.fromDirectory(folder)).reason).toBe("holds 5001 captures");
  });

  test("captures of two hosts in one folder", () => {
    const folder = folderOf({ "version.txt": "Running hypervisor: QEMU 7.2.22\n" }, "xen-hvm");
    expect(refusalOf(() => HostFacts.fromDirectory(folder)).reason).toBe(
      "mixes captures: capabilities.xml is of xen, version.txt of qemu",
    );
  });

  test("terminal control sequences of a file do not reach the message", () => {
    const error = refusalOf(() => factsOf({ "capabilities.xml": "\u001b[2Jgone\u202e\n" }));
    expect(error.message).not.toContain("\u001b");
    expect(error.message).not.toContain("\u202e");
  });
});

describe("a path that cannot be read", () => {
  test("a folder that does not exist: the message says what the path means", () => {
    const error = refusalOf(() => HostFacts.fromDirectory("hosts/kvm1"));
    expect(error).toMatchObject({ file: "hosts/kvm1", reason: "does not exist" });
    expect(error.message).toContain(join(process.cwd(), "hosts/kvm1"));
  });

  test("an empty folder: the message says how to begin", () => {
    const error = refusalOf(() => HostFacts.fromDirectory(folderOf({})));
    expect(error.reason).toBe("holds no capture of a host");
    expect(error.fix).toContain("virsh capabilities > ");
  });

  test("a folder without captures", () => {
    expect(refusalOf(() => factsOf({ "readme.md": "x" })).reason).toBe("holds no capture of a host");
  });

  test("a file where a folder belongs, and the reverse", () => {
    const folder = folderOf({ "facts.json": "{}" });
    const asFolder = refusalOf(() => HostFacts.fromDirectory(join(folder, "facts.json")));
    expect(asFolder).toMatchObject({
      reason: "is a file, not a folder",
      fix: expect.stringContaining("fromFile"),
    });
    expect(refusalOf(() => HostFacts.fromFile(folder))).toMatchObject({
      reason: "is a folder, not a file",
      fix: expect.stringContaining("fromDirectory"),
    });
  });

  test("a folder named as a capture", () => {
    const folder = folderOf({});
    mkdirSync(join(folder, "capabilities.xml"));
    expect(refusalOf(() => HostFacts.fromDirectory(folder)).reason).toBe("is a folder, not a file");
  });

  test("a device or a link to itself", () => {
    const folder = folderOf({});
    symlinkSync("/dev/zero", join(folder, "capabilities.xml"));
    expect(refusalOf(() => HostFacts.fromDirectory(folder)).reason).toBe("is not a regular file");
    const loop = folderOf({});
    symlinkSync("capabilities.xml", join(loop, "capabilities.xml"));
    expect(refusalOf(() => HostFacts.fromDirectory(loop)).reason).toMatch(/symbolic link/);
  });

  test("a name that no system takes", () => {
    expect(refusalOf(() => HostFacts.fromDirectory("a\0b")).reason).toMatch(/cannot be read/);
  });

  test("a file that may not be read", () => {
    jest.isolateModules(() => {
      jest.doMock("node:fs", () => ({
        ...jest.requireActual("node:fs"),
        statSync: () => {
          throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
        },
      }));
      const isolated = require("../../lib/host-facts") as typeof import("../../lib/host-facts");
      const error = refusalOf(() => isolated.HostFacts.fromFile("facts.json"));
      expect(error.reason).toBe("may not be read (permission denied)");
      // The isolated module is another copy of the class: the brand tells, instanceof would not.
      expect(error).not.toBeInstanceOf(HostFactsError);
      expect(error.toJSON()).toMatchObject({ name: "HostFactsError", file: "facts.json" });
      jest.dontMock("node:fs");
    });
  });

  test.each([
    ["no JSON", "{", /is not JSON/],
    ["deep", "[".repeat(2_000_000), /is not JSON/],
    ["deep and closed", "[".repeat(1_000_000) + "]".repeat(1_000_000), /expected object, received array/],
    ["an XML capture", "<capabilities/>", /is not JSON/],
  ])("a file of facts that is %s", (_, content, reason) => {
    const file = join(folderOf({ "facts.json": content }), "facts.json");
    expect(refusalOf(() => HostFacts.fromFile(file))).toMatchObject({
      file,
      reason: expect.stringMatching(reason),
    });
  });
});
