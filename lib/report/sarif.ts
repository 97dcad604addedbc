import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { plural } from "../plan/plural";
import { acknowledgement, type Entry, entries } from "./entry";
import { HOMEPAGE } from "./links";
import { plain } from "./plain";
import type { ReportInput } from "./report";
import { ROOT, sarifLocation } from "./sarif-locations";
import { sarifRule } from "./sarif-rules";

/** What GitHub takes of one upload. */
export interface SarifLimits {
  /** Results in a run. */
  readonly results: number;
  /** Bytes, after compression with gzip. */
  readonly bytes: number;
}

const GITHUB: SarifLimits = { results: 25_000, bytes: 10_000_000 };
/** So many locations of a result does GitHub show. */
const LOCATIONS = 100;
const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * The verdict as SARIF 2.1.0, for code scanning. Where it is larger than what GitHub takes, the last findings are
 * left out, which are the least ones, and a notification says how many.
 */
export function sarifReport(report: ReportInput, limits: SarifLimits = GITHUB): string {
  const all = entries(report);
  const findings = all.filter(({ outcome }) => outcome === "fail");
  const undetermined = all.filter(({ outcome }) => outcome === "undetermined");
  for (let count = Math.min(findings.length, limits.results); ; count = Math.floor(count / 2)) {
    const log = sarifLog(report, findings.slice(0, count), undetermined, findings.length - count);
    const text = `${JSON.stringify(log)}\n`;
    if (count === 0 || text.length <= limits.bytes || gzipSync(text).length <= limits.bytes) return text;
  }
}

function sarifLog(
  { rules, toolVersion, notes = [] }: ReportInput,
  findings: readonly Entry[],
  undetermined: readonly Entry[],
  leftOut: number,
) {
  const index = new Map(rules.map((rule, position) => [rule.code, position]));
  const omitted =
    leftOut === 0 ? [] : [`${plural(leftOut, "finding")} left out: code scanning takes no more`];
  return {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "virt-constructs",
            semanticVersion: toolVersion,
            informationUri: HOMEPAGE,
            rules: rules.map((rule) => sarifRule(rule, toolVersion)),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...[...notes, ...omitted].map((text) => ({ level: "warning", message: message(plain(text)) })),
              ...undetermined.map((entry) => notification(entry, index)),
            ],
          },
        ],
        originalUriBaseIds: { [ROOT]: { description: { text: "The folder of the repository" } } },
        columnKind: "utf16CodeUnits",
        results: findings.map((entry) => result(entry, index)),
      },
    ],
  };
}

function result(entry: Entry, index: ReadonlyMap<string, number>) {
  const { code, severity, fix, related, fingerprint, acknowledged, attribute, known } = entry;
  return {
    ...ruleReference(code, index),
    level: severity,
    message: message(fix === undefined ? entry.message : `${entry.message}\nFix: ${fix}`),
    locations: [sarifLocation(entry)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.slice(0, LOCATIONS).map((place, position) => ({
            id: position + 1,
            ...sarifLocation(place),
            message: message(place.label),
          })),
        }),
    partialFingerprints: {
      // What code scanning tells findings apart by. Its own guess is the text of the line, one for all guests of a loop.
      primaryLocationLineHash: hash(fingerprint),
      "virtConstructs/v1": fingerprint,
    },
    ...(known === undefined ? {} : { baselineState: known ? "unchanged" : "new" }),
    suppressions: acknowledged
      ? [
          {
            kind: acknowledged.inSource ? "inSource" : "external",
            status: "accepted",
            justification: acknowledgement(entry)!,
          },
        ]
      : [],
    ...(attribute === undefined ? {} : { properties: { attribute } }),
  };
}

/** What could not be decided is no result: code scanning would raise an alert for it. */
function notification(entry: Entry, index: ReadonlyMap<string, number>) {
  const { code, fix } = entry;
  const { ruleId: id, ruleIndex } = ruleReference(code, index);
  return {
    level: "note",
    message: message(`${code} not checked: ${entry.message}${fix === undefined ? "" : `\nFix: ${fix}`}`),
    associatedRule: { id, ...(ruleIndex === undefined ? {} : { index: ruleIndex }) },
    locations: [sarifLocation(entry)],
  };
}

function ruleReference(code: string, index: ReadonlyMap<string, number>) {
  const ruleIndex = index.get(code);
  return { ruleId: code, ...(ruleIndex === undefined ? {} : { ruleIndex }) };
}

/** In a message, `[text](target)` is a link; only what nobody meant as one is in ours. */
function message(text: string) {
  return { text: text.replaceAll("](", "\\](") };
}

function hash(fingerprint: string): string {
  return createHash("sha256").update(fingerprint).digest("hex").slice(0, 32);
}
