/**
 * Our bindings against those that `cdktf get` generates from the same schema. A user of generated bindings
 * changes one import, so what is compared is what such a program can touch: class names, namespaces, statics,
 * configuration types, members, references, and the output.
 *
 * Left out on purpose:
 * - the classes `…OutputReference` and `…List` of nested types. A reference has the types `ObjectReference` and
 *   `ListReference`, and below the top level it is read-only: no setters, `put…`, `reset…`, `…Input`,
 *   `internalValue`;
 * - the functions `…ToTerraform` and `…ToHclTerraform`, and the module `lazy-index`.
 *
 * Different on purpose:
 * - in HCL a nested attribute is an argument, `os = {}`. Generated bindings print a block, `os {}`, which
 *   Terraform refuses;
 * - HCL has the attributes in the order of the configuration, not of the schema (JSON is sorted by cdktf);
 * - a key that the schema does not have is kept for Terraform, or a rule, to complain about; `null` is absent.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DefaultTokenResolver, StringConcat, type TerraformStack, Testing, Tokenization } from "cdktf";
import type { Construct } from "constructs";
import fc from "fast-check";
import * as bindings from "../../lib/provider";
import {
  type Attribute,
  dataSourceType,
  type ObjectType,
  providerType,
  resourceType,
  type Scalar,
} from "../../lib/provider/table";
import { fullConfig, isAssignable, newStack, references } from "./sample";

// What the gate thinks of these configurations is no matter of the bindings.
jest.mock("../../lib/gate/gate", () => ({ Gate: { guard: () => {} } }));

interface Element {
  /** Protected in the classes themselves. */
  synthesizeHclAttributes(): object;
}
interface ElementClass {
  new (scope: Construct, id: string, config: object): Element;
  readonly tfResourceType: string;
  generateConfigForImport(scope: Construct, to: string, from: string): { toTerraform(): object };
}
type Bindings = Readonly<Record<string, Readonly<Record<string, ElementClass>>>>;

const folder = mkdtempSync(path.join(tmpdir(), "cdktf-get-"));
let generated: Bindings;

