import { stringify } from "yaml";
import { derivedText } from "../expression";
import { containsLate } from "../plan/late";

/**
 * A YAML document as text. What holds late values is written by Terraform's own `yamlencode` at apply: put into a
 * text that is YAML already, a value with a colon or a line break in it would make another document of it.
 */
export function yamlText(document: unknown): string {
  if (!containsLate(document)) return yamlOf(document);
  return derivedText(document, { known: yamlOf, late: (expression) => `yamlencode(${expression})` });
}

/** cloud-init reads YAML 1.1, to which `on`, `22:22` and `010` are no texts: these get quotes. */
function yamlOf(document: unknown): string {
  return stringify(document, { version: "1.1", lineWidth: 0, aliasDuplicateObjects: false });
}
