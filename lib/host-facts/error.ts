import { VirtConstructsError } from "../errors";

const BRAND = Symbol.for("virt-constructs/HostFactsError");

/** Host facts that cannot be used: the file, what is wrong with it, and what to do. */
export class HostFactsError extends VirtConstructsError {
  /** Whether a caught value is this error, also when it comes from another copy of the package. */
  static isHostFactsError(value: unknown): value is HostFactsError {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  /** The file or folder at fault. */
  readonly file: string;
  /** What is wrong with it, in one sentence. */
  readonly reason: string;
  /** What to do about it. */
  readonly fix: string;

  constructor(file: string, reason: string, fix: string) {
    super(`host facts ${printable(file)}: ${printable(reason)}\n  fix   ${printable(fix)}`);
    this.name = "HostFactsError";
    this.file = file;
    this.reason = printable(reason);
    this.fix = printable(fix);
    // The mistake is in the file; frames of this library would only hide it.
    this.stack = `${this.name}: ${this.message}`;
    Object.defineProperty(this, BRAND, { value: true });
  }

  override toJSON(): ReturnType<VirtConstructsError["toJSON"]> & {
    file: string;
    reason: string;
    fix: string;
  } {
    return { ...super.toJSON(), file: this.file, reason: this.reason, fix: this.fix };
  }
}

/** Text of a file on its way into a message: one line, no terminal control sequences, no novels. */
function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").trim();
  return clean.length <= 400 ? clean : `${clean.slice(0, 400)}…`;
}
