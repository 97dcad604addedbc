import fc from "fast-check";
import { parseXl, printXl, XlCfgError, type XlFile, type XlValue } from "../../lib/xl-cfg";

/** Settings without their places, in short: text with quotes is a string, without them a number. */
function short({ settings }: XlFile): unknown[] {
  const value = (each: XlValue): unknown =>
    "items" in each ? each.items.map(value) : each.quoted ? each.text : { number: each.text };
  return settings.map(({ name, operator, value: given }) => [name, operator, value(given)]);
}

describe("the language of xl.cfg", () => {
  it.each<[string, string, unknown[]]>([
    [
      "a string in either quotes",
      `name = "web"\nkernel='/boot/k'`,
      [
        ["name", "=", "web"],
        ["kernel", "=", "/boot/k"],
      ],
    ],
    [
      "numbers, also in hexadecimal",
      "memory=512\nvcpus = 0x2",
      [
        ["memory", "=", { number: "512" }],
        ["vcpus", "=", { number: "0x2" }],
      ],
    ],
    [
      "comments, also behind a value",
      "# memory = 1\nmemory = 2 # MiB\n#end",
      [["memory", "=", { number: "2" }]],
    ],
    ["a hash within a string", 'extra = "a # b"', [["extra", "=", "a # b"]]],
    [
      "several settings on a line",
      'a = 1; b = "2";',
      [
        ["a", "=", { number: "1" }],
        ["b", "=", "2"],
      ],
    ],
    ["lists over several lines", "disk = [\n  'a',  # root\n\n  'b',\n]", [["disk", "=", ["a", "b"]]]],
    ["a backslash at the end of a line in a list", "vif = [ '', \\\n '' ]", [["vif", "=", ["", ""]]]],
    ["an empty list", "vif = [ ]", [["vif", "=", []]]],
    [
      "lists in lists",
      `vnuma = [ [ "pnode=0", "size=1" ], [ "pnode=1" ] ]`,
      [["vnuma", "=", [["pnode=0", "size=1"], ["pnode=1"]]]],
    ],
    ["numbers in lists", "irqs = [ 5, 7 ]", [["irqs", "=", [{ number: "5" }, { number: "7" }]]]],
    ["what is added", "disk += [ 'b' ]", [["disk", "+=", ["b"]]]],
    ["escapes", String.raw`extra = "a\"b\\c\td\n"`, [["extra", "=", 'a"b\\c\td\n']]],
    [
      "Windows line ends and a byte-order mark",
      "\uFEFFmemory = 1\r\nvcpus = 2\r\n",
      [
        ["memory", "=", { number: "1" }],
        ["vcpus", "=", { number: "2" }],
      ],
    ],
    ["nothing", "\n \t# nothing\n", []],
  ])("has %s", (_, text, settings) => expect(short(parseXl(text))).toEqual(settings));

  it.each<[string, string, number, number, RegExp]>([
    ["a value without quotes", "name = web", 1, 8, /"web" without quotes: write name = "web"/],
    ["a string over two lines", "a = 1\nname = 'web\n'", 2, 8, /not closed on its line: expected '/],
    ["a list that does not end", "vif = [ '',\n", 1, 7, /the list vif is not closed/],
    ["two values without a comma", "vif = [ '' '' ]", 1, 12, /followed by "'": expected , or ]/],
    ["a comma without a value", "vif = [ , ]", 1, 9, /begins with a comma/],
    ["no value", "name =\n", 1, 7, /name has no value/],
    ["no equals sign", "name 'web'", 1, 6, /name is followed by "'": expected = or \+=/],
    ["two values", "memory = 1 2", 1, 12, /expected the end of the line/],
    [
      "a name in capitals",
      "\n  Memory = 1",
      2,
      3,
      /"Memory" is no name of a setting: names are in lower case/,
    ],
    ["something else", "= 1", 1, 1, /"=" begins no setting/],
    ["a program of xm", "import os, re", 1, 1, /a Python expression, which the former tool xm ran/],
    ["an expression of xm", 'name = "a" + "b"', 1, 12, /a Python expression/],
    ["a call of xm", "arch = os.uname()[4]", 1, 8, /without quotes/],
    ["a tuple of xm", "vif = ( '' )", 1, 7, /a Python expression/],
    ["a negative number", "rtc_timeoffset = -3600", 1, 18, /negative.*write rtc_timeoffset = "-3600"/],
    ["an escape that xl does not know", String.raw`extra = "a\d"`, 1, 11, /\\d is no escape/],
    ["a number of a character, which xl drops", String.raw`extra = "\x41"`, 1, 10, /\\x begins a number/],
    ["lists too deep", `a = ${"[".repeat(40)}`, 1, 21, /nests lists deeper than 16/],
  ])("refuses %s, and says where", (_, text, line, column, message) => {
    const refused = expect(() => parseXl(text));
    refused.toThrow(expect.objectContaining({ name: "XlCfgError", line, column }));
    refused.toThrow(message);
  });

  it("refuses a file that is far too long", () => {
    expect(() => parseXl("#".repeat(1_000_001))).toThrow(/more than 1000000/);
  });
});

describe("whatever it is given", () => {
  const place = { line: 0, column: 0 };
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }).map((each) => ({ ...place, text: each, quoted: true })),
    fc.nat().map((each) => ({ ...place, text: String(each), quoted: false })),
  );
  const value: fc.Arbitrary<XlValue> = fc.letrec<{ value: XlValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      text,
      fc.array(tie("value"), { maxLength: 4 }).map((items) => ({ ...place, items })),
    ),
  })).value;
  const file = fc
    .array(
      fc.record({
        name: fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
        operator: fc.constantFrom("=" as const, "+=" as const),
        value,
      }),
      { maxLength: 6 },
    )
    .map((settings) => ({ settings: settings.map((setting) => ({ ...place, ...setting })) }));
  // Deeper than any file, and than the parser allows.
  const depth = (each: XlValue): number => ("items" in each ? 1 + Math.max(0, ...each.items.map(depth)) : 0);

  it("reads back what it prints", () => {
    fc.assert(
      fc.property(file, (given) => {
        fc.pre(given.settings.every((setting) => depth(setting.value) <= 16));
        expect(short(parseXl(printXl(given)))).toEqual(short(given));
      }),
    );
  });

  const noise = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(fc.constantFrom("name", " = ", "'", '"', "[", "]", ",", "\n", "#", "\\", "1", "+=", ";", "x"), {
        maxLength: 30,
      })
      .map((parts) => parts.join("")),
  );

  it("refuses with an error of its own, or reads", () => {
    fc.assert(
      fc.property(noise, (given) => {
        try {
          parseXl(given);
        } catch (error) {
          if (!(error instanceof XlCfgError)) throw error;
          expect(error.line).toBeGreaterThan(0);
          expect(error.column).toBeGreaterThan(0);
        }
      }),
    );
  });
});
