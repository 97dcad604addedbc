import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readXmlFolder, readXmlPlan, writeXml, XML_KINDS } from "../../lib/domain-xml";
import { HostFacts } from "../../lib/host-facts";
import { buildPlan } from "../../lib/plan/build";
import { PlanExample } from "../../lib/plan/example";
import { containsLate } from "../../lib/plan/late";
import { rules } from "../../lib/rules/registry.generated";
import { validate } from "../../lib/validation/validate";

const data = join(__dirname, "../data/host-facts");
const DOMAIN =
  "<domain type='kvm'><name>web</name><memory unit='MiB'>64</memory><os><type arch='x86_64' machine='q35'>hvm</type></os></domain>";

describe("a plan from XML", () => {
  it("is one host with its resources, placed in their files", () => {
    const { raw, skipped, lost } = readXmlPlan(
      [
        { file: "/x/web.xml", text: DOMAIN },
        { file: "/x/lan.xml", text: "<network><name>lan 1</name><uuid>u</uuid></network>" },
        { file: "/x/caps.xml", text: "<capabilities/>" },
      ],
      { name: "kvm1", uri: "qemu+ssh://kvm1/system" },
    );
    const plan = buildPlan(raw);
    expect(plan.hosts.map(({ uri, hypervisor }) => [uri, hypervisor])).toEqual([
      ["qemu+ssh://kvm1/system", "kvm"],
    ]);
    expect(plan.guests.map(({ label, address, source, unit }) => ({ label, address, source, unit }))).toEqual(
      [
        {
          label: "web",
          address: "libvirt_domain.web",
          source: { file: "/x/web.xml", line: 1 },
          unit: "kvm1",
        },
      ],
    );
    expect(plan.networks[0]!.address).toBe("libvirt_network.lan_1");
    expect(plan.resources.flatMap(({ attributeIssues }) => attributeIssues)).toEqual([]);
    expect(skipped.map(({ file }) => file)).toEqual(["/x/caps.xml"]);
    expect(lost).toEqual([]);
  });

  it("is not asked what the provider would read back, and is asked what libvirt refuses", () => {
    const codes = (text: string) => {
      const { raw } = readXmlPlan([{ file: "/x/web.xml", text }], { name: "kvm1" });
      return validate(buildPlan(raw), rules).findings.map(({ code }) => code);
    };
    const given = DOMAIN.replace(
      "<os>",
      "<on_crash>CRASH</on_crash><cputune><vcpupin vcpu='0' cpuset='0,1'/></cputune><os>",
    );
    expect(codes(given.replace("CRASH", "restart"))).not.toContainEqual(expect.stringMatching("VIRT-PRV-"));
    expect(codes(given.replace("CRASH", "reboot"))).toContain("VIRT-PRV-040");
  });

  it("takes two documents of one UUID for one machine", () => {
    const text = DOMAIN.replace("<name>", "<uuid>u</uuid><name>");
    const { raw, skipped } = readXmlPlan(
      [
        { file: "a.xml", text },
        { file: "b.xml", text },
      ],
      { name: "h" },
    );
    expect(raw.resources).toHaveLength(1);
    expect(skipped).toEqual([{ file: "b.xml", reason: "it is of the same domain as a.xml" }]);
  });

  it("takes no text for an expression", () => {
    const text = DOMAIN.replace("</domain>", "<title>${x} %{y}</title></domain>");
    const [guest] = buildPlan(readXmlPlan([{ file: "a.xml", text }], { name: "h" }).raw).guests;
    expect(guest!.domain.title).toBe("$${x} %%{y}");
  });

  it("knows the pool of a volume by its folder", () => {
    const { raw } = readXmlPlan(
      [
        {
          file: "v",
          text: "<volume><name>v</name><capacity>1</capacity><target><path>/p/v</path></target></volume>",
        },
        { file: "p", text: "<pool type='dir'><name>images</name><target><path>/p</path></target></pool>" },
      ],
      { name: "h" },
    );
    expect(raw.resources[0]!.attributes.pool).toBe("images");
  });

  it("leaves out what libvirt adds while a domain runs", () => {
    const text = DOMAIN.replace("<domain type='kvm'>", "<domain type='kvm' id='3'>").replace(
      "</domain>",
      `<devices>
        <interface type='network'><source network='lan' portid='p' bridge='virbr0'/><target dev='vnet0'/><alias name='net0'/></interface>
        <graphics type='vnc' port='5900' autoport='yes'/>
        <console type='pty' tty='/dev/pts/1'><source path='/dev/pts/1'/><target type='serial' port='0'/></console>
        <channel type='unix'><source mode='bind' path='/var/lib/libvirt/qemu/x'/><target type='virtio' name='a' state='disconnected'/></channel>
      </devices><seclabel type='dynamic' model='dac' relabel='yes'><label>+0:+0</label></seclabel></domain>`,
    );
    const [resource] = readXmlPlan([{ file: "a", text }], { name: "h" }).raw.resources;
    expect(resource!.attributes.sec_label).toBeUndefined();
    expect(resource!.attributes.devices).toEqual({
      interfaces: [{ source: { network: { network: "lan" } }, target: {} }],
      graphics: [{ vnc: { auto_port: true } }],
      consoles: [{ target: { type: "serial", port: 0 } }],
      channels: [{ source: { unix: { mode: "bind" } }, target: { virt_io: { name: "a" } } }],
    });
  });

  it("says what a folder without documents should hold", () => {
    const folder = mkdtempSync(join(tmpdir(), "virt-constructs-"));
    try {
      writeFileSync(join(folder, "notes.txt"), "");
      expect(() => readXmlFolder(folder, { name: "h" })).toThrow("virsh dumpxml --inactive NAME > NAME.xml");
      expect(() => readXmlFolder(join(folder, "none"), { name: "h" })).toThrow(/cannot read .*none: ENOENT/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("the rules on XML", () => {
  const errors = (raw: Parameters<typeof buildPlan>[0]) =>
    validate(buildPlan(raw), rules)
      .findings.filter(({ severity }) => severity === "error")
      .map(({ code, message }) => `${code} ${message}`);

  it.each(["xen-hvm", "xen-pv-only"])("find no error in the guests that %s ran", (host) => {
    const folder = join(data, host, "guests");
    const live = readdirSync(folder).filter((file) => file.endsWith(".live.xml"));
    const found = live.flatMap((file) => {
      const { raw } = readXmlPlan([{ file, text: readFileSync(join(folder, file), "utf8") }], {
        name: host,
        facts: HostFacts.fromDirectory(join(data, host)),
      });
      return errors(raw).map((error) => `${file}: ${error}`);
    });
    expect(found).toEqual([]);
  });

  it("find in the XML of good examples what they find in the examples: no error", () => {
    const found = rules.flatMap((rule) => {
      const example = new PlanExample();
      rule.examples.good(example);
      const plan = example.build();
      return plan.hosts.flatMap((host) => {
        const sources = plan.resources
          // What is uploaded at apply is not in the XML.
          .filter(({ config }) => !("create" in (config as object)))
          .filter(
            (resource) => resource.host === host && !resource.repeated && !containsLate(resource.config),
          )
          .flatMap(({ type, config, name }) => {
            const kind = XML_KINDS.find((each) => type === `libvirt_${each}`);
            return kind === undefined ? [] : [{ file: name, text: writeXml(kind, config as object) }];
          });
        const { raw } = readXmlPlan(sources, { name: host.label, uri: host.uri, facts: host.facts });
        return errors(raw).map((error) => `${rule.slug}: ${error}`);
      });
    });
    expect(found).toEqual([]);
  });
});