beforeAll(() => {
  execFileSync(process.execPath, ["--import", "tsx", path.join(__dirname, "cdktf-get.ts"), folder], {
    stdio: "pipe",
  });
  // Evaluated with this file's own `require`, so that both bindings extend the classes of one engine.
  const module = { exports: {} };
  const code = readFileSync(path.join(folder, "bundle.cjs"), "utf8");
  new Function("require", "module", "exports", code)(require, module, module.exports);
  generated = module.exports as Bindings;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

const ours = bindings as unknown as Bindings;

/** [namespace, class] */
const classes = [
  ["cloudinitDisk", "CloudinitDisk"],
  ["combustion", "Combustion"],
  ["dataLibvirtDomainInterfaceAddresses", "DataLibvirtDomainInterfaceAddresses"],
  ["dataLibvirtNodeDeviceInfo", "DataLibvirtNodeDeviceInfo"],
  ["dataLibvirtNodeDevices", "DataLibvirtNodeDevices"],
  ["dataLibvirtNodeInfo", "DataLibvirtNodeInfo"],
  ["domain", "Domain"],
  ["ignition", "Ignition"],
  ["network", "Network"],
  ["pool", "Pool"],
  ["provider", "LibvirtProvider"],
  ["volume", "Volume"],
] as const;

function typeOf(namespace: string, { tfResourceType }: ElementClass): ObjectType {
  if (namespace === "provider") return providerType();
  return (namespace.startsWith("data") ? dataSourceType : resourceType)(tfResourceType)!;
}

function pair(namespace: string, name: string) {
  const [mine, theirs] = [ours[namespace]![name]!, generated[namespace]![name]!];
  return { mine, theirs, type: typeOf(namespace, mine) };
}

/** The same elements in two stacks of one name, so that all output that differs is the elements' own. */
function inStack<T>(build: (stack: TerraformStack) => T): T {
  return build(newStack());
}

test("namespaces and classes", () => {
  const namespaces = Object.keys(bindings).filter((name) => /^[a-z]/.test(name));
  expect(namespaces.sort()).toEqual(Object.keys(generated).sort());
  expect(namespaces.sort()).toEqual(classes.map(([namespace]) => namespace));
});

test("configuration interfaces: names, keys, and types", () => {
  const theirs = interfaces(sources(path.join(folder, "providers")));
  const mine = interfaces(sources(path.join(__dirname, "../../lib/provider")));
  for (const [, name] of classes) mine.delete(name);
  expect(theirs.size).toBe(1334);
  expect(Object.fromEntries(mine)).toEqual(Object.fromEntries(theirs));
});

describe.each(classes)("%s", (namespace, name) => {
  test("statics", () => {
    const { mine, theirs } = pair(namespace, name);
    expect(mine.tfResourceType).toBe(theirs.tfResourceType);
    const imported = (c: ElementClass) =>
      inStack((s) => c.generateConfigForImport(s, "to", "from").toTerraform());
    expect(imported(mine)).toEqual(imported(theirs));
    expect((ours as unknown as Record<string, unknown>)[name]).toBe(mine);
  });

  test("members", () => {
    const { mine, theirs } = pair(namespace, name);
    expect(publicMembers(mine)).toEqual(publicMembers(theirs));
  });

  test("references to every attribute", () => {
    const { mine, theirs, type } = pair(namespace, name);
    const resolved = (c: ElementClass) =>
      inStack((stack) => resolve(stack, references(new c(stack, "element", {}), type)));
    expect(resolved(mine)).toEqual(resolved(theirs));
  });

  test("output of a full configuration", () => {
    const { mine, theirs, type } = pair(namespace, name);
    expect(synth(mine, fullConfig(type))).toEqual(synth(withArguments(theirs), fullConfig(type)));
  });

  test("output of random configurations", () => {
    const { mine, theirs, type } = pair(namespace, name);
    fc.assert(
      fc.property(configs(type), (config) => {
        expect(synth(mine, config)).toEqual(synth(withArguments(theirs), config));
      }),
      { numRuns: 25 },
    );
  });
});

test.each([
  ["domain", "Domain", 2572, 33],
  ["network", "Network", 119, 0],
  ["pool", "Pool", 64, 0],
  ["volume", "Volume", 41, 1],
])("leaf attributes of %s", (namespace, name, count, empty) => {
  expect(countLeaves(pair(namespace, name).type)).toEqual({ all: count, empty });
});

/** All attributes that hold no further one, and the empty objects among them. */
function countLeaves(type: ObjectType): { all: number; empty: number } {
  return type.attributes
    .map((a) => {
      if (!("object" in a.type)) return { all: 1, empty: 0 };
      return a.type.object.attributes.length === 0 ? { all: 1, empty: 1 } : countLeaves(a.type.object);
    })
    .reduce((sum, { all, empty }) => ({ all: sum.all + all, empty: sum.empty + empty }), {
      all: 0,
      empty: 0,
    });
}

function resolve(scope: TerraformStack, value: unknown): unknown {
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(value, { scope, resolver, preparing: false });
}

/** The class with nested attributes as arguments in HCL. */
function withArguments(c: ElementClass): ElementClass {
  const asArgument = (_: string, v: { isBlock?: boolean } | null) =>
    v?.isBlock ? { ...v, isBlock: false, type: "list" } : v;
  return class extends c {
    override synthesizeHclAttributes(): object {
      return JSON.parse(JSON.stringify(super.synthesizeHclAttributes(), asArgument));
    }
  };
}

/** Everything that Terraform can be given of one element. */
function synth(c: ElementClass, config: object) {
  return inStack((stack) => {
    new c(stack, "element", config);
    return { json: Testing.synth(stack), hcl: Testing.synthHcl(stack) };
  });
}

const scalars: Readonly<Record<Scalar, fc.Arbitrary<unknown>>> = {
  string: fc.constantFrom("", "a", 'say "a"'),
  number: fc.nat(),
  bool: fc.boolean(),
};

/** Any part of the attributes, with absent values written as `undefined` too. */
function configs(type: ObjectType, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const keys = type.attributes.filter(isAssignable);
  if (keys.length === 0) return fc.constant({});
  return fc
    .subarray(keys, { maxLength: Math.min(keys.length, depth === 0 ? 8 : 3) })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((a) => [a.key, values(a, depth + 1)]))));
}

function values({ type }: Attribute, depth: number): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "scalar":
      return fc.option(scalars[type.scalar], { nil: undefined, freq: 4 });
    case "list":
    case "set":
      return fc.array(scalars[type.element], { maxLength: 2 });
    case "object":
      return fc.option(configs(type.object, depth), { nil: undefined, freq: 4 });
    case "objectList":
      return fc.array(configs(type.object, depth), { maxLength: 2 });
  }
}

/** Own members without those that are private in the source; `_x` holds the value of `x`. */
function publicMembers({ prototype }: ElementClass) {
  const all = Object.entries(Object.getOwnPropertyDescriptors(prototype));
  return all
    .filter(([name]) => !["constructor", "synthesizeAttributes", "synthesizeHclAttributes"].includes(name))
    .map(([name, d]) => `${name}${d.get ? " get" : ""}${d.set ? " set" : ""}${d.value ? " ()" : ""}`)
    .sort();
}

function sources(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /index\.ts$|structs\d+\.ts$|\.generated\.ts$/.test(file))
    .map((file) => readFileSync(path.join(root, file), "utf8"));
}

/** Every interface of some sources: what it extends, and its keys with their types. */
function interfaces(files: readonly string[]): Map<string, readonly string[]> {
  const found = files.flatMap((text) => [...text.matchAll(/^export interface (\w+)(.*?) ?\{\n(.*?)^\}/gms)]);
  return new Map(
    found.map(([, name, heritage, body]) => [
      name!,
      [heritage!, ...body!.matchAll(/^ {2}readonly .*$/gm)].map((line) =>
        String(line).replaceAll("cdktf.", "").trim(),
      ),
    ]),
  );
}
