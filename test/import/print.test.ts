import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { runInThisContext } from "node:vm";
import fc from "fast-check";
import { call, create, data, member, object, path } from "../../lib/import/code";
import { comment, print, printStatement, text } from "../../lib/import/print";

/** What JavaScript makes of an expression. */
const read = (code: string): unknown => runInThisContext(`(${code})`);

describe("a text", () => {
  it("reads back as it was, whatever is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(read(text(value))).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["a quote", 'a"b', `'a"b'`],
    ["both quotes", `a"b'c`, `"a\\"b'c"`],
    ["a backslash at its end", "a\\", '"a\\\\"'],
    ["line breaks", "a\r\nb", '"a\\r\\nb"'],
    ["line separators", "a\u2028b", '"a\\u2028b"'],
    ["what turns text around", "a\u202eb", '"a\\u202eb"'],
    ["half a pair", "\ud800", '"\\ud800"'],
    ["the null character", "\u00001", '"\\u00001"'],
    ["an invisible tag", "\u{e0001}", '"\\u{e0001}"'],
    ["what ends a template", "`${x}`", '"`${x}`"'],
  ])("escapes %s", (_, value, written) => {
    expect(text(value)).toBe(written);
    expect(read(written)).toBe(value);
  });

  it("shows all that is in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(text(value)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

it("keeps a comment on its line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const written = comment(`${value}\n*/ throw new Error() //`);
      expect(read(`1 ${written}\n`)).toBe(1);
      expect(written.split(/[\n\r\u2028\u2029]/)).toHaveLength(1);
    }),
  );
});

describe("plain data", () => {
  const anything = fc.object({
    key: fc.string({ unit: "binary" }),
    values: [fc.string({ unit: "binary" }), fc.integer(), fc.boolean()],
    maxDepth: 3,
  });

  it("reads back as it was", () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(JSON.parse(JSON.stringify(read(print(data(value), 0, 80))))).toEqual(
          JSON.parse(JSON.stringify(value)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("sets no prototype", () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1, "a-b": 2}');
    const back = read(print(data(value), 0, 80)) as Record<string, unknown>;
    expect(Object.keys(back)).toEqual(["__proto__", "constructor", "a-b"]);
    expect(back.polluted).toBeUndefined();
  });

  it("leaves out what is undefined", () => {
    expect(print(object({ a: 1, b: undefined }), 0, 80)).toBe("{ a: 1 }");
    expect(print(call("f", 1, undefined), 0, 80)).toBe("f(1)");
  });
});

it("writes a call that takes over properties", () => {
  const devices = object({ rngs: data([]) }, path("web.domain.devicesInput"));
  expect(print(call(member(path("web"), "putDevices"), devices), 0, 80)).toBe(
    "web.putDevices({ ...web.domain.devicesInput, rngs: [] })",
  );
});

it("formats as formatters do", () => {
  const short = create("Nic", path("lan"), { mac: "52:54:00:00:00:01" });
  const long = object({
    host: path("host"),
    memory: call("Memory.gibibytes", 2),
    disks: data([
      call("Disk.file", "/var/lib/libvirt/images/a-rather-long-name-of-an-image-of-a-disk.qcow2", {
        bus: "scsi",
      }),
      call("Disk.file", "/var/lib/libvirt/images/short.qcow2"),
    ]),
    nics: data([short]),
    metadata: { xml: `<a b="${"c".repeat(90)}"/>` },
    list: data([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ]),
    "a-b": { "sse4.1": "require" },
    table: data([{ name: "one" }, { name: "two" }]),
  });
  const statements = [
    printStatement({ kind: "const", name: "web", value: create("KvmGuest", path("stack"), "web", long) }),
    printStatement({
      kind: "do",
      value: call("adopt", path("web.domain"), "9725fd13-933c-4484-ab51-8a4c75befbcb"),
    }),
    printStatement({ kind: "set", target: path("web.domain.onCrash"), value: data("destroy") }),
    printStatement({
      kind: "do",
      value: create(
        "KvmGuest",
        path("stack"),
        call("nameOf", "a".repeat(30)),
        call("propsOf", "b".repeat(30)),
      ),
    }),
  ];
  const program = `${statements.join("\n")}\n`;
  expect(formatted(program)).toBe(program);
});

function formatted(program: string): string {
  const root = join(__dirname, "../..");
  return execFileSync(
    join(root, "node_modules/.bin/biome"),
    [
      ...["format", "--stdin-file-path=program.ts", "--line-width=80"],
      ...["--indent-style=space", "--vcs-enabled=false", "--files-ignore-unknown=false"],
    ],
    { cwd: root, input: program, encoding: "utf8" },
  );
}
