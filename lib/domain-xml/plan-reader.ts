import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { VirtConstructsError } from "../errors";
import type { RawPlan } from "../plan/build";
import type { HostIntent } from "../plan/intent";
import type { RawResource } from "../plan/resource";
import { type ObjectType, resourceType } from "../provider/table";
import { MAX_MEBIBYTES, type XmlLimits } from "../xml/parse";
import { asDefined } from "./as-defined";
import { type PlacedDocument, readXmlDocuments, type XmlSource } from "./documents";
import type { LostValue } from "./lost";
import type { XmlDocument } from "./reader";

/** The host that the documents of one plan are of. */
export interface XmlPlanHost extends Omit<HostIntent, "hypervisor"> {
  /** @default - as the domains say */
  readonly hypervisor?: HostIntent["hypervisor"];
  /** The connection that they come from: `qemu+ssh://kvm1/system`. */
  readonly uri?: string;
}

/** A plan read from XML. */
export interface XmlPlan {
  readonly raw: RawPlan;
  /** What the provider has no attribute for, by document. */
  readonly lost: readonly (LostValue & { readonly file: string })[];
  /** Documents that are not part of the plan, and why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Reads the domains, networks, pools and volumes in the `.xml` files of a folder, which are those of one host.
 *
 * Files that hold something else (capabilities, snapshots) are skipped and named.
 *
 * @throws VirtConstructsError when the folder cannot be read, or holds no such document.
 */
export function readXmlFolder(folder: string, host: XmlPlanHost, limits?: XmlLimits): XmlPlan {
  const files = xmlFiles(folder).map((file) => readSource(file, limits));
  const unread = files.filter((each) => "reason" in each);
  const read = readXmlPlan(
    files.filter((each) => "text" in each),
    host,
    limits,
  );
  const plan = { ...read, skipped: [...unread, ...read.skipped] };
  if (plan.raw.resources.length === 0) {
    throw new VirtConstructsError(
      `${folder} holds no XML of a domain, network, pool or volume; write them with virsh dumpxml --inactive NAME > NAME.xml`,
    );
  }
  return plan;
}

function xmlFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".xml"))
      .sort()
      .map((name) => resolve(folder, name))
      .filter((file) => statSync(file).isFile());
  } catch (error) {
    throw new VirtConstructsError(`cannot read ${folder}: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function readSource(
  file: string,
  { maxMebibytes = MAX_MEBIBYTES }: XmlLimits = {},
): XmlSource | { readonly file: string; readonly reason: string } {
  // What is too long to be parsed is not read either.
  if (statSync(file).size > maxMebibytes * 2 ** 20)
    return { file, reason: `the XML document has more than ${maxMebibytes} MiB` };
  try {
    return { file, text: new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    return { file, reason: "the XML document is not UTF-8 text" };
  }
}

/** The same of documents at hand. Two of one UUID are one machine, of which the first counts. */
export function readXmlPlan(sources: readonly XmlSource[], host: XmlPlanHost, limits?: XmlLimits): XmlPlan {
  const { documents: read, skipped } = readXmlDocuments(sources, limits);
  return {
    raw: {
      providers: [
        {
          label: host.name,
          unit: host.name,
          alias: ALIAS,
          uri: host.uri,
          intent: { ...host, hypervisor: host.hypervisor ?? hypervisorOf(read) },
        },
      ],
      resources: xmlResources(read, host.name).map((resource) => ({
        ...resource,
        provider: `libvirt.${ALIAS}`,
      })),
    },
    lost: read.flatMap(({ file, lost }) => lost.map((value) => ({ ...value, file }))),
    skipped,
  };
}

const ALIAS = "host";

function hypervisorOf(documents: readonly XmlDocument[]): HostIntent["hypervisor"] {
  return documents.some(({ kind, config }) => kind === "domain" && config.type === "xen") ? "xen" : "kvm";
}

/** The resources that documents of one host would be, in the provider's own spelling, as readers of plans deliver them. */
export function xmlResources(documents: readonly PlacedDocument[], unit: string): RawResource[] {
  const names = new Set<string>();
  const pools = new Map(
    documents
      .filter(({ kind }) => kind === "pool")
      .map(({ config }) => [(config.target as { path?: string } | undefined)?.path, config.name]),
  );
  return documents.map((document) => {
    const type = `libvirt_${document.kind}`;
    const label = String(document.config.name ?? document.file);
    const attributes = planAttributes(document);
    if (document.kind === "volume") attributes.pool ??= pools.get(folderOf(document));
    return {
      type,
      name: uniqueName(label, type, names),
      unit,
      label,
      attributes,
      existing: { uuid: document.readOnly.uuid as string | undefined },
      source: { file: document.file, line: 1 },
    };
  });
}

/**
 * What a document asks for, in the provider's own spelling, as readers of plans deliver it: without what libvirt adds
 * to a running domain, and with no text that would be taken for an expression.
 */
export function planAttributes({ kind, config, readOnly }: XmlDocument): Record<string, unknown> {
  // Only a running domain has an id.
  const asked = kind === "domain" && "id" in readOnly ? asDefined(config) : config;
  return toAttributes(resourceType(`libvirt_${kind}`)!, asked);
}

/** The folder of a volume, which is its pool's. */
function folderOf({ readOnly }: XmlDocument): string | undefined {
  const path = (readOnly.target as { path?: string } | undefined)?.path;
  return path === undefined ? undefined : dirname(path);
}

function uniqueName(label: string, type: string, names: Set<string>): string {
  const base = label.replace(/\W/g, "_").replace(/^(?=\d)/, "_") || "_";
  let name = base;
  for (let count = 2; names.has(`${type}.${name}`); count++) name = `${base}_${count}`;
  names.add(`${type}.${name}`);
  return name;
}

/** A configuration in the provider's own spelling, in which what looks like an expression is none. */
function toAttributes(type: ObjectType, config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      const { name, type: attribute } = type.byKey(key)!;
      if (attribute.kind === "object")
        return [name, toAttributes(attribute.object, value as Record<string, unknown>)];
      if (attribute.kind === "objectList") {
        return [
          name,
          (value as Record<string, unknown>[]).map((item) => toAttributes(attribute.object, item)),
        ];
      }
      return [name, Array.isArray(value) ? value.map(escapeExpression) : escapeExpression(value)];
    }),
  );
}

function escapeExpression(value: unknown): unknown {
  return typeof value === "string" ? value.replace(/([$%])(?=\{)/g, "$1$1") : value;
}
