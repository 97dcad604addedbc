import { isObject } from "../../plan/json";
import type { Code } from "../code";
import type { ImportedResource } from "../resource";

export type Config = Readonly<Record<string, unknown>>;

/** A construct that may be what a resource is; whether it is, only trying tells. */
export interface Proposal {
  /** `KvmGuest` */
  readonly construct: string;
  /** Its props beside the host; plain data and code. */
  readonly props: Config;
  /** Where the construct keeps the provider's resource. */
  readonly resource: "domain" | "resource";
  /** Calls of the construct's methods that belong to it: `reserve`, with these arguments. */
  readonly calls?: readonly { readonly method: string; readonly args: readonly unknown[] }[];
}

/** What else is on the host, as code. */
export interface Places {
  /** The architecture that guests have unless they say otherwise. */
  readonly arch: string;
  network(name: string): Code;
  pool(name: string): Code;
  /** The volume of this name in a pool, if it is one of the program's own, or its path and format are known. */
  volume(pool: string, name: string, format: string): Code;
}

/** What a resource could be, or why no construct comes near. */
export type Propose = (resource: ImportedResource, config: Config, places: Places) => Proposal | NoConstruct;

/** The attribute that no construct has. */
export class NoConstruct {
  constructor(readonly reason: string) {}
}

export const objectOf = (value: unknown): Config => (isObject(value) ? value : {});
export const listOf = (value: unknown): readonly Config[] =>
  Array.isArray(value) ? (value as Config[]) : [];
/** A text that is there and not empty. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** Undefined where it says the same as leaving it out. */
export function unless<T>(value: T, standard: T): T | undefined {
  return value === standard ? undefined : value;
}
