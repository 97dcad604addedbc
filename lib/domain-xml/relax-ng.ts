import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { VirtConstructsError } from "../errors";
import type { XmlKind } from "./mapping";

/** A place where a document departs from libvirt's schema. */
export interface SchemaViolation {
  /** `Element domain has extra content: gadget` */
  readonly message: string;
  /** The line of the document. */
  readonly line: number;
  /** `/domain/devices/gadget` */
  readonly path: string;
}

/** libvirt's own schemas, ready to check documents. */
export interface RelaxNg {
  /** What of a document they do not allow. The schemas are stricter than `virsh define` without `--validate`. */
  validate(kind: XmlKind, xml: string): readonly SchemaViolation[];
}

/** Where libvirt installs its schemas; on Debian they come with the package libvirt0. */
export const LIBVIRT_SCHEMAS = "/usr/share/libvirt/schemas";

const FILES: Readonly<Record<XmlKind, string>> = {
  domain: "domain.rng",
  network: "network.rng",
  pool: "storagepool.rng",
  volume: "storagevol.rng",
};

/**
 * Loads libvirt's schemas, with the optional package `libxml2-wasm`.
 *
 * @param folder with the `.rng` files of libvirt. @default - {@link LIBVIRT_SCHEMAS}
 * @throws VirtConstructsError when the folder has no schemas, or the package is not installed.
 */
export async function relaxNg(folder: string = LIBVIRT_SCHEMAS): Promise<RelaxNg> {
  if (!existsSync(join(folder, FILES.domain))) {
    throw new VirtConstructsError(
      `${folder} has no schemas of libvirt (${FILES.domain}); they come with libvirt, on Debian with the package libvirt0`,
    );
  }
  const { XmlDocument, RelaxNGValidator } = await loadLibxml();
  const validators = new Map<XmlKind, Validator>();
  const validatorOf = (kind: XmlKind): Validator => {
    let validator = validators.get(kind);
    if (validator === undefined) {
      const file = resolve(folder, FILES[kind]);
      validator = RelaxNGValidator.fromDoc(XmlDocument.fromString(readFileSync(file, "utf8"), { url: file }));
      validators.set(kind, validator);
    }
    return validator;
  };
  return {
    validate(kind, xml) {
      const document = XmlDocument.fromString(xml);
      try {
        validatorOf(kind).validate(document);
        return [];
      } catch (error) {
        const { details } = error as {
          details?: readonly { message: string; line: number; xpath: string }[];
        };
        if (details === undefined) throw error;
        return details.map(({ message, line, xpath }) => ({ message: message.trim(), line, path: xpath }));
      } finally {
        document.dispose();
      }
    },
  };
}

interface Validator {
  validate(document: object): void;
}

/** The part of libxml2-wasm that is used here. */
interface Libxml {
  readonly XmlDocument: { fromString(xml: string, options?: { url: string }): { dispose(): void } };
  readonly RelaxNGValidator: { fromDoc(document: object): Validator };
}

let loaded: Promise<Libxml> | undefined;

async function loadLibxml(): Promise<Libxml> {
  loaded ??= importLibxml();
  return loaded;
}

/** Not by name: the package is optional, and the compiler would want it. */
async function importLibxml(): Promise<Libxml> {
  const name = "libxml2-wasm";
  try {
    const library = (await import(name)) as Libxml;
    const files = (await import(`${name}/lib/nodejs.mjs`)) as { xmlRegisterFsInputProviders(): void };
    // The schemas include each other by file name.
    files.xmlRegisterFsInputProviders();
    return library;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new VirtConstructsError(
      `checking XML against libvirt's schemas needs the optional package ${name}: npm install ${name}`,
    );
  }
}
