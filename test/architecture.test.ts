import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const LIB = join(__dirname, "../lib");

/** What may be imported from where: a folder (or file) of lib, and the folders that it may reach. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  "guest-os": ["errors"],
  "host-facts": ["plan/did-you-mean", "errors"],
  "provider/table": ["provider/table.generated"],
  "provider/table.generated": [],
  plan: ["provider/table", "guest-os", "host-facts"],
  rule: ["plan"],
  rules: ["rule", "plan", "guest-os", "host-facts", "domain-xml", "xml"],
  validation: ["rule", "rules", "plan", "errors", "props"],
  topology: ["plan", "rules/nwk", "xml"],
  report: ["rule", "rules/cap", "plan", "validation", "errors", "topology", "xml"],
  input: ["plan", "errors", "domain-xml", "xl-cfg"],
  import: ["domain-xml", "plan", "provider/table", "guest-os", "report", "errors", "version"],
  cli: [
    "input",
    "import",
    "report",
    "validation",
    "rules",
    "rule",
    "plan",
    "host-facts",
    "guest-os",
    "errors",
    "version",
    "domain-xml",
    "xl-cfg",
    "topology",
  ],
  errors: ["rule", "plan"],
  xml: [],
  "domain-xml": ["xml", "provider/table", "plan", "errors"],
  "xl-cfg": ["errors", "plan"],
  "rule-pack": ["rule", "plan"],
  testing: ["plan", "rule", "rules", "validation", "report"],
};

/** Loaded where the engine is installed, when it is needed. */
const LOADED_LATER: ReadonlySet<string> = new Set(["import/trial"]);

interface Import {
  readonly from: string;
  /** Path below lib, or the name of a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const FILES = readdirSync(LIB, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replace(/\.ts$/, ""));

const imports: Import[] = FILES.flatMap((from) => {
  const file = join(LIB, `${from}.ts`);
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^;]*?from "([^"]+)";/gms)].map((match) => {
    const target = match[2]!;
    const inline = /^(?:import|export)\s*\{([^}]*)\}/.exec(match[0])?.[1];
    const names = inline?.split(",").filter((name) => name.trim() !== "");
    return {
      from,
      to: target.startsWith(".") ? relative(LIB, join(dirname(file), target)) : target,
      typeOnly: match[1] !== undefined || (names?.every((name) => name.trim().startsWith("type ")) ?? false),
    };
  });
});

describe("the layers of lib", () => {
  it.each(Object.keys(ALLOWED))("%s imports only what lies below it", (layer) => {
    const allowed = [layer, ...ALLOWED[layer]!];
    const wrong = imports
      .filter(({ from, typeOnly }) => within(from, layer) && !typeOnly && !LOADED_LATER.has(from))
      .filter(({ to }) => !isPackage(to) && !allowed.some((each) => within(to, each)))
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it("has one file that imports the engine", () => {
    const importers = imports
      .filter(({ to }) => to === "cdktf" || to.startsWith("cdktf/"))
      .map(({ from }) => from);
    expect([...new Set(importers)]).toEqual(["engine"]);
  });

  it("loads neither the engine nor constructs for the plan, the rules, their verdict and the report", () => {
    const modules = [
      "plan/build",
      "plan/construct-reader",
      "rules/registry.generated",
      "validation/validate",
      "report/formats",
      "report/write",
      "testing/index",
    ];
    expect(loadedBy(modules, "cdktf|constructs|zod|yaml|fast-xml-parser")).toEqual([]);
  });

  it("loads no engine for the command line", () => {
    const commands = FILES.filter((file) => within(file, "cli"));
    expect(commands).toContain("cli/commands/check");
    expect(loadedBy(commands, "cdktf|cdktn|constructs")).toEqual([]);
  });
});

/** Files of these packages that are loaded together with modules of lib. */
function loadedBy(modules: readonly string[], packages: string): unknown {
  const program = `${modules.map((each) => `require(${JSON.stringify(join(LIB, each))});`).join("")}
    process.stdout.write(JSON.stringify(Object.keys(require.cache).filter((file) => /node_modules.(${packages})./.test(file)).slice(0, 3)));`;
  const loaded = execFileSync(process.execPath, ["--import", "tsx", "-e", program], {
    cwd: join(LIB, ".."),
    encoding: "utf8",
  });
  return JSON.parse(loaded);
}

function within(path: string, layer: string): boolean {
  return path === layer || path.startsWith(`${layer}/`);
}

function isPackage(target: string): boolean {
  return !FILES.some((file) => within(file, target));
}
