import type { TerraformStack } from "cdktf";
import fc from "fast-check";
import * as library from "../../lib";
import { isVirtConstructsError } from "../../lib";
import { type Run, run } from "../support/program";
import { inStack, TARGETS } from "./slots";

/*
 * Plain JavaScript may give anything. Whatever it is, a program is fine, or refused with findings, or stopped by an
 * error of one line; never by a TypeError in the depths of the library or the engine.
 */

const junk = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.constantFrom<unknown>(
    () => {},
    Symbol("junk"),
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    "",
    " ",
    "__proto__",
    "constructor",
    "\ud800",
    "a/b",
    "a\nb",
    "${",
    "%{ if",
    "$${x}",
    class {},
    { toString: 1 },
    { constructor: null },
    { constructor: { name: Symbol() } },
    [undefined],
    [null],
    new Array(3),
  ),
);

/** Fails with what the program was made of, which `fc.assert` prints. */
function survives(make: (stack: TerraformStack) => void): Run | undefined {
  try {
    return run(make);
  } catch (error) {
    if (!isVirtConstructsError(error)) throw error;
    expect(error.stack?.split("\n")).toHaveLength(1);
    return undefined;
  }
}

const withSlots = Object.entries(TARGETS).filter(([, { slots }]) => Object.keys(slots).length > 0);

test.each(withSlots)("%s survives junk", (_, { slots, needs, make }) => {
  const props = fc.record(
    mapValues(slots, () => junk),
    { requiredKeys: [] },
  );
  const property = fc.property(props, fc.boolean(), (given, whole) => {
    survives((stack) => {
      const literals = needs.map((need) => [need, inStack(stack, slots[need]!.literal)]);
      make(stack, { ...(whole && Object.fromEntries(literals)), ...given });
    });
  });
  fc.assert(property, { numRuns: 30 });
});

const CONSTRUCTS = [
  library.KvmHost,
  library.XenHost,
  library.KvmGuest,
  library.XenPvGuest,
  library.XenHvmGuest,
  library.XenPvhGuest,
  library.StoragePool,
  library.Volume,
  library.NatNetwork,
  library.RoutedNetwork,
  library.IsolatedNetwork,
  library.BridgedNetwork,
];

test.each(CONSTRUCTS.map((each) => [each.name, each] as const))(
  "%s survives junk for props",
  (_, construct) => {
    const Construct = construct as new (scope: TerraformStack, id: string, props: unknown) => unknown;
    const property = fc.property(junk, (props) => {
      const result = survives((stack) => new Construct(stack, "junk", props));
      // None of them can be made of nothing.
      expect(result?.findings.some(({ code }) => code === "VIRT-API-001")).toBe(true);
    });
    fc.assert(property, { numRuns: 60 });
  },
);

const MAKERS = [
  library.Connection,
  library.Cpu,
  library.Disk,
  library.Firmware,
  library.Graphics,
  library.HostDevice,
  library.Image,
  library.Memory,
  library.Nic,
  library.XenBoot,
  library.CloudInit,
  library.StoragePool,
  library.Volume,
  library.NatNetwork,
].flatMap((owner) =>
  Object.getOwnPropertyNames(owner)
    .concat(owner === library.NatNetwork ? ["fromExisting"] : [])
    .filter((name) => !["length", "name", "prototype"].includes(name))
    .map((name) => [`${owner.name}.${name}`, owner, name] as const),
);

test.each(MAKERS)("%s survives junk for arguments", (_, owner, name) => {
  const method = Reflect.get(owner, name) as (...values: unknown[]) => unknown;
  fc.assert(
    fc.property(fc.array(junk, { maxLength: 3 }), (values) => {
      method.apply(owner, values);
    }),
    { numRuns: 100 },
  );
});

function mapValues<T, U>(object: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));
}
