import type { PropIssue } from "./plan/intent";
import { isLate, type Late } from "./plan/late";
import { toKiB } from "./plan/units";

/** Units of memory: powers of 1024 bytes, as libvirt counts. */
export type MemoryUnit = "KiB" | "MiB" | "GiB" | "TiB";

const BRAND = Symbol.for("virt-constructs/Memory");

const SMALLER: Readonly<Partial<Record<MemoryUnit, MemoryUnit>>> = { TiB: "GiB", GiB: "MiB", MiB: "KiB" };

/**
 * An amount of memory or storage with its unit. The unit is always written to libvirt, whose own default (KiB)
 * surprises. An amount may be a token; any other must be a whole number of KiB above zero.
 */
export class Memory {
  /**
   * 1024 bytes each.
   *
   * @param amount a whole number above zero
   */
  static kibibytes(amount: number): Memory {
    return new Memory(amount, "KiB");
  }

  /**
   * 1024 KiB each. A fraction is written in KiB, as libvirt takes whole numbers.
   *
   * @param amount above zero; a fraction must come out as whole KiB
   */
  static mebibytes(amount: number): Memory {
    return new Memory(amount, "MiB");
  }

  /**
   * 1024 MiB each. A fraction such as 1.5 is written in MiB, as libvirt takes whole numbers.
   *
   * @param amount above zero; a fraction must come out as whole KiB
   */
  static gibibytes(amount: number): Memory {
    return new Memory(amount, "GiB");
  }

  /**
   * 1024 GiB each. A fraction such as 1.5 is written in GiB, as libvirt takes whole numbers.
   *
   * @param amount above zero; a fraction must come out as whole KiB
   */
  static tebibytes(amount: number): Memory {
    return new Memory(amount, "TiB");
  }

  /** Whether a value is a Memory, of this or another copy of the package. */
  static isMemory(value: unknown): value is Memory {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  /** As it was given: also a fraction or a token; NaN for what is no number. */
  readonly amount: number;
  /** @internal What is wrong with the amount. */
  readonly issues: readonly PropIssue[];

  private constructor(
    amount: number,
    /** The unit of `amount`. */
    readonly unit: MemoryUnit,
  ) {
    this.amount = typeof amount === "number" || isLate(amount) ? amount : Number.NaN;
    Object.defineProperty(this, BRAND, { value: true });
    this.issues = issuesOf(this, amount);
  }

  /** The amount in KiB; late when it is a token. */
  toKiB(): number | Late {
    return toKiB(this.amount, this.unit)!;
  }

  /** Amount and unit as whole numbers: a smaller unit is taken where it takes a fraction away. */
  toWhole(): { readonly amount: number; readonly unit: MemoryUnit } {
    const { amount, unit } = this;
    const smaller = SMALLER[unit];
    const whole = isLate(amount) || Number.isInteger(amount) || smaller === undefined;
    return whole ? { amount, unit } : new Memory(amount * 1024, smaller).toWhole();
  }

  /** The amount for people: `2 GiB`; a token reads as such. */
  toString(): string {
    return isLate(this.amount)
      ? `an amount of ${this.unit} known only at apply`
      : `${this.amount} ${this.unit}`;
  }
}

function issuesOf(memory: Memory, given: unknown): PropIssue[] {
  const { amount } = memory;
  if (isLate(amount)) return [];
  const fix = "give a whole number above zero, such as Memory.mebibytes(512)";
  if (!(amount > 0 && Number.isFinite(amount))) {
    const not = typeof given === "number" ? `, not ${given}` : "";
    return [{ prop: "", message: `must be a number above zero${not}`, fix }];
  }
  if (Number.isSafeInteger(memory.toWhole().amount)) return [];
  return [{ prop: "", message: `must come out as a whole number of KiB, which ${memory} does not`, fix }];
}
