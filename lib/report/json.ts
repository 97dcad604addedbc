import type { HostPlace, Severity } from "../rule";
import { type Entry, type EntryPlace, entries, settlement } from "./entry";
import type { FileLine } from "./file-line";
import { plain } from "./plain";
import type { ReportInput } from "./report";

/** Raised when a key goes or changes its meaning; a new key does not raise it. */
export const JSON_VERSION = 1;

/** The JSON report. Keys are always there and always in this order; what is not known is null. */
export interface JsonReport {
  readonly version: typeof JSON_VERSION;
  readonly summary: {
    /** Errors that nobody acknowledged, and that are not known. */
    readonly errors: number;
    /** Warnings that nobody acknowledged, and that are not known. */
    readonly warnings: number;
    readonly acknowledged: number;
    /** Findings that an earlier run had as well: neither errors nor warnings of these counts. */
    readonly known: number;
    /** Entries of `findings` that a rule could not decide. */
    readonly undetermined: number;
    /** Rules that ran. */
    readonly rules: number;
  };
  readonly findings: readonly JsonFinding[];
  /** Hosts whose facts would decide what is undetermined now. */
  readonly factsNeeded: readonly {
    readonly host: string;
    readonly uri: string | null;
    readonly codes: readonly string[];
  }[];
  readonly notes: readonly string[];
  readonly tool: { readonly name: "virt-constructs"; readonly version: string };
}

export interface JsonFinding {
  readonly code: string;
  readonly slug: string;
  readonly severity: Severity | "none";
  readonly outcome: "fail" | "undetermined";
  readonly message: string;
  readonly fix: string | null;
  readonly constructPath: string | null;
  readonly address: string | null;
  readonly attribute: string | null;
  readonly source: FileLine | null;
  readonly related: readonly JsonPlace[];
  readonly fingerprint: string;
  readonly acknowledged: { readonly reason: string; readonly expires: string | null } | null;
  readonly known: boolean;
}

export interface JsonPlace {
  readonly label: string;
  readonly constructPath: string | null;
  readonly address: string | null;
  readonly source: FileLine | null;
}

/** The verdict as JSON, for programs. docs/schemas/report.schema.json describes it. */
export function jsonReport(report: ReportInput): string {
  return `${JSON.stringify(jsonData(report), undefined, 2)}\n`;
}

/** What the JSON report says, as data. */
export function jsonData(report: ReportInput): JsonReport {
  const all = entries(report);
  const count = (counts: (entry: Entry) => boolean) => all.filter(counts).length;
  return {
    version: JSON_VERSION,
    summary: {
      errors: count((entry) => entry.severity === "error" && settlement(entry) === undefined),
      warnings: count((entry) => entry.severity === "warning" && settlement(entry) === undefined),
      acknowledged: count(({ acknowledged, known }) => acknowledged !== undefined && !known),
      known: count(({ known }) => known === true),
      undetermined: count(({ outcome }) => outcome === "undetermined"),
      rules: report.rules.length,
    },
    findings: all.map(jsonFinding),
    factsNeeded: factsNeeded(report),
    notes: (report.notes ?? []).map(plain),
    tool: { name: "virt-constructs", version: report.toolVersion },
  };
}

function jsonFinding(entry: Entry): JsonFinding {
  const { code, slug, severity, outcome, message, fix, attribute, related, fingerprint, acknowledged } =
    entry;
  return {
    code,
    slug,
    severity,
    outcome,
    message,
    fix: fix ?? null,
    constructPath: entry.constructPath ?? null,
    address: entry.address ?? null,
    attribute: attribute ?? null,
    source: entry.source ?? null,
    related: related.map(jsonPlace),
    fingerprint,
    acknowledged: acknowledged
      ? { reason: acknowledged.reason, expires: acknowledged.expires ?? null }
      : null,
    known: entry.known === true,
  };
}

function jsonPlace({ label, constructPath, address, source }: EntryPlace): JsonPlace {
  return { label, constructPath: constructPath ?? null, address: address ?? null, source: source ?? null };
}

function factsNeeded({ verdict }: ReportInput): JsonReport["factsNeeded"] {
  const codes = new Map<HostPlace, Set<string>>();
  for (const { host, code } of verdict.undetermined) {
    if (host) codes.set(host, (codes.get(host) ?? new Set()).add(code));
  }
  return [...codes].map(([host, needing]) => ({
    host: plain(host.label),
    uri: host.uri === undefined ? null : plain(host.uri),
    codes: [...needing].sort(),
  }));
}
