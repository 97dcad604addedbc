import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readXmlDocuments, type XmlDocuments, type XmlSource, xmlResources } from "../domain-xml";
import { isVirtConstructsError } from "../errors";
import type { RawPlan } from "../plan/build";
import { InputError, unreadable } from "./input-error";
import { isFolder, readText } from "./read-text";

/** Told of a file that is left out, and why. */
export type OnSkip = (file: string, reason: string) => void;

/**
 * The texts of an XML file, or of those in a folder.
 *
 * @throws InputError when they cannot be read, or there are none.
 */
export async function readXmlSources(path: string): Promise<XmlSource[]> {
  if (!isFolder(path)) return [{ file: path, text: await readText(path) }];
  const files = xmlFilesIn(path);
  if (files.length === 0) {
    throw new InputError(
      `${path} holds no *.xml: write what there is with virsh dumpxml --inactive NAME > NAME.xml`,
    );
  }
  const sources: XmlSource[] = [];
  for (const file of files) sources.push({ file, text: await readText(file) });
  return sources;
}

function xmlFilesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.name.endsWith(".xml") && !entry.isDirectory())
      .map(({ name }) => join(folder, name))
      .sort();
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** @throws InputError when a text is no XML, or there is no document of libvirt among them. */
export function documentsOf(
  sources: readonly XmlSource[],
  onSkip: OnSkip = () => {},
): XmlDocuments["documents"] {
  const { documents, skipped } = usable(() => readXmlDocuments(sources));
  const [first] = skipped;
  if (documents.length === 0 && first !== undefined) throw new InputError(`${first.file}: ${first.reason}`);
  for (const { file, reason } of skipped) onSkip(file, reason);
  return documents;
}

/**
 * Reads what `virsh dumpxml`, `net-dumpxml`, `pool-dumpxml` or `vol-dumpxml` prints. It does not say which host it is
 * of, so that documents that are given together are taken for those of one host.
 *
 * @throws InputError
 */
export function readXmlPlan(sources: readonly XmlSource[], unit: string, onSkip?: OnSkip): RawPlan {
  return { providers: [], resources: xmlResources(documentsOf(sources, onSkip), unit) };
}

function usable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw isVirtConstructsError(error) ? new InputError(error.message) : error;
  }
}
