import { namesInStatement, type Statement } from "./code";
import { comment, printStatement, text } from "./print";

/** Lines that belong together, under the heading of their part of a program. */
export interface Block {
  readonly section: Section;
  readonly statements: readonly Statement[];
  readonly comment?: string;
}

export type Section = "host" | "storage" | "networks" | "guests";

const SECTIONS: readonly Section[] = ["host", "storage", "networks", "guests"];
const HEADINGS: Readonly<Record<Section, string>> = {
  host: "The host",
  storage: "Storage",
  networks: "Networks",
  guests: "Guests",
};

/** A program of more lines becomes a file for each part of it. */
const ONE_FILE = 400;

const PACKAGES: readonly (readonly [string, readonly string[]])[] = [
  ["cdktf", ["App", "TerraformStack"]],
  [
    "virt-constructs",
    [
      ...[
        "BridgedNetwork",
        "Connection",
        "Cpu",
        "Disk",
        "Firmware",
        "Gate",
        "Graphics",
        "GuestOs",
        "HostDevice",
      ],
      ...[
        "IsolatedNetwork",
        "KvmGuest",
        "KvmHost",
        "Memory",
        "NatNetwork",
        "Nic",
        "RoutedNetwork",
        "StoragePool",
      ],
      ...["VirtualNetwork", "Volume", "XenBoot", "XenHost", "XenHvmGuest", "XenPvGuest", "XenPvhGuest"],
    ],
  ],
  ["virt-constructs/provider", ["Domain", "Network", "Pool", "VolumeResource"]],
];
const ALIASES: Readonly<Record<string, string>> = { VolumeResource: "Volume as VolumeResource" };

/** The names that no variable of a program can have. */
export const IMPORTED_NAMES: readonly string[] = PACKAGES.flatMap(([, names]) => names);

/** The TypeScript files of a program. */
export function sourceFiles(blocks: readonly Block[], stack: string): Map<string, string> {
  const bySection = SECTIONS.map((section) => ({
    section,
    blocks: blocks.filter((block) => block.section === section),
  })).filter((each) => each.blocks.length > 0);
  const adopts = blocks.some(({ statements }) =>
    statements.some((each) => namesInStatement(each).has("adopt")),
  );
  const bodies = bySection.map(({ section, blocks }) => ({ section, blocks, text: bodyOf(blocks, "") }));
  const length = bodies.reduce((lines, body) => lines + body.text.split("\n").length, 0);
  return length <= ONE_FILE ? oneFile(bodies, stack, adopts) : fileForEach(bodies, stack, adopts);
}

interface Body {
  readonly section: Section;
  readonly blocks: readonly Block[];
  readonly text: string;
}

function oneFile(bodies: readonly Body[], stack: string, adopts: boolean): Map<string, string> {
  const parts = bodies.map(({ section, text }) =>
    section === "host" ? text : `${comment(HEADINGS[section])}\n\n${text}`,
  );
  const used = new Set(bodies.flatMap(({ blocks }) => namesOf(blocks)));
  const main = [
    importsOf(used, new Set(["App", "TerraformStack"])) +
      (adopts ? 'import { adopt } from "./adopt";\n' : ""),
    `const app = new App();\n${stackLine(stack)}\n`,
    ...parts,
    "app.synth();\n",
  ].join("\n");
  return new Map([["main.ts", main], ...(adopts ? [["adopt.ts", ADOPT] as const] : [])]);
}

/** Every part imports what it uses of those before it. */
function fileForEach(bodies: readonly Body[], stack: string, adopts: boolean): Map<string, string> {
  const files = new Map<string, string>();
  const definedIn = new Map([
    ["app", "host"],
    ["stack", "host"],
    ["adopt", "adopt"],
  ]);
  for (const { section, blocks } of bodies) {
    const used = new Set(namesOf(blocks));
    const own = blocks.flatMap(({ statements }) =>
      statements.flatMap((each) => (each.kind === "const" ? each.name : [])),
    );
    const isHost = section === "host";
    const foreign = isHost ? [] : [...definedIn].filter(([name]) => used.has(name) && !own.includes(name));
    const modules = [...new Set(foreign.map(([, module]) => module))].sort();
    const imports = modules.map((module) => {
      const names = foreign.filter(([, each]) => each === module).map(([name]) => name);
      return `${importLine(names, `./${module}`)}\n`;
    });
    const opening = isHost ? `export const app = new App();\nexport ${stackLine(stack)}\n\n` : "";
    const extra = new Set(isHost ? ["App", "TerraformStack"] : []);
    files.set(
      `${section}.ts`,
      `${importsOf(used, extra)}${imports.join("")}\n${opening}${bodyOf(blocks, "export ")}`,
    );
    for (const name of own) definedIn.set(name, section);
  }
  const parts = bodies.map(({ section }) => section).filter((section) => section !== "host");
  files.set(
    "main.ts",
    `import { app } from "./host";\n${parts.map((part) => `import "./${part}";\n`).join("")}\napp.synth();\n`,
  );
  if (adopts) files.set("adopt.ts", ADOPT);
  return files;
}

function stackLine(stack: string): string {
  return `const stack = new TerraformStack(app, ${text(stack)});`;
}

function bodyOf(blocks: readonly Block[], prefix: string): string {
  return blocks
    .map((block) => {
      const head = block.comment === undefined ? "" : `${comment(block.comment)}\n`;
      return `${head}${block.statements.map((each) => `${printStatement(each, prefix)}\n`).join("")}`;
    })
    .join("\n");
}

function namesOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap(({ statements }) => statements.flatMap((each) => [...namesInStatement(each)]));
}

function importsOf(used: ReadonlySet<string>, also: ReadonlySet<string>): string {
  return PACKAGES.map(([module, names]) => {
    const needed = names.filter((name) => used.has(name) || also.has(name));
    return needed.length === 0 ? "" : `${importLine(needed, module)}\n`;
  }).join("");
}

function importLine(names: readonly string[], module: string): string {
  const all = names.map((name) => ALIASES[name] ?? name);
  const line = `import { ${all.join(", ")} } from "${module}";`;
  return line.length <= 80
    ? line
    : `import {\n${all.map((name) => `  ${name},\n`).join("")}} from "${module}";`;
}

/** The file of a program that says what happens to what exists. */
const ADOPT = `import type { TerraformResource } from "cdktf";

/**
 * Takes over what exists. The first apply imports it and changes nothing: the
 * provider reads back what libvirt adds of itself, and would take all of that
 * away again, switching a guest off to do so.
 *
 * Afterwards, guests and networks of virt-constructs are made anew when their
 * props change. Pools, and whatever is of virt-constructs/provider, stay as they
 * are, whatever changes here, until \`ignoreChanges\` is taken away from them.
 */
export function adopt(resource: TerraformResource, id: string): void {
  resource.importFrom(id);
  resource.lifecycle = { ...resource.lifecycle, ignoreChanges: "all" };
}
`;
