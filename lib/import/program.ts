import type { XmlKind } from "../domain-xml";
import { type Adjustment, adjustment } from "./adjust";
import { BINDINGS, bindingOf, literal, withReferences } from "./bindings";
import { type Code, call, create, namesInStatement, object, path, type Statement } from "./code";
import { proposeGuest } from "./constructs/guests";
import { proposeNetwork, proposePool, proposeVolume } from "./constructs/others";
import { NoConstruct, type Places, type Proposal, type Propose } from "./constructs/proposal";
import { differences, forProgram, withoutDefaults } from "./defaults";
import { type Block, IMPORTED_NAMES, type Section, sourceFiles } from "./files";
import { hostStatement } from "./host";
import { Names } from "./names";
import { keyOf, type Made, ProgramPlaces } from "./places";
import { printStatement } from "./print";
import { projectFiles } from "./project";
import { reportOf } from "./report";
import type { ImportedAs, ImportedHost, ImportedResource } from "./resource";
import { withoutSecrets } from "./secrets";
import type { Candidate, Tried } from "./trial";

type Config = Readonly<Record<string, unknown>>;

/** A program of constructs, and what became of what. */
export interface ImportedProgram {
  /** The texts of its files by their names: `main.ts`, `package.json`, … */
  readonly files: ReadonlyMap<string, string>;
  /** Every resource, in the order in which they were given. */
  readonly resources: readonly ImportedAs[];
  /** Whether constructs could be tried; without the engine all is written in the provider's own words. */
  readonly tried: boolean;
}

/**
 * Writes a program of constructs that describes what is given.
 *
 * A resource becomes a construct where that, run in memory, gives its XML back, and is written in the provider's own
 * words elsewhere. What exists (`importId`) Terraform takes over at the first apply and leaves as it is; anything else
 * it makes. Defaults of libvirt are left out, passwords are never written.
 *
 * @param resources of one host
 */
export function programOf(resources: readonly ImportedResource[], host: ImportedHost): ImportedProgram {
  const writer = new ProgramWriter(host, resources);
  const results = new Map<ImportedResource, ImportedAs>();
  for (const kind of ORDER) {
    const ofKind = resources.filter((resource) => resource.kind === kind);
    for (const [resource, result] of writer.write(kind, ofKind)) results.set(resource, result);
  }
  const written = resources.map((resource) => results.get(resource)!);
  const files = new Map([
    ...projectFiles(host.name),
    ...sourceFiles(writer.program(), writer.stackId),
    ["IMPORT.md", reportOf(written, host)],
  ]);
  return { files, resources: written, tried: writer.trial !== undefined };
}

/** What others refer to comes first. */
const ORDER: readonly XmlKind[] = ["pool", "volume", "network", "domain"];

/** What people call by its name comes first. */
const NAMED: readonly XmlKind[] = ["domain", "network", "pool", "volume"];

/** The provider imports no volumes: what exists is used by its name. */
function isUsed({ exists, importId }: ImportedResource): boolean {
  return exists === true && importId === undefined;
}

interface Kind {
  readonly section: Section;
  readonly noun: string;
  readonly propose: Propose;
  /** What a construct calls its name on the host. */
  readonly nameOfConstruct: string;
}

const KINDS: Readonly<Record<XmlKind, Kind>> = {
  pool: { section: "storage", noun: "pool", propose: proposePool, nameOfConstruct: "poolName" },
  volume: { section: "storage", noun: "volume", propose: proposeVolume, nameOfConstruct: "volumeName" },
  network: { section: "networks", noun: "network", propose: proposeNetwork, nameOfConstruct: "networkName" },
  domain: { section: "guests", noun: "guest", propose: proposeGuest, nameOfConstruct: "guestName" },
};

/** A resource on its way into a program. */
interface Draft {
  readonly given: ImportedResource;
  readonly resource: ImportedResource;
  readonly name: string;
  readonly variable: string;
  readonly id: string;
  /** Its configuration without defaults. */
  readonly wanted: Config;
  readonly proposal?: Proposal;
  /** Why there is no proposal. */
  readonly none?: string;
  readonly statements: readonly Statement[];
}

class ProgramWriter {
  /** Undefined where the engine is not installed. */
  readonly trial = loadTrial();
  readonly stackId: string;
  private readonly blocks: Block[] = [];
  private readonly variables = new Names(IMPORTED_NAMES);
  private readonly ids = new Names();
  private readonly names = new Map<ImportedResource, { readonly id: string; readonly variable: string }>();
  private readonly made = new Map<string, Made>();
  private readonly host: string;
  private readonly places: Places;

