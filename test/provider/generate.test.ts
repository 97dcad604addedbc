import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { generateProvider } from "../../scripts/generate-provider";
import { configKey, TypeNames } from "../../scripts/provider/naming";
import { readProviderSchema } from "../../scripts/provider/schema";
import { checkVectors, parseVectors } from "../../scripts/provider/vectors";

const root = path.join(__dirname, "../..");
const recorded = path.join(root, "scripts/provider-data/0.9.7");
const recordedSchema = readFileSync(path.join(recorded, "schema.json"), "utf8");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "generate-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function schemaFile(text: string): string {
  const file = path.join(folder, "schema.json");
  writeFileSync(file, text);
  return file;
}

/** A schema with one resource. */
function schemaOf(attributes: object, block: object = {}): string {
  const provider = {
    provider: { block: {} },
    resource_schemas: { libvirt_thing: { block: { attributes, ...block } } },
  };
  return schemaFile(
    JSON.stringify({ provider_schemas: { "registry.opentofu.org/dmacvicar/libvirt": provider } }),
  );
}

function run(...args: string[]) {
  const command = ["--import", "tsx", path.join(root, "scripts/generate.ts"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the output", () => {
  test("is what the repository holds", () => {
    for (const [file, text] of generateProvider())
      expect([file, readFileSync(file, "utf8")]).toEqual([file, text]);
  });

  test("depends neither on the order of attributes nor on descriptions", () => {
    // The table of XML is told from recordings, which are of the recorded schema alone.
    const ofSchema = ([file]: [string, string]) => !file.includes(path.join("domain-xml", "table"));
    const expected = new Map([...generateProvider()].filter(ofSchema));
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const shuffled = JSON.parse(recordedSchema, (key, value) =>
          isRecord(value) ? withDescription(key, shuffle(value, numbers)) : value,
        );
        expect(generateProvider({ schema: schemaFile(JSON.stringify(shuffled)) })).toEqual(expected);
      }),
      { numRuns: 3 },
    );
  });

  test("follows another version of the provider", () => {
    const schema = schemaOf({
      name: { type: "string", required: true },
      drive_3d: { type: ["list", "number"], optional: true },
      state: { type: "bool", computed: true },
      peers: { nested_type: { nesting_mode: "list", attributes: {} }, optional: true },
    });
    const files = generateProvider({ schema, version: "1.2.3", out: folder });
    const text = files.get(path.join(folder, "thing.generated.ts"));
    expect(text).toContain(`export interface ThingConfig extends TerraformMetaArguments {
  readonly drive3D?: number[];
  readonly name: string;
  readonly peers?: ThingPeers[] | IResolvable;
}`);
    expect(text).toContain("readonly state: IResolvable;");
    expect(files.get(path.join(folder, "table.generated.ts"))).toContain(
      '"drive_3d>drive3D?[n name!s peers?*0 state=b"',
    );
  });
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function shuffle(record: Record<string, unknown>, numbers: fc.Stream<number>): Record<string, unknown> {
  const keyed = Object.entries(record).map((entry) => ({ entry, at: numbers.next().value }));
  return Object.fromEntries(keyed.sort((a, b) => a.at - b.at).map(({ entry }) => entry));
}

/** Adds a description wherever Terraform writes one: to attributes and blocks, which have a type or attributes. */
function withDescription(key: string, record: Record<string, unknown>): Record<string, unknown> {
  const isSchema = key === "block" || "computed" in record || "optional" in record || "required" in record;
  const isAttribute = Object.values(record).every((value) => !isRecord(value) || "nesting_mode" in value);
  return isSchema && isAttribute
    ? { ...record, description: `About ${key}`, description_kind: "markdown" }
    : record;
}

