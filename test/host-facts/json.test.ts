import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { HostFacts, type HostFactsData } from "../../lib/host-facts";
import type { hostFactsSchema } from "../../lib/host-facts/schema";
import { captureOf, folderOf, HOSTS, refusalOf } from "./folder";

const published = JSON.parse(
  readFileSync(join(__dirname, "../../docs/schemas/host-facts.schema.json"), "utf8"),
);

describe.each(HOSTS)("%s", (host) => {
  const facts = HostFacts.fromDirectory(captureOf(host));
  const json = JSON.stringify(facts);

  test("survives the trip through JSON unchanged", () => {
    expect(HostFacts.fromJson(JSON.parse(json)).data).toStrictEqual(facts.data);
    const file = join(folderOf({ "facts.json": json }), "facts.json");
    expect(HostFacts.fromFile(file).data).toStrictEqual({ ...facts.data, source: file });
  });

  test("fits the published JSON Schema", () => {
    expect(() => z.fromJSONSchema(published).parse(JSON.parse(json))).not.toThrow();
  });
});

test("the published JSON Schema refuses unknown keys and wrong types", () => {
  const schema = z.fromJSONSchema(published);
  expect(schema.safeParse({ $schema: "host-facts.schema.json", memoryKiB: 1 }).success).toBe(true);
  expect(schema.safeParse({ memoryKib: 1 }).success).toBe(false);
  expect(schema.safeParse({ cpu: { features: [], threads: "2" } }).success).toBe(false);
});

test("a source given by the caller wins, and there is always one", () => {
  expect(HostFacts.fromJson({ source: "a" }, "b").data.source).toBe("b");
  expect(HostFacts.fromJson({ source: "a" }).data.source).toBe("a");
  expect(HostFacts.fromJson({ $schema: "x" }).data).toEqual({ source: "(from JSON)" });
});

test.each<[string, unknown, string]>([
  ["null", null, "at the top level: Invalid input: expected object, received null"],
  ["a list", [], "at the top level: Invalid input: expected object, received array"],
  [
    "a misspelt key",
    { memoryKib: 1 },
    'at the top level: unknown key "memoryKib" (did you mean "memoryKiB"?)',
  ],
  [
    "a misspelt key deep below",
    {
      domainCapabilities: [
        {
          virtType: "kvm",
          arch: "a",
          cpuModes: {},
          cpuModels: [{ nmae: "x", name: "x" }],
          devices: {},
          features: {},
        },
      ],
    },
    'at domainCapabilities.0.cpuModels.0: unknown key "nmae" (did you mean "name"?)',
  ],
  [
    "a misspelt key of an entry by name",
    {
      guests: [
        { osType: "hvm", arch: "a", domainTypes: [], machines: [], features: { acpi: { togle: true } } },
      ],
    },
    'at guests.0.features.acpi: unknown key "togle" (did you mean "toggle"?)',
  ],
  ["a foreign key", { zebra: 1 }, 'at the top level: unknown key "zebra"'],
  ["a wrong type", { memoryKiB: "1 GiB" }, "at memoryKiB: Invalid input: expected number, received string"],
  ["a negative size", { memoryKiB: -1 }, "at memoryKiB: Too small: expected number to be >=0"],
  ["a bad CIDR", { routes: ["10.0.0.0"] }, "at routes.0: Invalid string: must match pattern"],
  ["__proto__", JSON.parse('{"__proto__": {"polluted": true}}'), "at the top level: unknown key"],
  ["many problems", { memoryKiB: "a", arch: 1, iommu: "no", routes: 1, guests: 1 }, "and 2 more"],
])("%s is refused", (_, value, expected) => {
  const error = refusalOf(() => HostFacts.fromJson(value, "facts.json"));
  expect(error.file).toBe("facts.json");
  expect(error.reason).toContain(expected);
  expect(error.message.split("\n")).toHaveLength(2);
});

/** Every key required and writable, at every level, so that no difference hides behind an optional key. */
type Rigid<T> = T extends object ? { -readonly [K in keyof T]-?: Rigid<T[K]> } : T;
type Same<A, B> = [A, B] extends [B, A] ? true : false;

test("the schema and the type say the same", () => {
  const same: Same<Rigid<Omit<z.infer<typeof hostFactsSchema>, "$schema">>, Rigid<HostFactsData>> = true;
  expect(same).toBe(true);
});
