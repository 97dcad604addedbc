import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { PlacedDocument, XmlSource } from "../domain-xml";
import { readXlDomain, XlCfgError, type XlDomain } from "../xl-cfg";
import { InputError, unreadable } from "./input-error";
import { isXl } from "./is-xl";
import { isFolder, readText } from "./read-text";
import type { OnSkip } from "./xml";

/**
 * The texts of an xl configuration, or of those in a folder.
 *
 * @param onSkip told of each `.cfg` that is of something else
 * @throws InputError when they cannot be read.
 */
export async function readXlSources(path: string, onSkip?: OnSkip): Promise<XmlSource[]> {
  if (!isFolder(path)) return [{ file: path, text: await readText(path) }];
  const sources: XmlSource[] = [];
  for (const file of filesIn(path)) {
    const text = await readText(file);
    if (isXl(file, text)) sources.push({ file, text });
    else onSkip?.(file, "it is no xl configuration of a guest");
  }
  return sources;
}

function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => /\.cfg$/i.test(entry.name) && !entry.isDirectory())
      .map(({ name }) => join(folder, name))
      .sort();
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** @throws InputError that names the file, the line and the column. */
function readXlFile({ file, text }: XmlSource): XlDomain {
  try {
    return readXlDomain(text);
  } catch (error) {
    if (!(error instanceof XlCfgError)) throw error;
    throw new InputError(`${file}, ${error.message}`);
  }
}

/**
 * Reads xl configurations as the domains that libvirt would be given, as if virsh had printed them.
 *
 * @param onSkip told of settings that libvirt has no place for
 * @throws InputError
 */
export function xlDocuments(sources: readonly XmlSource[], onSkip?: OnSkip): PlacedDocument[] {
  return sources.map((source) => documentOf(source, onSkip));
}

function documentOf(source: XmlSource, onSkip: OnSkip = () => {}): PlacedDocument {
  const { file } = source;
  const { config, lost } = readXlFile(source);
  // Terraform gives every domain a new UUID.
  const missing = lost.filter(({ option }) => option !== "uuid");
  if (missing.length > 0) {
    const places = missing.map(({ option, line }) => `${option} (line ${line})`).join(", ");
    onSkip(file, `what libvirt's Xen driver has no place for: ${places}`);
  }
  return {
    file,
    kind: "domain",
    config: { ...config },
    readOnly: {},
    lost: lost.map(({ option, value, line, why }) => ({ path: option, value: `${value}: ${why}`, line })),
  };
}
