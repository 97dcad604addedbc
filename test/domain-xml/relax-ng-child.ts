import { readFileSync } from "node:fs";
import { relaxNg, type XmlKind } from "../../lib/domain-xml";

/** Validates the documents of a JSON list: Jest cannot load the module that does. */
async function main(): Promise<void> {
  const schemas = await relaxNg(process.argv[2]);
  const documents = JSON.parse(readFileSync(0, "utf8")) as { kind: XmlKind; xml: string }[];
  process.stdout.write(JSON.stringify(documents.map(({ kind, xml }) => schemas.validate(kind, xml))));
}

main().catch((error: Error) => {
  process.stderr.write(error.message);
  process.exitCode = 1;
});
