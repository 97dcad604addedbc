import {
  App,
  DefaultTokenResolver,
  Fn,
  Lazy,
  StringConcat,
  TerraformStack,
  TerraformVariable,
  Token,
  Tokenization,
} from "cdktf";
import fc from "fast-check";
import { Domain, LibvirtProvider } from "../../lib/provider";
import { isLiteral, Literal } from "../../lib/provider/literal";

const stack = new TerraformStack(new App(), "stack");
const resolver = new DefaultTokenResolver(new StringConcat());
const resolve = (value: unknown) => Tokenization.resolve(value, { scope: stack, resolver, preparing: false });
const variable = new TerraformVariable(stack, "v", {});

const texts = fc.oneof(
  fc.string(),
  fc.constantFrom("${libvirt_volume.a.name}", "$${a}", "%{if}", "a ${b} c }", "1e5", "-8.5e+298", '\\n"{'),
);
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(texts, tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** One of each kind of token, and the look-alikes of encoded maps. */
const TOKENS: Record<string, unknown> = {
  "a text": variable.stringValue,
  "a text with more": `a-${variable.stringValue}`,
  "a number": variable.numberValue,
  "a number in a text": `a ${variable.numberValue}`,
  "a boolean": variable.booleanValue,
  "a list": variable.listValue,
  "a map": Token.asStringMap(variable.value),
  "a number map": Token.asNumberMap(variable.value),
  "a lazy value": Lazy.anyValue({ produce: () => 1 }),
  "a function": Fn.upper(variable.stringValue),
  "a key": { [variable.stringValue]: 1 },
  "the value of an encoded map": Token.STRING_MAP_TOKEN_VALUE,
  "the number of an encoded map": Token.NUMBER_MAP_TOKEN_VALUE,
};

it("what is literal resolves to itself, and as a whole to the same", () => {
  fc.assert(
    fc.property(plain, (value) => {
      fc.pre(isLiteral(value));
      expect(resolve(value)).toEqual(value);
      expect(resolve({ box: new Literal(value) })).toEqual({ box: value });
    }),
    { numRuns: 500 },
  );
});

it.each(Object.entries(TOKENS))("%s is not literal, at any depth", (_, token) => {
  expect(isLiteral(token)).toBe(false);
  expect(isLiteral({ devices: { disks: [{ source: token }] } })).toBe(false);
});

it("neither is what the engine would leave out of a list, or refuse", () => {
  for (const value of [[undefined], { a: [undefined] }, () => 1, new Date(0), Number.NaN]) {
    expect([value, isLiteral(value) && Number.isFinite(value)]).toEqual([value, false]);
  }
});

const CONFIG = {
  name: "web",
  type: "kvm",
  memory: 1,
  memoryUnit: "GiB",
  os: { type: "hvm" },
  devices: { disks: [{ target: { dev: "vda" }, source: { file: { file: "/a" } } }] },
};

function domain() {
  const own = new TerraformStack(new App(), "own");
  const provider = new LibvirtProvider(own, "libvirt", { uri: "qemu:///system" });
  return { own, web: new Domain(own, "web", { ...CONFIG, provider }) };
}

const written = (of: TerraformStack) =>
  (of.toTerraform() as { resource: { libvirt_domain: { web: object } } }).resource.libvirt_domain.web;

it("overrides reach into a configuration that is literal otherwise, and leave it as it was", () => {
  const { own, web } = domain();
  expect(written(own)).toMatchObject({ devices: CONFIG.devices });
  own.addOverride("resource.libvirt_domain.web.devices.disks.0.target.dev", "vdb");
  expect(written(own)).toMatchObject({ devices: { disks: [{ target: { dev: "vdb" } }] } });
  expect(CONFIG.devices.disks[0]!.target).toEqual({ dev: "vda" });
  web.addOverride("memory", 2);
  expect(written(own)).toMatchObject({ memory: 2 });
});

it("a change is seen at once", () => {
  const { own, web } = domain();
  expect(written(own)).toMatchObject({ memory: 1 });
  web.memory = variable.numberValue;
  expect(written(own)).toMatchObject({ memory: "${var.v}" });
  web.memory = 3;
  web.lifecycle = { ignoreChanges: ["memory"] };
  expect(written(own)).toMatchObject({ memory: 3, lifecycle: { ignore_changes: ["memory"] } });
});
