import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MachineName } from "./machine";

/** What became of one example of a rule on one machine. */
export interface Row {
  /** Our verdict with the machine's facts: `refused by VIRT-XEN-022`, `accepted`. */
  readonly ours: string;
  /** Xen's: `refused at start`, `starts`, `starts without the setting`; or why it was not asked. */
  readonly xen: string;
  /** What libvirt and Xen's toolstack said of a refusal. */
  readonly words?: string;
  /** Codes of our rules that stand for these words, in one text. */
  readonly by?: string;
  readonly agrees: boolean;
}

/** Answers by what was asked: `bad` and `good` are the rule's examples, others are in questions.ts. */
export type Rows = Readonly<Record<string, Row>>;

/** Recorded answers by rule and machine. */
export type Agreement = Readonly<Record<string, Partial<Record<MachineName, Rows>>>>;

const FILE = join(__dirname, "agreement.json");

export function readAgreement(): Agreement {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Agreement) : {};
}

/** Adds an answer to what was recorded before; the page in docs is generated from all of it. */
export function record(machine: MachineName, code: string, which: string, row: Row): void {
  const all = readAgreement();
  const changed: Agreement = {
    ...all,
    [code]: { ...all[code], [machine]: { ...all[code]?.[machine], [which]: row } },
  };
  const sorted = Object.fromEntries(Object.entries(changed).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(sorted, undefined, 2)}\n`);
}
