import type { RawPlan } from "./build";
import { withInstances } from "./for-each";
import type { RawProvider } from "./host";
import { isObject, type Json } from "./json";
import { isLate } from "./late";
import { domainsIn, lifeCycleOf, type Removal, undefinesByVirsh } from "./life-cycle";
import { crossUnitExpression } from "./references";
import type { RawResource } from "./resource";

/** A root module in Terraform's JSON: a stack that the engine wrote, or a folder of `*.tf.json`. */
export interface TerraformJson {
  /** The stack's path, or what stands for it. */
  readonly unit: string;
  /** The contents of its files, override files last. */
  readonly documents: readonly Json[];
}

/** Reads every libvirt resource and provider of root modules that may refer to each other. */
export function readTerraformJson(modules: readonly TerraformJson[]): RawPlan {
  const parts = modules.map((module) => new ModuleReader(module));
  const outputs = new Map(parts.flatMap((part) => part.outputs()));
  return {
    providers: parts.flatMap((part) => part.providers()),
    resources: parts.flatMap((part) => part.resources(outputs)),
    removals: parts.flatMap((part) => part.removals()),
  };
}

/** The stack's path as the engine wrote it into the document. */
export function stackNameOf(document: Json): string | undefined {
  const name = metadataOf(document).stackName;
  return typeof name === "string" ? name : undefined;
}

/** What an output of a stack is, as another stack reads it from its state. */
type Outputs = ReadonlyMap<string, string>;

const REMOTE_OUTPUT =
  /\$\{data\.terraform_remote_state\.cross-stack-reference-input-([^.}]+)\.outputs\.([^.}]+)\}/g;
const WHOLE_REFERENCE = /^\$\{([^{}]+)\}$/;

class ModuleReader {
  private readonly unit: string;
  private readonly documents: readonly Json[];
  /** What the module calls the provider: `libvirt`, unless it says otherwise. */
  private readonly localNames: ReadonlySet<string>;

  constructor({ unit, documents }: TerraformJson) {
    this.unit = unit;
    this.documents = documents;
    this.localNames = new Set(["libvirt", ...documents.flatMap(localNamesOf)]);
  }

  providers(): RawProvider[] {
    return this.blocks("provider").flatMap((byName) =>
      Object.entries(byName)
        .filter(([name]) => this.localNames.has(name))
        .flatMap(([, value]) => objects(value).map((attributes) => this.provider(attributes))),
    );
  }

  resources(outputs: Outputs): RawResource[] {
    const merged = new Map<string, RawResource>();
    for (const byType of this.blocks("resource")) {
      for (const [type, ofType] of Object.entries(byType)) {
        if (!type.startsWith("libvirt_")) continue;
        for (const [name, value] of objects(ofType).flatMap(Object.entries)) {
          const block: Json = Object.assign({}, ...objects(value));
          const address = `${type}.${name}`;
          const before = merged.get(address)?.attributes;
          const attributes = followOutputs({ ...before, ...block }, outputs) as Json;
          merged.set(address, this.resource(type, name, attributes));
        }
      }
    }
    return [...merged.values()];
  }

  /** What provisioners of other resources remove. */
  removals(): Removal[] {
    const blocks = this.blocks("resource")
      .flatMap(Object.values)
      .flatMap(objects)
      .flatMap(Object.values)
      .filter((block) => isObject(block) && "provisioner" in block);
    return blocks.flatMap((block) => {
      const text = JSON.stringify(block);
      return undefinesByVirsh(text) ? domainsIn(text).map((address) => ({ unit: this.unit, address })) : [];
    });
  }

  outputs(): [string, string][] {
    return this.blocks("output").flatMap((byName) =>
      Object.entries(byName).flatMap(([name, value]): [string, string][] => {
        const text = objects(value)[0]?.value;
        const reference = typeof text === "string" ? WHOLE_REFERENCE.exec(text)?.[1] : undefined;
        if (reference === undefined) return [];
        return [[outputKey(this.unit, name), crossUnitExpression(this.unit, reference)]];
      }),
    );
  }

  private blocks(kind: string): Json[] {
    return this.documents.flatMap((document) => objects(document[kind]));
  }

  private provider(attributes: Json): RawProvider {
    const { alias, uri } = attributes;
    return {
      ...placeOf(attributes, typeof alias === "string" ? alias : "libvirt"),
      unit: this.unit,
      ...(typeof alias === "string" && { alias }),
      ...(typeof uri === "string" && !isLate(uri) && { uri }),
    };
  }

  private resource(type: string, name: string, attributes: Json): RawResource {
    const [lifecycle] = objects(attributes.lifecycle);
    return {
      ...placeOf(attributes, name),
      ...{ type, name, unit: this.unit },
      address: `${type}.${name}`,
      attributes: withInstances(attributes),
      provider: this.providerOf(attributes),
      lifeCycle: lifeCycleOf(
        lifecycle?.replace_triggered_by,
        lifecycle?.ignore_changes,
        attributes.depends_on,
      ),
    };
  }

  private providerOf({ provider }: Json): string | undefined {
    if (typeof provider !== "string") return undefined;
    const [local = "", ...alias] = (WHOLE_REFERENCE.exec(provider)?.[1] ?? provider).split(".");
    return [this.localNames.has(local) ? "libvirt" : local, ...alias].join(".");
  }
}

function localNamesOf(document: Json): string[] {
  return objects(document.terraform)
    .flatMap((block) => objects(block.required_providers))
    .flatMap(Object.entries)
    .filter(([, value]) => /(^|\/)dmacvicar\/libvirt$/i.test(String((value as Json | null)?.source)))
    .map(([name]) => name);
}

/** The engine hands a value to another stack through an output; what the output stands for is in the plan. */
function followOutputs(value: unknown, outputs: Outputs): unknown {
  if (typeof value === "string") {
    if (!value.includes("cross-stack-reference-input-")) return value;
    return value.replace(REMOTE_OUTPUT, (whole, stack, name) => outputs.get(outputKey(stack, name)) ?? whole);
  }
  if (Array.isArray(value)) return value.map((each) => followOutputs(each, outputs));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, followOutputs(each, outputs)]));
}

function outputKey(stack: string, name: string): string {
  return `${stack}\n${name}`;
}

/** The construct that the user made: one level up where the library made a child of fixed id for it. */
function placeOf(attributes: Json, name: string): { label: string; constructPath?: string } {
  const { path } = metadataOf(attributes);
  if (typeof path !== "string" || path === "") return { label: name };
  const constructPath = path.replace(/(?<=.)\/Resource$/, "");
  return { label: constructPath.slice(constructPath.lastIndexOf("/") + 1), constructPath };
}

function metadataOf(object: Json): Json {
  return objects(objects(object["//"])[0]?.metadata)[0] ?? {};
}

/** In Terraform's JSON a block may be an object, or a list of them. */
function objects(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objects);
  return typeof value === "object" && value !== null ? [value as Json] : [];
}
