import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { HostFacts, HostFactsError } from "../../lib/host-facts";
import { CAPTURES, matches } from "../../lib/host-facts/captures";
import { captureOf, folderOf, HOSTS } from "./folder";

const captures = HOSTS.flatMap((host) =>
  readdirSync(captureOf(host))
    .filter((name) => Object.values(CAPTURES).some((capture) => matches(capture, name)))
    .map((name) => ({ host, name, bytes: readFileSync(join(captureOf(host), name)) })),
);
const folders = new Map(captures.map(({ name }) => [name, folderOf({})]));

/** Facts or the one error; whatever else is thrown fails the test. */
function read(name: string, bytes: Buffer): HostFacts | HostFactsError {
  const folder = folders.get(name)!;
  writeFileSync(join(folder, name), bytes);
  try {
    return HostFacts.fromDirectory(folder);
  } catch (error) {
    if (HostFactsError.isHostFactsError(error)) return error;
    throw error;
  }
}

const anyCapture = fc.constantFrom(...captures);
/** Evenly spread: most doubles between 0 and 1 are next to 0. */
const anyPlace = fc.integer({ min: 0, max: 2 ** 20 - 1 }).map((part) => part / 2 ** 20);

test("a capture cut at any byte is refused, unless the cut is between two lines of a text", () => {
  fc.assert(
    fc.property(anyCapture, anyPlace, ({ name, bytes }, place) => {
      const cut = bytes.subarray(0, Math.floor(place * bytes.length));
      const result = read(name, cut);
      const complete = name.endsWith(".xml")
        ? cut.toString().trim() === bytes.toString().trim()
        : cut.toString().endsWith("\n");
      if (!complete) expect(result).toBeInstanceOf(HostFactsError);
    }),
    { numRuns: 500 },
  );
});

test("a capture with any bytes overwritten is refused or gives facts that fit the schema", () => {
  fc.assert(
    fc.property(
      anyCapture,
      anyPlace,
      fc.uint8Array({ minLength: 1, maxLength: 8 }),
      ({ name, bytes }, place, noise) => {
        const damaged = Buffer.from(bytes);
        damaged.set(
          noise.subarray(0, damaged.length),
          Math.max(0, Math.floor(place * damaged.length) - noise.length),
        );
        const result = read(name, damaged);
        if (!HostFactsError.isHostFactsError(result)) HostFacts.fromJson(JSON.parse(JSON.stringify(result)));
      },
    ),
    { numRuns: 500 },
  );
});

test("a capture with characters of its own grammar exchanged is refused or gives facts that fit the schema", () => {
  const grammar = fc.constantFrom(
    "<",
    ">",
    "/",
    "'",
    "=",
    "&",
    ":",
    "|",
    "+",
    "-",
    "\n",
    " ",
    "0",
    "<!--",
    "<![CDATA[",
  );
  fc.assert(
    fc.property(anyCapture, anyPlace, grammar, ({ name, bytes }, place, token) => {
      const at = Math.floor(place * bytes.length);
      const damaged = Buffer.concat([bytes.subarray(0, at), Buffer.from(token), bytes.subarray(at + 1)]);
      const result = read(name, damaged);
      if (!HostFactsError.isHostFactsError(result)) HostFacts.fromJson(JSON.parse(JSON.stringify(result)));
    }),
    { numRuns: 500 },
  );
});

test("JSON of any shape is refused or is facts", () => {
  const keys = ["cpu", "guests", "xen", "networks", "memoryKiB", "domainCapabilities"];
  const value = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()));
  fc.assert(
    fc.property(value, (json) => {
      try {
        HostFacts.fromJson(json);
      } catch (error) {
        expect(HostFactsError.isHostFactsError(error)).toBe(true);
      }
    }),
  );
});
