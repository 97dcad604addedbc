import type { Finding } from "./rule";

const BRAND = Symbol.for("virt-constructs/error");

/**
 * Every error that this library throws for a user's mistake. Recognise it with {@link isVirtConstructsError},
 * never with `instanceof`: a program may hold two copies of the package.
 */
export class VirtConstructsError extends Error {
  /** What was found, when rules found it. */
  declare readonly findings: readonly Finding[];
  /** The construct that it concerns, when there is one. */
  declare readonly constructPath?: string;

  constructor(message: string, details: { findings?: readonly Finding[]; constructPath?: string } = {}) {
    super(message);
    this.name = "VirtConstructsError";
    // Not enumerable: Node prints the enumerable properties of an error that nobody catches, whole plans with them.
    Object.defineProperties(this, {
      findings: { value: details.findings ?? [] },
      constructPath: { value: details.constructPath },
      [BRAND]: { value: true },
    });
  }

  /** Plain data, without the construct tree. */
  toJSON(): { name: string; message: string; constructPath?: string; findings: object[] } {
    return {
      name: this.name,
      message: this.message,
      ...(this.constructPath === undefined ? {} : { constructPath: this.constructPath }),
      findings: this.findings.map(
        ({ code, slug, severity, message, fix, attribute, place, fingerprint }) => ({
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
        }),
      ),
    };
  }
}

export function isVirtConstructsError(error: unknown): error is VirtConstructsError {
  return typeof error === "object" && error !== null && BRAND in error;
}
