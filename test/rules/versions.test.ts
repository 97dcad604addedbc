import { isAtLeast } from "../../lib/rules/versions";

describe("isAtLeast", () => {
  it.each([
    ["9.2.0", "9.2.0", true],
    ["9.2", "9.2.0", true],
    ["9.1.9", "9.2.0", false],
    ["9.10.0", "9.2.0", true],
    ["10.0.0", "9.2.0", true],
    ["8.9.0", "9.2.0", false],
    ["9.2.1", "9.2.0", true],
  ])("%s is at least %s: %s", (version, wanted, expected) =>
    expect(isAtLeast(version, wanted)).toBe(expected),
  );

  it("does not know of an unknown version", () => expect(isAtLeast(undefined, "1.0.0")).toBeUndefined());
});
