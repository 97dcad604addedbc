import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";
import { shownDomain, shownPlan, virtConstructs } from "./command-line";

const newFolder = temporaryFolder();

function file(content: string | Buffer): string {
  const path = join(newFolder(), "some.file");
  writeFileSync(path, content);
  return path;
}

function emptyFolder(): string {
  const path = join(newFolder(), "empty");
  mkdirSync(path);
  return path;
}

const plan = () => file(JSON.stringify(shownPlan(shownDomain("web"))));

const GARBAGE: Readonly<Record<string, () => string>> = {
  "a binary": () => file(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2])),
  "truncated JSON": () => file('{"planned_values": {"root_mod'),
  "a plan without libvirt": () => file(JSON.stringify(shownPlan())),
  "what is not UTF-8": () => file(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])),
  "an empty file": () => file(""),
  "an empty folder": emptyFolder,
  "nothing there": () => "/nowhere",
  "no name": () => "",
};

/** Every command that reads a plan, or something else that somebody gives it. */
const READERS: Readonly<Record<string, (path: string) => string[]>> = {
  check: (path) => ["check", path],
  report: (path) => ["report", path],
  graph: (path) => ["graph", path],
  inventory: (path) => ["inventory", path],
  xml: (path) => ["xml", path],
  diff: (path) => ["diff", path, path],
  console: (path) => ["console", "web", path],
  "facts show": (path) => ["facts", "show", path],
  "facts diff": (path) => ["facts", "diff", path, path],
  "--facts": (path) => ["check", plan(), "--facts", `kvm1=${path}`],
  "--config": (path) => ["check", plan(), "--config", path],
  "--baseline": (path) => ["check", plan(), "--baseline", path],
};

describe.each(Object.keys(GARBAGE))("%s", (garbage) => {
  test.each(Object.keys(READERS))("ends %s with exit code 2 and one line", async (reader) => {
    // A configuration tells of every key that it does not know.
    if (reader === "--config" && garbage === "a plan without libvirt") return;
    const { code, stdout, stderr } = await virtConstructs(READERS[reader]!(GARBAGE[garbage]!()));
    expect([code, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).toMatch(/^virt-constructs: \S/);
    expect(stderr).not.toContain("mistake of its own");
  });
});
