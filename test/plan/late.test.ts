import fc from "fast-check";
import { containsLate, isLate, known } from "../../lib/plan/late";

describe("a late value", () => {
  it.each([
    ["an expression", "${var.x}"],
    ["an expression within text", "a-${count.index}-b"],
    ["a directive", "%{ if var.x }a%{ endif }"],
    ["an encoded text of the engine", "${TfToken[TOKEN.1]}"],
    ["an encoded number of the engine", -1.8881545897087626e289],
    ["an encoded list of the engine", ["#{TfToken[TOKEN.2]}"]],
    ["an encoded list of numbers of the engine", [-1.8881545897087626e289]],
    ["an encoded map of the engine", { "&{TfToken[TOKEN.3]}": "String Map Token Value" }],
    ["an element of an encoded list", "#{TfToken[TOKEN.2]}"],
    ["an object of the engine", { resolve: () => 1 }],
    ["an expression beside an escaped one", "$${x} ${y}"],
  ])("is %s", (_, value) => expect(isLate(value)).toBe(true));

  it.each([
    ["a text", "web"],
    ["an empty text", ""],
    ["an escaped expression", "$${HOME}"],
    ["an escaped directive", "%%{ if x }"],
    ["a dollar and a percent", "100% of $5 {x}"],
    ["a number", 5],
    ["a large number", Number.MAX_SAFE_INTEGER],
    ["a truth", false],
    ["nothing", undefined],
    ["null", null],
    ["an object", { a: 1 }],
    ["an object with a late value in it", { a: "${var.x}" }],
    ["an object of no keys", {}],
    ["a list", ["a"]],
    ["a list with a late value in it", ["${var.x}"]],
    ["a list of two of which one is encoded", ["#{TfToken[TOKEN.2]}", "a"]],
    ["an empty list", []],
    ["a map with a key beside an encoded one", { "&{TfToken[TOKEN.3]}": "x", a: 1 }],
    ["a resolve that is no function", { resolve: "x" }],
  ])("is not %s", (_, value) => expect(isLate(value)).toBe(false));

  it("is no number that a plan could hold", () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (number) => expect(isLate(number)).toBe(false)));
  });

  it("is no text without the marks of an expression", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replace(/[{[]/g, "");
        expect(isLate(plain)).toBe(false);
        expect(isLate(`${plain.replace(/\$+$/, "")}\${x}`)).toBe(true);
      }),
    );
  });
});

describe("what contains a late value", () => {
  it.each([[{ a: { b: ["x", "${var.x}"] } }], [["a", ["${var.x}"]]], ["${var.x}"], [{ a: -1e290 }]])(
    "is seen at any depth: %j",
    (value) => expect(containsLate(value)).toBe(true),
  );

  it.each([[{ a: { b: ["x"] } }], [[]], [null], [undefined], ["x"], [0]])("is not seen in %j", (value) =>
    expect(containsLate(value)).toBe(false),
  );
});

describe("a known value", () => {
  it("is a literal", () => {
    expect(known("x")).toBe("x");
    expect(known(0)).toBe(0);
    expect(known(false)).toBe(false);
    expect(known("")).toBe("");
  });

  it("is none where there is none or it is late", () => {
    expect(known(undefined)).toBeUndefined();
    expect(known(null)).toBeUndefined();
    expect(known("${var.x}")).toBeUndefined();
    expect(known(-1e290)).toBeUndefined();
  });
});