  constructor(host: ImportedHost, resources: readonly ImportedResource[]) {
    this.stackId = new Names().id(host.name, "host");
    this.host = this.variables.variable(host.name, "host");
    const id = this.ids.id(host.name, "host");
    const arch = archOf(resources);
    this.blocks.push({ section: "host", statements: [hostStatement(host, arch, this.host, id)] });
    for (const kind of NAMED) {
      for (const resource of resources)
        if (resource.kind === kind && !isUsed(resource)) this.nameFor(resource);
    }
    this.places = new ProgramPlaces(this.host, arch, host.hypervisor, this.made, resources);
  }

  write(kind: XmlKind, resources: readonly ImportedResource[]): [ImportedResource, ImportedAs][] {
    const drafts = resources.map((resource) => this.draft(resource));
    const candidates = drafts.filter((draft) => draft.proposal !== undefined && !isUsed(draft.given));
    const tried = this.try(candidates);
    const again = candidates.flatMap((draft) => this.adjusted(draft, tried.get(draft)) ?? []);
    const triedAgain = this.try(again.map(({ draft }) => draft));
    return drafts.map((draft) => {
      if (isUsed(draft.given)) return [draft.given, { ...shown(draft), differs: [], set: [] }];
      const adjusted = again.find((each) => each.draft.given === draft.given);
      const outcome = adjusted ? triedAgain.get(adjusted.draft) : tried.get(draft);
      const differs = this.differs(draft, outcome);
      if (differs === undefined)
        return [draft.given, this.construct(adjusted?.draft ?? draft, adjusted?.set ?? [])];
      return [draft.given, this.binding(draft, kind, differs)];
    });
  }

  /** The program, in which only what is referred to has a name. */
  program(): Block[] {
    const used = new Set(
      this.blocks.flatMap(({ statements }) => statements.flatMap((each) => [...namesInStatement(each)])),
    );
    const unnamed = (statement: Statement): Statement =>
      statement.kind === "const" && !used.has(statement.name)
        ? { kind: "do", value: statement.value }
        : statement;
    return this.blocks.map((block) => ({ ...block, statements: block.statements.map(unnamed) }));
  }

  private nameFor(resource: ImportedResource): void {
    const { kind, config, from } = resource;
    const { noun } = KINDS[kind];
    const name = String(config.name ?? from);
    const id = this.ids.id(kind === "volume" ? name.replace(/\.(qcow2|raw|img)$/, "") : name, noun);
    this.names.set(resource, { id, variable: this.variables.variable(id, noun) });
  }

  private draft(given: ImportedResource): Draft {
    const { kind } = given;
    const { propose } = KINDS[kind];
    const { config, taken } = withoutSecrets(given.config);
    const resource = { ...given, config, lost: [...(given.lost ?? []), ...taken] };
    const name = String(config.name ?? given.from);
    const { id, variable } = this.names.get(given) ?? { id: name, variable: name };
    const wanted = withoutDefaults(kind, this.trial?.asXml(kind, config) ?? config);
    const draft = { given, resource, name, id, variable, wanted };
    const proposal = this.trial && propose(resource, wanted, this.places);
    if (proposal === undefined || proposal instanceof NoConstruct)
      return { ...draft, statements: [], none: proposal?.reason };
    return { ...draft, proposal, statements: this.statementsOf(draft, proposal) };
  }

  private statementsOf(
    draft: Omit<Draft, "statements" | "proposal">,
    { construct, props, calls = [] }: Proposal,
  ): Statement[] {
    const { name, id, variable } = draft;
    const isVolume = draft.resource.kind === "volume";
    const given = literal(props) as Config;
    const standard = isVolume ? `${id}.${props.format ?? "qcow2"}` : id;
    const identity = {
      ...(!isVolume && { host: path(this.host) }),
      name: name === standard ? undefined : literal(name),
    };
    return [
      {
        kind: "const",
        name: variable,
        value: create(construct, path("stack"), id, object({ ...identity, ...given })),
      },
      ...calls.map(
        ({ method, args }): Statement => ({
          kind: "do",
          value: call(`${variable}.${method}`, ...(literal(args) as unknown[])),
        }),
      ),
    ];
  }

