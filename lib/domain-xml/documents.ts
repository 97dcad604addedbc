import { isVirtConstructsError, VirtConstructsError } from "../errors";
import type { XmlLimits } from "../xml/parse";
import { OtherDocument, readXml, type XmlDocument } from "./reader";

/** A document and where it comes from. */
export interface XmlSource {
  /** The file; findings name it. */
  readonly file: string;
  readonly text: string;
}

/** A document that was read, and where it comes from. */
export interface PlacedDocument extends XmlDocument {
  readonly file: string;
}

/** Documents of one host. */
export interface XmlDocuments {
  readonly documents: readonly PlacedDocument[];
  /** Documents that are left out, and why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Reads the documents of one host. Two of one UUID and name are one machine, of which the first counts; what is no document of
 * a domain, network, pool or volume is left out.
 *
 * @throws VirtConstructsError when a text is not well-formed XML, or exceeds a limit.
 */
export function readXmlDocuments(sources: readonly XmlSource[], limits?: XmlLimits): XmlDocuments {
  const skipped: { file: string; reason: string }[] = [];
  const documents: PlacedDocument[] = [];
  const seen = new Map<string, string>();
  for (const { file, text } of sources) {
    const document = read(file, text, limits);
    if (document instanceof OtherDocument) {
      skipped.push({ file, reason: document.message });
      continue;
    }
    const { uuid } = document.readOnly;
    // One of another name is a copy whose UUID was left as it was.
    const key = uuid === undefined ? undefined : `${document.kind} ${uuid} ${document.config.name}`;
    const same = key === undefined ? undefined : seen.get(key);
    if (same !== undefined) skipped.push({ file, reason: `it is of the same ${document.kind} as ${same}` });
    else documents.push({ ...document, file });
    if (key !== undefined && same === undefined) seen.set(key, file);
  }
  return { documents, skipped };
}

function read(file: string, text: string, limits?: XmlLimits): XmlDocument | OtherDocument {
  try {
    return readXml(text, limits);
  } catch (error) {
    if (error instanceof OtherDocument) return error;
    throw isVirtConstructsError(error) ? new VirtConstructsError(`${file}: ${error.message}`) : error;
  }
}
