import fc from "fast-check";
import { isLate } from "../../lib/plan/late";
import { formatKiB, toKiB } from "../../lib/plan/units";

describe("sizes in KiB", () => {
  it.each([
    [1, "KiB", 1],
    [1, "k", 1],
    [1, "MiB", 1024],
    [1, "M", 1024],
    [1, "GiB", 2 ** 20],
    [1, "g", 2 ** 20],
    [1, "TiB", 2 ** 30],
    [1, "T", 2 ** 30],
    [1, "PiB", 2 ** 40],
    [1, "EiB", 2 ** 50],
    [1024, "KB", 1000],
    [1024, "MB", 1e6],
    [1024, "GB", 1e9],
    [1024, "TB", 1e12],
    [2048, "b", 2],
    [2048, "bytes", 2],
    [2048, "BYTE", 2],
    [3, undefined, 3],
    [0, "GiB", 0],
  ])("%d %s are %d", (amount, unit, kib) => expect(toKiB(amount, unit)).toBe(kib));

  it("take another unit where none is given", () => {
    expect(toKiB(2048, undefined, "bytes")).toBe(2);
    expect(toKiB(2, "MiB", "bytes")).toBe(2048);
  });

  it("are late when amount or unit is", () => {
    expect(isLate(toKiB("${var.m}" as never, "GiB"))).toBe(true);
    expect(isLate(toKiB(2, "${var.unit}"))).toBe(true);
    expect(isLate(toKiB(-8e298 as never, "GiB"))).toBe(true);
  });

  it("are none without an amount, or with a unit that libvirt does not know", () => {
    expect(toKiB(undefined, "GiB")).toBeUndefined();
    expect(toKiB(2, "gigs")).toBeUndefined();
    expect(toKiB(2, "")).toBeUndefined();
    expect(toKiB(undefined, "${var.unit}")).toBeUndefined();
  });
});

describe("sizes for people", () => {
  it.each([
    [0, "0 KiB"],
    [1, "1 KiB"],
    [1023, "1023 KiB"],
    [1024, "1 MiB"],
    [1536, "1.5 MiB"],
    [2 ** 20 - 1, "1024 MiB"],
    [2 ** 20, "1 GiB"],
    [1.5 * 2 ** 20, "1.5 GiB"],
    [66 * 2 ** 20, "66 GiB"],
    [2 ** 30, "1 TiB"],
    [2 ** 20 + 1, "1 GiB"],
    [-6.5 * 2 ** 20, "-6.5 GiB"],
    [-1, "-1 KiB"],
  ])("%d are %s", (kib, text) => expect(formatKiB(kib)).toBe(text));

  it("can be read back to within their rounding", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (kib) => {
        const [amount, unit] = formatKiB(kib).split(" ");
        const read = toKiB(Number(amount), unit) as number;
        expect(Math.abs(read - kib) / kib).toBeLessThan(0.006);
      }),
    );
  });
});
