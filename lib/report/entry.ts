import { PlanHost } from "../plan/host";
import { type Place, PlanResource } from "../plan/resource";
import type { Finding, Rule, Severity, Undetermined } from "../rule";
import { type FileLine, fileLine } from "./file-line";
import { plain } from "./plain";
import type { ReportInput } from "./report";

/** A place of the plan in plain data. */
export interface EntryPlace {
  readonly label: string;
  readonly unit: string;
  readonly constructPath?: string;
  readonly address?: string;
  readonly source?: FileLine;
}

/** What a rule found, or could not decide, in the plain data that all formats write. No password is in it. */
export interface Entry extends EntryPlace {
  readonly code: string;
  readonly slug: string;
  readonly outcome: "fail" | "undetermined";
  /** `none` for what could not be decided: it is never an error by itself. */
  readonly severity: Severity | "none";
  readonly message: string;
  readonly fix?: string;
  readonly attribute?: string;
  /** The host that it is on. */
  readonly host?: string;
  /** The other places that take part. */
  readonly related: readonly EntryPlace[];
  /** Whether an earlier run found it as well; undefined when there is none to compare with. */
  readonly known?: boolean;
  /** Differs from that of all other entries, and stays the same in the next run. */
  readonly fingerprint: string;
  readonly acknowledged?: {
    readonly reason: string;
    readonly expires?: string;
    /** Whether the program says so itself, rather than a configuration beside it. */
    readonly inSource: boolean;
  };
}

/** All findings, worst first, and after them what could not be decided. */
export function entries({ verdict, rules, root }: ReportInput): Entry[] {
  const byCode = new Map(rules.map((rule) => [rule.code, rule]));
  return distinct([
    ...verdict.findings.map((finding) => ofFinding(finding, root)),
    ...verdict.undetermined.map((undecided) => ofUndetermined(undecided, byCode.get(undecided.code), root)),
  ]);
}

/** Where something is, for readers: `main.ts:12`, or the construct path or address when no line is known. */
export function whereabouts({ source, constructPath, address, unit }: EntryPlace): string {
  return source ? `${source.file}:${source.line}` : (constructPath ?? address ?? unit);
}

/** `acknowledged until 2027-03-31: the reason` */
export function acknowledgement({ acknowledged }: Entry): string | undefined {
  if (!acknowledged) return undefined;
  const until = acknowledged.expires === undefined ? "" : ` until ${acknowledged.expires}`;
  return `acknowledged${until}: ${acknowledged.reason}`;
}

/** Why a finding refuses nothing; undefined where it may. */
export function settlement(entry: Entry): string | undefined {
  return acknowledgement(entry) ?? (entry.known ? "known from an earlier run" : undefined);
}

function ofFinding(finding: Finding, root: string): Entry {
  const { code, slug, severity, message, fix, attribute, fingerprint, acknowledged, known } = finding;
  const host = hostOf(finding.place);
  return {
    ...ofPlace(finding.place, root),
    code,
    slug,
    outcome: "fail",
    severity,
    message: plain(message),
    fix: plain(fix),
    ...(attribute === undefined ? {} : { attribute: plain(attribute) }),
    ...(host && { host: plain(host.label) }),
    related: finding.places.slice(1).map((place) => ofPlace(place, root)),
    fingerprint: plain(fingerprint),
    ...(known === undefined ? {} : { known }),
    ...(acknowledged && {
      acknowledged: {
        reason: plain(acknowledged.reason),
        ...(acknowledged.expires === undefined ? {} : { expires: acknowledged.expires }),
        inSource: acknowledged.constructPath !== undefined,
      },
    }),
  };
}

function hostOf(place: Place): PlanHost | undefined {
  if (place instanceof PlanHost) return place;
  return place instanceof PlanResource ? place.host : undefined;
}

function ofUndetermined(undecided: Undetermined, rule: Rule | undefined, root: string): Entry {
  const place = ofPlace(undecided.place, root);
  const { code, reason, count, host } = undecided;
  const more = count > 1 ? ` ("${place.label}" and ${count - 1} more)` : "";
  const from = host?.uri === undefined ? "" : ` from ${host.uri}`;
  return {
    ...place,
    code,
    slug: rule?.slug ?? "",
    outcome: "undetermined",
    severity: "none",
    message: plain(`${reason}${more}`),
    ...(host && { fix: plain(`capture the facts of "${host.label}"${from}: docs/host-facts.md`) }),
    related: [],
    fingerprint: `${code}:${place.constructPath ?? `${place.unit}/${place.address ?? place.label}`}:undetermined`,
  };
}

function ofPlace(place: Place, root: string): EntryPlace {
  const { constructPath, address, source } = place;
  return {
    label: plain(place.label),
    unit: plain(place.unit),
    ...(constructPath === undefined ? {} : { constructPath: plain(constructPath) }),
    ...(address === undefined ? {} : { address: plain(address) }),
    ...(source && { source: fileLine({ ...source, file: plain(source.file) }, root) }),
  };
}

/** Two findings may have one fingerprint, when a rule says two things of one attribute; the second gets a number. */
function distinct(all: readonly Entry[]): Entry[] {
  const seen = new Map<string, number>();
  return all.map((entry) => {
    const count = (seen.get(entry.fingerprint) ?? 0) + 1;
    seen.set(entry.fingerprint, count);
    return count === 1 ? entry : { ...entry, fingerprint: `${entry.fingerprint}:${count}` };
  });
}
