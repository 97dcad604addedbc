import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { readXmlDocuments, writeXml } from "../../lib/domain-xml";
import { type ImportedProgram, programOf, resourcesOfXml } from "../../lib/import";
import { differences, withoutDefaults } from "../../lib/import/defaults";
import { buildPlan } from "../../lib/plan/build";
import { readTerraformJson } from "../../lib/plan/terraform-json";
import { silently } from "../support/program";
import { synthesized, type Terraform, typeErrors, unguarded } from "./run-program";

const KVM = { name: "kvm1", hypervisor: "kvm", uri: "qemu+ssh://kvm1/system" } as const;
const DATA = join(__dirname, "data");

const read = (...files: string[]) =>
  resourcesOfXml(
    readXmlDocuments(files.map((file) => ({ file, text: readFileSync(join(DATA, file), "utf8") }))).documents,
  );
const made = (resources: ReturnType<typeof read>) =>
  resources.map(({ importId, exists, ...resource }) => resource);
const constructs = ({ resources }: ImportedProgram) =>
  Object.fromEntries(resources.map(({ name, construct }) => [name, construct]));

/** In what the XML of a program is another than that which it was made of, by the name of the resource. */
function changed({ resources }: ImportedProgram, terraform: Terraform): string[] {
  const plan = buildPlan(readTerraformJson([{ unit: "stack", documents: [terraform] }]));
  return resources
    .filter(({ construct }) => construct !== undefined)
    .flatMap(({ name, resource: { kind, config } }) => {
      const found = plan.resources.find(
        (each) => each.type === `libvirt_${kind}` && nameOf(each.config) === name,
      );
      if (found === undefined) return [`${kind} ${name} is missing`];
      const [one, other] = [config, found.config as object].map((each) => reread(kind, each));
      return differences(one, other).map((path) => `${kind} ${name}: ${path}`);
    });
}

const nameOf = (config: unknown) => unescaped(String((config as { name?: unknown }).name));
const unescaped = (text: string) => text.replace(/([$%])\1(?=\{)/g, "$1");

function reread(kind: "domain" | "network" | "pool" | "volume", config: object): object {
  const [document] = readXmlDocuments([{ file: "x", text: unescaped(writeXml(kind, config)) }]).documents;
  return withoutDefaults(kind, document!.config);
}

/** To be compiled at the end. */
const programs: ReadonlyMap<string, string>[] = [];

const PLAIN = [
  "web.xml",
  "windows.xml",
  "router.xml",
  "lan.xml",
  "routed.xml",
  "images.xml",
  "iscsi.xml",
  "web-root.xml",
];

describe("a program of a KVM host", () => {
  const program = programOf(read(...PLAIN), KVM);
  programs.push(program.files);
  const terraform = silently(() => synthesized(program.files));

  it("has constructs where they give the XML back", () => {
    expect(constructs(program)).toEqual({
      web: "KvmGuest",
      win: "KvmGuest",
      router: "Domain",
      default: "NatNetwork",
      routed: "RoutedNetwork",
      images: "StoragePool",
      san: "Pool",
      "web.qcow2": undefined,
    });
  });

  it("says why something is no construct", () => {
    const differs = Object.fromEntries(program.resources.map(({ name, differs }) => [name, differs]));
    expect(differs).toMatchObject({
      router: ["devices.interfaces[1] is of no kind that Nic has"],
      san: ["type is iscsi"],
    });
    expect(program.files.get("IMPORT.md")).toContain("devices.interfaces");
  });

  it("gives the same XML back", () => {
    expect(changed(program, terraform)).toEqual([]);
  });

  it("imports what exists, changes nothing of it, and makes nothing but the revisions", () => {
    expect(terraform.import?.map(({ id }) => id).sort()).toEqual(
      program.resources.flatMap(({ resource }) => resource.importId ?? []).sort(),
    );
    const { terraform_data: _, ...managed } = terraform.resource;
    const all = Object.values(managed).flatMap(Object.values);
    expect(all).toHaveLength(7);
    for (const { lifecycle } of all) expect(lifecycle.ignore_changes).toBe("all");
  });
});

it("makes machines like these, which refer to what they need", () => {
  const program = programOf(made(read(...PLAIN)), KVM);
  expect(program.files.has("adopt.ts")).toBe(false);
  const terraform = silently(() => synthesized(program.files));
  expect(terraform.import).toBeUndefined();
  expect(changed(program, terraform)).toEqual([]);
  const text = JSON.stringify(terraform.resource.libvirt_domain);
  expect(text).toMatch(/"pool":"\$\{libvirt_pool\.\w+\.name\}"/);
  expect(text).toMatch(/"network":"\$\{libvirt_network\.\w+\.name\}"/);
  programs.push(program.files);
});

it("writes the guests of a Xen host", () => {
  const program = programOf(read("xen-pv.xml", "xen-hvm.xml", "xen-pvh.xml"), {
    name: "xen1",
    hypervisor: "xen",
  });
  expect(constructs(program)).toEqual({ legacy: "XenPvGuest", erp: "XenHvmGuest", fast: "XenPvhGuest" });
  programs.push(program.files);
  expect(
    changed(
      program,
      silently(() => synthesized(program.files)),
    ),
  ).toEqual([]);
});

it("makes a file for each part of a large program", () => {
  const [web] = read("web.xml");
  const many = Array.from({ length: 40 }, (_, index) => ({
    ...web!,
    config: { ...web!.config, name: `web-${index}` },
    importId: `id-${index}`,
  }));
  const program = programOf([...read("lan.xml", "images.xml"), ...many], KVM);
  expect([...program.files.keys()].filter((file) => file.endsWith(".ts")).sort()).toEqual([
    "adopt.ts",
    "guests.ts",
    "host.ts",
    "main.ts",
    "networks.ts",
    "storage.ts",
  ]);
  programs.push(program.files);
  expect(
    changed(
      program,
      silently(() => synthesized(unguarded(program.files))),
    ),
  ).toEqual([]);
});

it("takes every text for a text", () => {
  const texts = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text)),
    fc.constantFrom(
      '");process.exit(1);//',
      "${var.x}",
      "%{if true}",
      "*/ evil /*",
      "__proto__",
      "constructor",
      "class",
      "`${1}`",
      "Default",
      "1",
      "\u202eweb",
    ),
  );
  const [web] = read("web.xml");
  fc.assert(
    fc.property(fc.uniqueArray(texts, { minLength: 1, maxLength: 4 }), texts, (names, text) => {
      const resources = names.map((name) => ({
        ...web!,
        config: { ...web!.config, name, description: text },
        importId: text,
      }));
      const program = programOf(made(resources), { name: text, hypervisor: "kvm" });
      expect(
        changed(
          program,
          silently(() => synthesized(unguarded(program.files))),
        ),
      ).toEqual([]);
    }),
    { numRuns: 8 },
  );
});

it("compiles", () => {
  expect(programs).toHaveLength(4);
  expect(typeErrors(programs)).toEqual([]);
});
