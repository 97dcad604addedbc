import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readXml, readXmlFolder } from "../../lib/domain-xml";

/** Reads hostile documents in a process whose memory is bounded, and prints what came of each. */

const inDomain = (content: string) => `<domain type="kvm"><name>a</name>${content}</domain>`;
const many = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => item(index)).join("");
const MIB = 2 ** 20;

const TEXTS: Readonly<Record<string, () => string>> = {
  "a billion laughs": () =>
    `<!DOCTYPE l [<!ENTITY l0 "lol">${many(10, (index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`)}]>${inDomain("&l10;")}`,
  "an entity from a file": () => `<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>${inDomain("&f;")}`,
  "an entity that nobody declares": () => inDomain("<title>&lol;</title>"),
  "100 MB": () => inDomain(" ".repeat(100 * MIB)),
  "10,000 levels": () => inDomain(`${"<a>".repeat(10_000)}${"</a>".repeat(10_000)}`),
  "as many elements as there may be": () => inDomain(`<devices>${"<disk/>".repeat(49_990)}</devices>`),
  "as many unknown elements": () => inDomain(many(49_990, (index) => `<e${index}/>`)),
  "one element more than there may be": () => inDomain("<a/>".repeat(50_000)),
  "400,000 attributes": () => inDomain(`<a ${many(400_000, (index) => `a${index}="" `)}/>`),
  "100,000 prefixes over 40,000 elements with one each": () =>
    inDomain(
      `<metadata><a ${many(100_000, (index) => `xmlns:p${index}="u" `)}>${many(40_000, (index) => `<a xmlns="u${index}"/>`)}</a></metadata>`,
    ),
  "15 MiB of references": () => inDomain(`<title>${"&amp;".repeat(3 * MIB)}</title>`),
  "15 MiB of ampersands": () => inDomain(`<title>${"&".repeat(15 * MIB)}</title>`),
  "15 MiB of an unfinished comment": () => inDomain(`<!--${"<!-".repeat(5 * MIB)}`),
  "15 MiB of line ends": () => inDomain(`<title a="x">${"\r\n".repeat(7 * MIB)}</title><b/>`),
  "a declared Latin-1": () => `<?xml version="1.0" encoding="ISO-8859-1"?>${inDomain("")}`,
  "a declared UTF-16": () => `<?xml version="1.0" encoding="UTF-16"?>${inDomain("")}`,
};

const FILES: Readonly<Record<string, () => Buffer>> = {
  "a file of UTF-16, little end first": () => Buffer.from(`\ufeff${inDomain("")}`, "utf16le"),
  "a file of UTF-16, big end first": () => Buffer.from(`\ufeff${inDomain("")}`, "utf16le").swap16(),
  "a file of Latin-1": () => Buffer.from(inDomain("<title>Büro</title>"), "latin1"),
  "a file with a cut character": () => Buffer.from(inDomain("<title>ü</title>")).subarray(0, -18),
  "a file of 100 MB": () => Buffer.alloc(100 * MIB, inDomain("")),
};

function outcomeOf(work: () => string): string {
  try {
    return work();
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  }
}

function readText(text: string): string {
  const { lost } = readXml(text);
  return `read, ${lost.length} lost`;
}

function readFile(bytes: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "hostile-"));
  try {
    writeFileSync(join(folder, "a.xml"), bytes);
    writeFileSync(join(folder, "good.xml"), inDomain(""));
    const { skipped } = readXmlFolder(folder, { name: "kvm1" });
    return skipped.map(({ reason }) => `refused: ${reason}`).join() || "read";
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const outcomes: Record<string, string> = {};
for (const [name, text] of Object.entries(TEXTS)) outcomes[name] = outcomeOf(() => readText(text()));
for (const [name, bytes] of Object.entries(FILES)) outcomes[name] = outcomeOf(() => readFile(bytes()));
process.stdout.write(JSON.stringify(outcomes));
