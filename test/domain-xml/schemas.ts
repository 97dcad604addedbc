/** libvirt's RELAX NG schemas as judges, in a process of their own: Jest cannot load the module that reads them. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { SchemaViolation, XmlKind } from "../../lib/domain-xml";

export interface Document {
  readonly name: string;
  readonly kind: XmlKind;
  readonly xml: string;
}

export interface Verdict {
  /** Why nothing was validated; empty where it was. */
  readonly error: string;
  /** What each of the documents violates. */
  readonly violations: readonly (readonly SchemaViolation[])[];
}

/** Forms that the provider writes and libvirt takes, although its schemas do not: what to write for the schemas' sake. */
const DEVIATIONS: readonly {
  readonly reason: string;
  readonly mend: (xml: string) => string;
}[] = [
  {
    reason:
      "the form of serial ports and consoles that plans empty leaves the type to libvirt, which takes pty",
    mend: (xml) => xml.replace(/<(serial|console)>(?=\s*<)/g, '<$1 type="pty">'),
  },
  {
    reason: "a volume of an ISO image plans empty only without a target",
    mend: (xml) => (xml.includes("<target") ? xml : xml.replace("</volume>", "<target/></volume>")),
  },
  {
    reason: "the writer sorts the ids of a USB device; the schemas want vendor before product before address",
    mend: (xml) =>
      xml
        .replace(/((?:<address [^>]*>\s*)?<product [^>]*>\s*)(<vendor [^>]*>)/g, "$2$1")
        .replace(/(<vendor [^>]*>)(<address [^>]*>\s*)(<product [^>]*>)/g, "$1$3$2"),
  },
];

/** A document without the known deviations, so that the schemas judge all the rest of it. */
export function withoutDeviations(xml: string): string {
  return DEVIATIONS.reduce((text, { mend }) => mend(text), xml);
}

export function validate(documents: readonly Document[], folder?: string): Verdict {
  const { status, stdout, stderr } = spawnSync(
    "npx",
    ["tsx", join(__dirname, "relax-ng-child.ts"), ...(folder === undefined ? [] : [folder])],
    { input: JSON.stringify(documents), encoding: "utf8", maxBuffer: 2 ** 27 },
  );
  if (status !== 0) return { error: stderr, violations: [] };
  return { error: "", violations: JSON.parse(stdout) as SchemaViolation[][] };
}

/** `describe` where the schemas are; elsewhere a skip with the reason, or a failure where ORACLE_REQUIRED is set. */
export function describeWithSchemas(name: string, tests: () => void): void {
  const { error } = validate([]);
  if (error === "") describe(name, tests);
  else if (process.env.ORACLE_REQUIRED) {
    test(`${name}: libvirt's schemas are required here`, () => {
      throw new Error(error);
    });
  } else {
    process.stderr.write(`Skipped: ${name}: ${error}\n`);
    describe.skip(name, tests);
  }
}
