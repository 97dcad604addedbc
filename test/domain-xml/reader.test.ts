import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readXml, writeXml } from "../../lib/domain-xml";
import { canonical, configOf, kindOf, readVectors } from "./xml-helpers";

const data = join(__dirname, "../data/host-facts");

describe("reading XML", () => {
  it("gives what was written, for each attribute", () => {
    const written = [...readVectors("vectors.jsonl"), ...readVectors("siblings.jsonl")].filter(
      ({ siblings, needsSibling }) => siblings !== null && !needsSibling,
    );
    const differences = written.flatMap(({ resource, path, value, siblings }) => {
      const xml = writeXml(kindOf(resource), configOf(resource, { ...siblings, [path]: value }));
      const { config, readOnly, lost } = readXml(xml);
      const again = writeXml(kindOf(resource), { ...config, ...readOnly });
      const same = JSON.stringify(canonical(again)) === JSON.stringify(canonical(xml));
      return (same || "target" in readOnly) && lost.length === 0
        ? []
        : [`${path}: ${xml} became ${again}, lost ${JSON.stringify(lost)}`];
    });
    expect(differences).toEqual([]);
  });

  const guests = ["xen-hvm/guests", "xen-hvm/probes", "xen-pv-only/guests"].flatMap((folder) =>
    readdirSync(join(data, folder))
      .filter((file) => file.endsWith(".xml"))
      .map((file) => join(folder, file)),
  );

  it.each(guests)("loses nothing of %s", (file) => {
    const xml = readFileSync(join(data, file), "utf8");
    if (xml.trim() === "") return;
    const { kind, config, readOnly, lost } = readXml(xml);
    expect(lost).toEqual([]);
    expect(readXml(writeXml(kind, { ...config, ...readOnly }))).toEqual({ kind, config, readOnly, lost: [] });
  });

  it("keeps what only the provider sets beside the configuration", () => {
    const { config, readOnly } = readXml(
      "<pool type='dir'><name>p</name><uuid>u</uuid><capacity unit='bytes'>7</capacity><target><path>/p</path></target></pool>",
    );
    expect(readOnly).toEqual({ uuid: "u", capacity: 7, capacityUnit: "bytes" });
    expect(config).toEqual({ name: "p", type: "dir", target: { path: "/p" } });
  });

  it("says what it cannot express, with path, value and line", () => {
    const { config, lost } = readXml(
      "<domain type='kvm'>\n<name>a</name>\n<devices>\n<disk type='file'/>\n<disk type='file' device='cdrom' x='y'>\n<address type='drive' unit='0'/></disk><gadget/></devices></domain>",
    );
    expect(lost).toEqual([
      { path: "/domain/devices/disk[2]/@x", value: "y", line: 5 },
      { path: "/domain/devices/disk[2]/address", value: "<address type='drive' unit='0'/>", line: 6 },
      { path: "/domain/devices/gadget", value: "<gadget/>", line: 6 },
    ]);
    expect(config).toEqual({
      type: "kvm",
      name: "a",
      devices: { disks: [{ source: { file: {} } }, { device: "cdrom", source: { file: {} } }] },
    });
  });

  it("reads what libvirt takes for granted", () => {
    const { config, lost } = readXml(
      "<domain type='kvm'><name>a</name><devices><disk><source file='/d'/></disk><console type='pty'/><serial><target port='0'/></serial></devices></domain>",
    );
    expect(lost).toEqual([]);
    expect(config.devices).toEqual({
      disks: [{ source: { file: { file: "/d" } } }],
      consoles: [{}],
      serials: [{ target: { port: 0 } }],
    });
  });

  it("reads hypervisor namespaces by their names, not by their prefixes", () => {
    const { config, lost } = readXml(
      "<domain type='kvm' xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'><name>a</name><q:commandline><q:arg value='-s'/></q:commandline></domain>",
    );
    expect(lost).toEqual([]);
    expect(config).toMatchObject({ qemuCommandline: { args: [{ value: "-s" }] } });
  });

  it("keeps metadata as it stands", () => {
    const metadata = "<x:a xmlns:x='urn:x'>1 &lt; 2</x:a>";
    const { config } = readXml(
      `<domain type='kvm'><name>a</name><metadata>\n  ${metadata}\n</metadata></domain>`,
    );
    expect(config.metadata).toEqual({ xml: metadata });
  });

  it.each([
    ["", "is empty"],
    ["error: failed to get domain", "is not XML"],
    ["<domain", "is cut short"],
    ["<domain><name>a</name>", "is cut short: it ends inside <domain> of line 1"],
    ["<domain><name>a</domain>", "<name> of line 1 is closed by </domain>"],
    ["<!DOCTYPE a [<!ENTITY b 'b'>]><domain>&b;</domain>", "declares a document type"],
    ["<domain><name>&b;</name></domain>", "uses the entity &b;"],
    ["<?xml version='1.0' encoding='utf-16'?><domain/>", "declares the encoding utf-16"],
    ["\ufeff\0<\0d\0", "null bytes"],
    ["<domain/><domain/>", "more than one root"],
    ["<capabilities/>", "holds <capabilities>: expected <domain>"],
    [`<domain>${"<a>".repeat(10_000)}`, "nests elements deeper than 64"],
    [`<domain>${"<a/>".repeat(50_000)}</domain>`, "has more than 50000 elements"],
    [`<domain>${" ".repeat(2 ** 24)}</domain>`, "has more than 16 MiB"],
  ])("refuses what is not such a document: %.40s", (xml, reason) => {
    expect(() => readXml(xml)).toThrow(reason);
  });
});