describe("the command", () => {
  test("--check is silent about fresh files and names stale ones", () => {
    expect(run("--check", "--out", path.join(root, "lib/provider"))).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    const { status, stderr } = run("--check", "--out", folder);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^stale generated files, run "npm run generate": .*table\.generated\.ts.*\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("--schema and --out", () => {
    const out = path.join(folder, "out");
    const schema = schemaOf({ name: { type: "string", required: true } });
    const { status, stderr } = run("--schema", schema, "--out", out);
    expect([status, stderr]).toEqual([0, expect.stringMatching(/does not say which provider version/)]);
    expect(readdirSync(out).sort()).toEqual([
      "index.ts",
      "provider",
      "provider.generated.ts",
      "table.generated.ts",
      "thing",
      "thing.generated.ts",
    ]);
  });

  test("--help, and a mistake", () => {
    expect(run("--help")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^usage: .*--schema FILE/s),
    });
    expect(run("--shcema", "x")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^Unknown option/),
    });
    expect(run("--schema", path.join(folder, "none.json"), "--provider-version", "1.0.0")).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^cannot read the schema: ENOENT.*none\.json'\n$/),
    });
  });
});

describe("a file that cannot be used is refused in plain words", () => {
  test.each([
    ["{", "is not JSON"],
    ["null", 'has no "provider_schemas"'],
    ['{"resources": []}', 'has no "provider_schemas"'],
    ['{"provider_schemas": {}}', "has no schema of dmacvicar/libvirt; it describes no provider"],
    [
      '{"provider_schemas": {"registry.terraform.io/hashicorp/aws": {}}}',
      "it describes registry.terraform.io/hashicorp/aws",
    ],
  ])("%s", (text, message) => {
    expect(() => generateProvider({ schema: schemaFile(text) })).toThrow(message);
  });

  test("what the bindings have no words for", () => {
    const generate = (attributes: object, block?: object) => () =>
      generateProvider({ schema: schemaOf(attributes, block) });
    expect(generate({ tags: { type: ["map", "string"], optional: true } })).toThrow(
      'libvirt_thing.tags has a type that the bindings do not know: ["map","string"]',
    );
    expect(generate({}, { block_types: { disk: {} } })).toThrow("libvirt_thing has nested blocks");
  });

  test("a version that is none", () => {
    expect(() => generateProvider({ version: "latest" })).toThrow('not "latest"');
  });
});

describe("the XML vectors", () => {
  const schema = readProviderSchema(path.join(recorded, "schema.json"));

  test("are all in the schema", () => {
    const vectors = parseVectors(readFileSync(path.join(recorded, "vectors.jsonl"), "utf8"));
    expect(vectors).toHaveLength(2738);
    expect(() => checkVectors(schema, vectors)).not.toThrow();
  });

  test.each([
    ["libvirt_domain", "naem"],
    ["libvirt_domain", "name.first"],
    ["libvirt_domain", "name[0]"],
    ["libvirt_domain", "devices.disks.device"],
    ["libvirt_guest", "name"],
  ])("a path that is not is refused: %s.%s", (resource, vectorPath) => {
    expect(() => checkVectors(schema, [{ resource, path: vectorPath }])).toThrow(`${resource}.${vectorPath}`);
  });
});

describe("names", () => {
  test.each([
    ["memory_unit", "memoryUnit"],
    ["accel3d", "accel3D"],
    ["vepa8021_qbg", "vepa8021Qbg"],
    ["io_thread_i_ds", "ioThreadIDs"],
    ["get_password", "fetchPassword"],
    ["node", "nodeAttribute"],
    ["equals", "equalTo"],
    ["constructor", "constructor"],
  ])("%s is %s", (name, key) => expect(configKey(name)).toBe(key));

  test("of types are unique", () => {
    const names = new TypeNames();
    expect(names.claimNested(["domain", "os"])).toBe("DomainOs");
    expect(names.claimNested(["domain", "os"])).toBe("DomainOsA");
    expect(names.claimNested(["domain", "disk_list"])).toBe("DomainDiskListStruct");
  });
});
