import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { GuestOs } from "../../lib/guest-os";

/*
 * The libosinfo database as a judge that we did not write. It is read where the distribution has installed it and
 * never copied: its licence is the GPL. Releases younger than the installed database are missing from it.
 */

const FOLDER = "/usr/share/osinfo/os";
const installed = existsSync(FOLDER);
const title = installed
  ? `osinfo-db ${readFileSync(path.join(FOLDER, "../VERSION"), "utf8").trim()}`
  : "osinfo-db";
if (!installed) console.warn(`skipped: osinfo-db is not installed (no ${FOLDER}); apt-get install osinfo-db`);

const xmlById = new Map<string, string>();
if (installed)
  for (const vendor of readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
    for (const file of readdirSync(path.join(FOLDER, vendor.name)).filter((name) => name.endsWith(".xml"))) {
      const xml = readFileSync(path.join(FOLDER, vendor.name, file), "utf8");
      xmlById.set(/<os id="([^"]+)"/.exec(xml)?.[1] ?? file, xml);
    }

const withId = GuestOs.all().flatMap((os) =>
  os.libosinfoId === undefined ? [] : [{ os, id: os.libosinfoId }],
);
const known = withId.filter(({ id }) => xmlById.has(id)).map(({ os, id }) => ({ os, xml: xmlById.get(id)! }));

/** The least memory that the database asks for on x86-64 or anywhere, in MiB; undefined where it inherits one. */
function minimumMemoryMiB(xml: string): number | undefined {
  const minima = [
    ...xml.matchAll(/<resources arch="(?:x86_64|all)"[^>]*>\s*<minimum>([\s\S]*?)<\/minimum>/g),
  ];
  const bytes = minima.map(([, minimum]) => Number(/<ram>(\d+)<\/ram>/.exec(minimum!)?.[1] ?? Number.NaN));
  const known = bytes.filter((ram) => !Number.isNaN(ram));
  return known.length === 0 ? undefined : Math.max(...known) / 2 ** 20;
}

(installed ? describe : describe.skip)(title, () => {
  test("knows the ids of a good part of the catalogue", () => {
    expect(known.length).toBeGreaterThan(25);
  });

  test("misses an id only where all that it has of the same system is older", () => {
    const inNaturalOrder = new Intl.Collator("en", { numeric: true }).compare;
    // openSUSE counted 13.2, 42.1, 42.2, 42.3, 15.0.
    const isRelease = (id: string) => /\/\d[^/]*$/.test(id) && !/-unknown$|opensuse\/42/.test(id);
    const releases = [...xmlById.keys()].filter(isRelease);
    // Whole vendors that came late.
    const missing = withId.filter(({ id }) => !xmlById.has(id) && !/(omnios|openindiana)\.org/.test(id));
    for (const { os, id } of missing) {
      const system = releases.filter((other) => other.startsWith(id.replace(/(2k)?\d[^/]*$/, "$1")));
      const series = system.filter((other) => other.startsWith(`${os.libosinfoSeries}.`));
      const siblings = series.length > 0 ? series : system;
      expect([id, siblings.length > 0]).toEqual([id, true]);
      expect([id, siblings.filter((other) => inNaturalOrder(other, id) > 0)]).toEqual([id, []]);
    }
  });

  test("a minor release is found as its major one", () => {
    const minors = [...xmlById].filter(([id]) => {
      const series = GuestOs.byLibosinfoId(id)?.libosinfoSeries;
      return series !== undefined && id.startsWith(`${series}.`);
    });
    expect(minors.length).toBeGreaterThan(20);
    for (const [id, xml] of minors) {
      const version = /<version>([^<]+)<\/version>/.exec(xml)![1]!;
      expect(`${id} is ${GuestOs.byLibosinfoId(id)!.id}`).toMatch(new RegExp(`-${version.split(".")[0]}$`));
    }
  });

  test("no member asks for more memory than the database does", () => {
    const raised = known.flatMap(({ os, xml }) => {
      const theirs = minimumMemoryMiB(xml);
      return theirs !== undefined && os.minimum.memoryMiB! > theirs
        ? [`${os.id}: ${os.minimum.memoryMiB} > ${theirs}`]
        : [];
    });
    // Of Red Hat Enterprise Linux 10 the database says less than of CentOS Stream 10, from which it is made.
    expect(raised.filter((line) => !line.startsWith("rhel-10:"))).toEqual([]);
  });

  test("a member uses as much memory as the database says, or more", () => {
    const stated = known.flatMap(({ os, xml }) => {
      const maximum =
        /<resources arch="x86_64"[^>]*>(?:(?!<\/resources>)[\s\S])*?<maximum>([\s\S]*?)<\/maximum>/.exec(
          xml,
        )?.[1];
      const bytes = Number(/<ram>(\d+)<\/ram>/.exec(maximum ?? "")?.[1] ?? Number.NaN);
      return Number.isNaN(bytes) ? [] : [{ os, theirs: bytes / 2 ** 20 }];
    });
    expect(stated.length).toBeGreaterThan(5);
    for (const { os, theirs } of stated)
      expect([os.id, (os.maximum.memoryMiB ?? theirs) >= theirs]).toEqual([os.id, true]);
  });

  test("Windows 11 is the one member that refuses BIOS", () => {
    const refuseBios = known.filter(({ xml }) => /<firmware [^>]*type="bios" supported="false"/.test(xml));
    expect(refuseBios.map(({ os }) => os)).toEqual([GuestOs.WINDOWS_11]);
    expect(GuestOs.WINDOWS_11.firmware.bios).toBe(false);
  });

  test("no Windows has a virtio device without a driver disk", () => {
    for (const { os, xml } of known.filter(({ os }) => os.family === "windows"))
      expect([
        os.id,
        /<devices>[\s\S]*pci\/1af4/.test(xml.replace(/<driver[\s\S]*?<\/driver>/g, "")),
      ]).toEqual([os.id, false]);
  });
});
