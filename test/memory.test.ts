import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import fc from "fast-check";
import { Memory, type MemoryUnit } from "../lib";

const KIB: Record<MemoryUnit, number> = { KiB: 1, MiB: 2 ** 10, GiB: 2 ** 20, TiB: 2 ** 30 };
const of: Record<MemoryUnit, (amount: number) => Memory> = {
  KiB: Memory.kibibytes,
  MiB: Memory.mebibytes,
  GiB: Memory.gibibytes,
  TiB: Memory.tebibytes,
};
const units = fc.constantFrom<MemoryUnit>("KiB", "MiB", "GiB", "TiB");

it("is so many KiB", () => {
  fc.assert(
    fc.property(units, fc.integer({ min: 1, max: 2 ** 20 }), (unit, amount) => {
      expect(of[unit](amount).toKiB()).toBe(amount * KIB[unit]);
    }),
  );
});

it("is written in whole numbers, in the largest unit that has one, and as much as before", () => {
  fc.assert(
    fc.property(units, fc.integer({ min: 1, max: 2 ** 30 }), (unit, kib) => {
      const memory = of[unit](kib / KIB[unit]);
      const whole = memory.toWhole();
      expect(Number.isInteger(whole.amount)).toBe(true);
      expect(whole.amount * KIB[whole.unit]).toBe(kib);
      expect(memory.issues).toEqual([]);
      if (Number.isInteger(memory.amount)) expect(whole).toEqual({ amount: memory.amount, unit });
    }),
  );
});

it.each([
  [Memory.gibibytes(1.5), 1536, "MiB"],
  [Memory.tebibytes(0.5), 512, "GiB"],
  [Memory.mebibytes(0.5), 512, "KiB"],
  [Memory.gibibytes(1 + 2 ** -20), 2 ** 20 + 1, "KiB"],
])("%s is written as %d %s", (memory, amount, unit) => {
  expect(memory.toWhole()).toEqual({ amount, unit });
});

it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, "2", undefined, null, {}])("cannot be %p", (amount) => {
  expect(Memory.gibibytes(amount as number).issues).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/^must be a number above zero/) }),
  ]);
});

it.each([Memory.kibibytes(0.5), Memory.gibibytes(0.1), Memory.tebibytes(2 ** 60)])(
  "%s has no whole KiB",
  (memory) => {
    expect(memory.issues).toEqual([
      expect.objectContaining({
        message: `must come out as a whole number of KiB, which ${memory} does not`,
      }),
    ]);
  },
);

it("can be a token, of which nothing is known", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const { numberValue } = new TerraformVariable(stack, "amount", {});
  const memory = Memory.gibibytes(numberValue);
  expect(memory.issues).toEqual([]);
  expect(memory.toWhole()).toEqual({ amount: numberValue, unit: "GiB" });
  expect(memory.toKiB()).toBe(numberValue);
  expect(`${memory}`).toBe("an amount of GiB known only at apply");
});

it("reads as it was written", () => {
  expect(`${Memory.gibibytes(1.5)}`).toBe("1.5 GiB");
  expect(Memory.isMemory(Memory.kibibytes(1))).toBe(true);
  for (const other of [undefined, null, 5, {}, { amount: 1, unit: "GiB" }])
    expect(Memory.isMemory(other)).toBe(false);
});
