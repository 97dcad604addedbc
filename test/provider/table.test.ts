import { execFileSync } from "node:child_process";
import path from "node:path";
import {
  dataSourceType,
  type ObjectType,
  PROVIDER_SOURCE,
  PROVIDER_VERSION,
  providerType,
  resourceType,
} from "../../lib/provider/table";

const domain = resourceType("libvirt_domain")!;

/** `at("devices", "disks")` is the type of a disk. */
function at(...names: string[]): ObjectType {
  return names.reduce((type, name) => {
    const found = type.byName(name)?.type;
    if (found === undefined || !("object" in found)) throw new Error(`${name} is no object`);
    return found.object;
  }, domain);
}

/** Every object type once. */
function reachable(types: readonly ObjectType[], found = new Set<ObjectType>()): Set<ObjectType> {
  for (const type of types.filter((t) => !found.has(t))) {
    found.add(type);
    reachable(
      type.attributes.flatMap((a) => ("object" in a.type ? [a.type.object] : [])),
      found,
    );
  }
  return found;
}

test("names the provider", () => {
  expect([PROVIDER_SOURCE, PROVIDER_VERSION]).toEqual(["dmacvicar/libvirt", "0.9.7"]);
  expect(providerType().attributes.map(({ key }) => key)).toEqual(["uri", "alias"]);
});

test("knows resources and data sources apart", () => {
  expect(resourceType("libvirt_volume")?.byKey("pool")).toEqual({
    name: "pool",
    key: "pool",
    mode: "required",
    type: { kind: "scalar", scalar: "string" },
  });
  expect(resourceType("libvirt_node_info")).toBeUndefined();
  expect(dataSourceType("libvirt_node_devices")?.byName("devices")).toEqual({
    name: "devices",
    key: "devices",
    mode: "readOnly",
    type: { kind: "set", element: "string" },
  });
  expect(resourceType("toString")).toBeUndefined();
});

test("every kind of attribute", () => {
  expect(domain.byKey("os")?.type).toEqual({ kind: "object", object: at("os") });
  expect(at("os").byKey("initArgs")?.type).toEqual({ kind: "list", element: "string" });
  expect(domain.byKey("secLabel")?.type.kind).toBe("objectList");
  expect(domain.byKey("id")?.mode).toBe("readOnly");
  expect(at("devices", "disks", "address").attributes).toEqual([]);
});

test("finds an attribute by either name, and nothing else", () => {
  expect(domain.byName("memory_unit")).toBe(domain.byKey("memoryUnit"));
  for (const name of ["memoryUnit", "constructor", "", "__proto__"])
    expect(domain.byName(name)).toBeUndefined();
});

test("the keys that capitals after underscores do not give", () => {
  const plain = (name: string) => name.replace(/_(.)/g, (_, next: string) => next.toUpperCase());
  const types = ["domain", "network", "pool", "volume"].map((name) => resourceType(`libvirt_${name}`)!);
  const odd = [...reachable(types)].flatMap(({ attributes }) =>
    attributes.filter(({ name, key }) => key !== plain(name)).map(({ key }) => key),
  );
  expect([...new Set(odd)].sort()).toEqual([
    "accel2D",
    "accel3D",
    "buildAttribute",
    "e820Host",
    "nodeAttribute",
    "p2P",
    "s390Pv",
    "systemAttribute",
    "vepa8021Qbg",
    "vnTag8011Qbh",
  ]);
});

test("equal object types are one", () => {
  const object = (...path: string[]) => at("devices", ...path);
  expect(object("consoles", "source", "file")).toBe(object("serials", "source", "file"));
});

test("is read without the engine", () => {
  const program = `
    require(${JSON.stringify(path.join(__dirname, "../../lib/provider/table.ts"))});
    console.log(Object.keys(require.cache).filter((file) => file.includes("cdktf") || file.includes("constructs")).length);
  `;
  const output = execFileSync(process.execPath, ["--import", "tsx", "-e", program], { encoding: "utf8" });
  expect(output.trim()).toBe("0");
});
