import { readFileSync } from "node:fs";
import { InputError, unreadable } from "../input/input-error";
import { maskPasswords } from "../plan/secrets";
import type { Finding } from "../rule";

/** What an earlier run found: the plan is refused only for what is new since then. */
export class Baseline {
  /**
   * Reads the JSON report of an earlier run.
   *
   * @throws InputError when it is none.
   */
  static read(file: string): Baseline {
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (error) {
      throw unreadable(file, error);
    }
    const fingerprints = fingerprintsOf(text);
    if (fingerprints === undefined) {
      throw new InputError(
        `${file} is no JSON report: make one with "virt-constructs check --format json=${file} …"`,
      );
    }
    return new Baseline(fingerprints);
  }

  private constructor(private readonly fingerprints: ReadonlySet<string>) {}

  /** Tells of each finding whether it was there before; those that were come last. Counts them, and those that are gone. */
  compare(all: readonly Finding[]): {
    readonly findings: readonly Finding[];
    readonly known: number;
    readonly gone: number;
  } {
    const times = new Map<string, number>();
    const findings = all.map((finding) => {
      // As reports write it: findings of one fingerprint are numbered.
      const fingerprint = maskPasswords(finding.fingerprint);
      const time = (times.get(fingerprint) ?? 0) + 1;
      times.set(fingerprint, time);
      const known = this.fingerprints.has(time === 1 ? fingerprint : `${fingerprint}:${time}`);
      return { ...finding, known };
    });
    const known = findings.filter((finding) => finding.known);
    return {
      findings: [...findings.filter((finding) => !finding.known), ...known],
      known: known.length,
      gone: this.fingerprints.size - known.length,
    };
  }
}

function fingerprintsOf(text: string): Set<string> | undefined {
  try {
    const { findings } = JSON.parse(text) as { findings: { fingerprint: unknown; outcome: unknown }[] };
    const failed = findings.filter(({ outcome }) => outcome === "fail").map(({ fingerprint }) => fingerprint);
    return failed.every((each) => typeof each === "string") ? new Set(failed as string[]) : undefined;
  } catch {
    return undefined;
  }
}
