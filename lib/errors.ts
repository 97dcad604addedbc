import { maskPasswords } from "./plan/secrets";
import { userLine } from "./plan/source";
import type { Finding } from "./rule";

const BRAND = Symbol.for("virt-constructs/error");

/** What an error carries beside its message. */
export interface ErrorDetails {
  readonly findings?: readonly Finding[];
  readonly constructPath?: string;
}

/**
 * Every error that this library throws for a user's mistake. Recognise it with {@link isVirtConstructsError},
 * never with `instanceof`: a program may hold two copies of the package.
 */
export class VirtConstructsError extends Error {
  /** What was found, when rules found it. */
  declare readonly findings: readonly Finding[];
  /** The construct that it concerns, when there is one. */
  declare readonly constructPath?: string;

  constructor(message: string, details: ErrorDetails = {}) {
    super(maskPasswords(message));
    this.name = "VirtConstructsError";
    // Not enumerable: Node prints the enumerable properties of an error that nobody catches, whole plans with them.
    Object.defineProperties(this, {
      findings: { value: details.findings ?? [] },
      constructPath: { value: details.constructPath },
      [BRAND]: { value: true },
    });
    // The mistake is at the user's own line; frames of this library and of the engine would only hide it.
    const source = userLine(this.stack ?? "");
    this.stack = `${this.name}: ${this.message}${source ? ` (${source.file}:${source.line})` : ""}`;
  }

  /** Plain data, without the construct tree. */
  toJSON(): { name: string; message: string; constructPath?: string; findings: object[] } {
    return {
      name: this.name,
      message: this.message,
      ...(this.constructPath === undefined ? {} : { constructPath: this.constructPath }),
      findings: this.findings.map(
        ({ code, slug, severity, message, fix, attribute, place, fingerprint, acknowledged }) => ({
          code,
          slug,
          severity,
          message,
          fix,
          ...(attribute === undefined ? {} : { attribute }),
          constructPath: place.constructPath,
          address: place.address,
          source: place.source,
          fingerprint,
          ...(acknowledged === undefined
            ? {}
            : { acknowledged: { reason: acknowledged.reason, expires: acknowledged.expires } }),
        }),
      ),
    };
  }
}

/** Whether an error is one of this library, of whichever copy of the package. */
export function isVirtConstructsError(error: unknown): error is VirtConstructsError {
  return typeof error === "object" && error !== null && BRAND in error;
}
