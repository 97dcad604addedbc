import type { XmlKind } from "../domain-xml";
import { BINDINGS, bindingOf } from "./bindings";
import { type Code, call, member, path, type Statement } from "./code";
import { withoutDefaults } from "./defaults";
import { type Block, IMPORTED_NAMES, type Section, sourceFiles } from "./files";
import { hostStatement } from "./host";
import { Names } from "./names";
import { projectFiles } from "./project";
import { reportOf } from "./report";
import type { ImportedAs, ImportedHost, ImportedResource } from "./resource";
import { withoutSecrets } from "./secrets";

/** A program of constructs, and what became of what. */
export interface ImportedProgram {
  /** The texts of its files by their names: `main.ts`, `package.json`, … */
  readonly files: ReadonlyMap<string, string>;
  /** Every resource, in the order in which they were given. */
  readonly resources: readonly ImportedAs[];
}

/**
 * Writes a program of constructs that describes what is given.
 *
 * What exists (`importId`) Terraform takes over at the first apply and leaves as it is; anything else it makes. Defaults
 * of libvirt are left out, passwords are never written.
 *
 * @param resources of one host
 */
export function programOf(resources: readonly ImportedResource[], host: ImportedHost): ImportedProgram {
  const writer = new ProgramWriter(host);
  const inOrder = [...resources].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const written = new Map(inOrder.map((resource) => [resource, writer.write(resource)]));
  const results = resources.map((resource) => written.get(resource)!);
  const files = new Map([
    ...projectFiles(host.name),
    ...sourceFiles(writer.blocks, writer.stackId),
    ["IMPORT.md", reportOf(results, host)],
  ]);
  return { files, resources: results };
}

/** What others refer to comes first. */
const ORDER: readonly XmlKind[] = ["pool", "volume", "network", "domain"];
const SECTIONS: Readonly<Record<XmlKind, Section>> = {
  pool: "storage",
  volume: "storage",
  network: "networks",
  domain: "guests",
};
const NOUNS: Readonly<Record<XmlKind, string>> = {
  pool: "pool",
  volume: "volume",
  network: "network",
  domain: "guest",
};

class ProgramWriter {
  readonly blocks: Block[] = [];
  readonly stackId: string;
  private readonly variables = new Names(IMPORTED_NAMES);
  private readonly ids = new Names();
  private readonly host: string;

  constructor(host: ImportedHost) {
    this.stackId = new Names().id(host.name, "host");
    this.host = this.variables.variable(host.name, "host");
    const id = this.ids.id(host.name, "host");
    this.blocks.push({ section: "host", statements: [hostStatement(host, this.host, id)] });
  }

  write(given: ImportedResource): ImportedAs {
    const { config, taken } = withoutSecrets(given.config);
    const resource = { ...given, config, lost: [...(given.lost ?? []), ...taken] };
    const name = String(config.name ?? given.from);
    // The provider imports no volumes: what exists is used by its name.
    if (resource.exists && resource.importId === undefined) return { resource, name, differs: [], set: [] };
    return this.binding(resource, name);
  }

  private binding(resource: ImportedResource, name: string): ImportedAs {
    const { kind, config } = resource;
    const id = this.ids.id(name, NOUNS[kind]);
    const code = bindingOf(resource, withoutDefaults(kind, config), id, this.host);
    this.add(resource, name, code, []);
    return { resource, name, construct: BINDINGS[kind], differs: [], set: [] };
  }

  /** @param to what of the construct is the provider's resource */
  private add({ kind, importId }: ImportedResource, name: string, code: Code, to: readonly string[]): void {
    const statements: Statement[] = [];
    if (importId === undefined) statements.push({ kind: "do", value: code });
    else {
      const variable = this.variables.variable(name, NOUNS[kind]);
      const resource = to.reduce((of, each) => member(of, each), path(variable));
      statements.push({ kind: "const", name: variable, value: code });
      statements.push({ kind: "do", value: call("adopt", resource, importId) });
    }
    this.blocks.push({ section: SECTIONS[kind], statements });
  }
}