  private try(drafts: readonly Draft[]): Map<Draft, Tried> {
    if (this.trial === undefined || drafts.length === 0) return new Map();
    const before = this.blocks
      .flatMap(({ statements }) => statements)
      .filter((each) => !namesInStatement(each).has("adopt"));
    const candidates = drafts.map(
      ({ resource, id, statements }): Candidate => ({ kind: resource.kind, id, statements }),
    );
    const tried = this.trial.tryOut(before, candidates);
    return new Map(drafts.map((draft, index) => [draft, tried[index]!]));
  }

  /** A resource that is nearly one of its construct: with what is to be set beside its props. */
  private adjusted(
    draft: Draft,
    tried: Tried | undefined,
  ): { draft: Draft; set: readonly string[] } | undefined {
    const { resource, wanted, variable, proposal } = draft;
    const { kind, config } = resource;
    if (tried === undefined || "refused" in tried || proposal === undefined) return undefined;
    const made = withoutDefaults(kind, tried.config);
    const own = path(`${variable}.${proposal.resource}`);
    const change: Adjustment | undefined = adjustment(kind, own, made, wanted, forProgram(kind, config));
    if (change === undefined || change.set.length === 0) return undefined;
    const statements = [...draft.statements, ...change.statements];
    if (lengthOf(statements) > MOST * lengthOf(this.bindingStatements(draft, kind))) return undefined;
    return { draft: { ...draft, statements }, set: change.set };
  }

  /** In what the construct is another; undefined where it is the same. */
  private differs(
    { resource, wanted, proposal, none }: Draft,
    outcome: Tried | undefined,
  ): string[] | undefined {
    if (proposal === undefined || outcome === undefined) return none === undefined ? [] : [none];
    if ("refused" in outcome) return [`${proposal.construct} refuses it: ${outcome.refused}`];
    const found = differences(wanted, withoutDefaults(resource.kind, outcome.config));
    return found.length === 0 ? undefined : found;
  }

  private construct(draft: Draft, set: readonly string[]): ImportedAs {
    const { resource, variable, proposal } = draft;
    const to = path(`${variable}.${proposal!.resource}`);
    this.add(draft, draft.statements, to, true);
    return { ...shown(draft), resource, construct: proposal!.construct, differs: [], set };
  }

  private binding(draft: Draft, kind: XmlKind, differs: readonly string[]): ImportedAs {
    this.add(draft, this.bindingStatements(draft, kind), path(draft.variable), false);
    return { ...shown(draft), construct: BINDINGS[kind], differs, set: [] };
  }

  private bindingStatements({ resource, variable, id }: Draft, kind: XmlKind): Statement[] {
    const config = withReferences({ kind, config: forProgram(kind, resource.config) }, (of, name, pool) =>
      this.nameOf(of, name, pool),
    );
    return [{ kind: "const", name: variable, value: bindingOf(resource, config, id, this.host) }];
  }

  /** The name of a resource of the program, as a reference. */
  private nameOf(kind: XmlKind, name: string, pool?: string): Code | undefined {
    const made = this.made.get(keyOf(kind, name, pool));
    return made && path(`${made.variable}.${made.isConstruct ? KINDS[kind].nameOfConstruct : "name"}`);
  }

  private add(
    { resource, name, variable }: Draft,
    statements: readonly Statement[],
    to: Code,
    isConstruct: boolean,
  ): void {
    const { kind, importId, config } = resource;
    const adopt: Statement[] =
      importId === undefined ? [] : [{ kind: "do", value: call("adopt", to, importId) }];
    this.blocks.push({ section: KINDS[kind].section, statements: [...statements, ...adopt] });
    const pool = kind === "volume" ? String(config.pool) : undefined;
    this.made.set(keyOf(kind, name, pool), { variable, isConstruct });
  }
}

/** The longest that a construct with what is set beside it may be, in parts of what the provider's own words take. */
const MOST = 0.8;

function lengthOf(statements: readonly Statement[]): number {
  return statements.reduce((length, statement) => length + printStatement(statement).split("\n").length, 0);
}

function shown({ resource, name }: Draft): Pick<ImportedAs, "resource" | "name"> {
  return { resource, name };
}

/** The architecture of most guests that use the host's CPU. */
function archOf(resources: readonly ImportedResource[]): string {
  const counts = new Map<string, number>();
  for (const { kind, config } of resources) {
    const arch = (config.os as Config | undefined)?.typeArch;
    if (kind !== "domain" || typeof arch !== "string" || config.type === "qemu") continue;
    counts.set(arch, (counts.get(arch) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? "x86_64";
}

/** Running constructs needs the engine, which who imports need not have installed. */
function loadTrial(): typeof import("./trial") | undefined {
  try {
    return require("./trial") as typeof import("./trial");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}
