import { basename, resolve } from "node:path";
import type { Readable } from "node:stream";
import { xmlResources } from "../domain-xml";
import { joinPlans, type RawPlan } from "../plan/build";
import { parseJson, readDocument } from "./document";
import { readFolder } from "./folder";
import { InputError } from "./input-error";
import { isXl } from "./is-xl";
import { isFolder, readText, unknown } from "./read-text";
import { xlDocuments } from "./xl";
import { type OnSkip, readXmlPlan } from "./xml";

/** What stands for standard input. */
export const STDIN = "-";

export interface InputOptions {
  /** Standard input, which the path `-` means. */
  readonly stdin: Readable;
  /** Told of each path before it is read. @default - nobody is told */
  readonly onRead?: (path: string) => void;
  /** Told of each file of a folder that is left out, and of settings of xl that are. @default - nobody is told */
  readonly onSkip?: OnSkip;
}

/**
 * Reads everything that is given into one plan: hosts are told apart across all of it.
 *
 * @throws InputError when a path cannot be read, is nothing that is known, or holds no libvirt resource.
 */
export async function readInputs(
  paths: readonly string[],
  { stdin, onRead, onSkip }: InputOptions,
): Promise<RawPlan> {
  const units = new Units(paths);
  const parts: RawPlan[] = [];
  for (const path of new Set(paths)) {
    onRead?.(path);
    const part = await readInput(path, units.of(path), stdin, onSkip);
    if (part.resources.length === 0)
      throw new InputError(`${nameOf(path)} has no libvirt resource: there is nothing in it to check`);
    parts.push(units.distinct(part, path));
  }
  return joinPlans(parts);
}

async function readInput(path: string, unit: string, stdin: Readable, onSkip?: OnSkip): Promise<RawPlan> {
  if (path !== STDIN && isFolder(path)) return readFolder(path, onSkip);
  const name = nameOf(path);
  const text = path === STDIN ? await readText(name, stdin) : await readText(path);
  if (text.trimStart().startsWith("<")) {
    return pointing(path, readXmlPlan([{ file: name, text }], unit));
  }
  // In the first line of other files stands a [section].
  if (/^(?:\{|\[(?![a-z_][\w.-]*\]))/i.test(text.replace(/^\uFEFF/, "").trimStart())) {
    return readDocument(name, parseJson(name, text), unit);
  }
  if (isXl(name, text)) {
    const documents = xlDocuments([{ file: name, text }], onSkip);
    return pointing(path, { providers: [], resources: xmlResources(documents, unit) });
  }
  throw unknown(name);
}

/** A pipe has no lines to point at. */
function pointing(path: string, plan: RawPlan): RawPlan {
  return path === STDIN ? { ...plan, resources: plan.resources.map(({ source, ...rest }) => rest) } : plan;
}

function nameOf(path: string): string {
  return path === STDIN ? "standard input" : path;
}

/** Names for what comes from one path: that of its file, which is the same on every machine, as far as that tells it apart. */
class Units {
  private readonly taken = new Set<string>();

  constructor(private readonly paths: readonly string[]) {}

  of(path: string): string {
    if (path === STDIN) return "stdin";
    const name = basename(resolve(path));
    const alike = this.paths.filter((each) => each !== STDIN && basename(resolve(each)) === name);
    return new Set(alike).size > 1 ? path : name;
  }

  /** Two projects may have stacks of one name. */
  distinct(part: RawPlan, path: string): RawPlan {
    const units = new Set([...part.providers, ...part.resources].map(({ unit }) => unit));
    const clash = [...units].some((unit) => this.taken.has(unit));
    const rename = <T extends { readonly unit: string }>(each: T): T => ({
      ...each,
      unit: `${path}: ${each.unit}`,
    });
    for (const unit of units) this.taken.add(clash ? `${path}: ${unit}` : unit);
    if (!clash) return part;
    return {
      providers: part.providers.map(rename),
      resources: part.resources.map(rename),
      removals: part.removals?.map(rename),
    };
  }
}
