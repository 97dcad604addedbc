import { closest } from "../../lib/plan/did-you-mean";

describe("what the user most likely meant", () => {
  const networks = ["default", "lan", "storage-10g"];

  it.each([
    ["defualt", "default"],
    ["Default", "default"],
    ["DEFAULT", "default"],
    ["storage-1g", "storage-10g"],
    ["storage10g", "storage-10g"],
    ["lna", "lan"],
    ["la", "lan"],
    ["default", "default"],
  ])("%s is %s", (word, expected) => expect(closest(word, networks)).toBe(expected));

  it.each(["production", "x", "storage", ""])("%j is none of them", (word) =>
    expect(closest(word, ["default", "landscape", "storage-10g"])).toBeUndefined(),
  );

  it("may differ in two letters, and in a third of a long word", () => {
    expect(closest("ab", ["abcd"])).toBe("abcd");
    expect(closest("ab", ["abcde"])).toBeUndefined();
    expect(closest("123456789", ["123456xyz"])).toBe("123456xyz");
    expect(closest("12345678", ["12345xyz"])).toBeUndefined();
  });

  it("is the nearest, and of equals the first", () => {
    expect(closest("disk", ["disc", "disks", "risk"])).toBe("disc");
    expect(closest("disks", ["disc", "disk", "risks"])).toBe("disk");
  });

  it("is nothing where there is nothing to choose from", () => {
    expect(closest("x", [])).toBeUndefined();
  });
});
