import type { PlacedDocument } from "../domain-xml";
import { InputError } from "./input-error";
import { isXl } from "./is-xl";
import { isFolder, namesIn, readText } from "./read-text";
import { readXlSources, xlDocuments } from "./xl";
import { documentsOf, type OnSkip, readXmlSources } from "./xml";

/**
 * What a file, or the files of a folder, say of machines, networks and storage: XML of virsh, and xl configurations.
 *
 * @throws InputError when they cannot be read, or there are none.
 */
export async function readMachines(path: string, onSkip?: OnSkip): Promise<readonly PlacedDocument[]> {
  if (!isFolder(path)) {
    const source = { file: path, text: await readText(path) };
    return isXl(path, source.text) ? xlDocuments([source], onSkip) : documentsOf([source], onSkip);
  }
  const names = namesIn(path);
  const xml = names.some((name) => name.endsWith(".xml"))
    ? documentsOf(await readXmlSources(path), onSkip)
    : [];
  const xl = xlDocuments(await readXlSources(path, onSkip), onSkip);
  if (xml.length + xl.length > 0) return [...xml, ...xl];
  throw new InputError(
    `${path} holds no *.xml and no *.cfg of xl: write what there is with virsh dumpxml --inactive NAME > NAME.xml`,
  );
}
