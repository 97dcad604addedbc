import { readFileSync } from "node:fs";
import path from "node:path";
import { elementModule, indexModule } from "./provider/bindings";
import { type Element, nameElements } from "./provider/elements";
import { header } from "./provider/header";
import { InputError, readProviderSchema } from "./provider/schema";
import { tableModule } from "./provider/table";
import { checkVectors, parseVectors, type Vector } from "./provider/vectors";
import { recorded as recordedXml, xmlTableModule } from "./provider/xml-table";

export const recordedVersion = "0.9.7";
const recorded = path.join(__dirname, "provider-data", recordedVersion);

export interface ProviderOptions {
  /** Output of `terraform providers schema -json`; the recorded one by default. */
  readonly schema?: string;
  /** The provider version that `schema` describes: the schema itself does not say. */
  readonly version?: string;
  readonly out?: string;
}

/** The provider bindings by absolute path. */
export function generateProvider(options: ProviderOptions = {}): Map<string, string> {
  const schema = readProviderSchema(options.schema ?? path.join(recorded, "schema.json"));
  const vectors = readVectors("vectors.jsonl");
  if (options.schema === undefined) checkVectors(schema, vectors);
  const version = options.version ?? recordedVersion;
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new InputError(`--provider-version is a version such as ${recordedVersion}, not "${version}"`);
  }
  const out = path.resolve(options.out ?? path.join(__dirname, "..", "lib", "provider"));
  const elements = nameElements(schema);
  return new Map([
    [path.join(out, "table.generated.ts"), tableModule(elements, version)],
    ...elements.flatMap((element) => elementFiles(out, element, version)),
    [path.join(out, "index.ts"), indexModule(elements, version)],
    ...(options.schema === undefined
      ? [
          [
            path.join(out, "..", "domain-xml", "table.generated.ts"),
            xmlTableModule(
              elements,
              recordedXml(vectors, readVectors("siblings.jsonl"), readVectors("empty.jsonl")),
              version,
            ),
          ] as const,
        ]
      : []),
  ]);
}

function readVectors(file: string): Vector[] {
  return parseVectors(readFileSync(path.join(recorded, file), "utf8"));
}

function elementFiles(out: string, element: Element, version: string): [string, string][] {
  const { folder } = element;
  return [
    [path.join(out, `${folder}.generated.ts`), elementModule(element, version)],
    [path.join(out, folder, "index.ts"), `${header(version)}\nexport * from "../${folder}.generated";\n`],
  ];
}
