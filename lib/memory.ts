import { isLate, type Late } from "./plan/late";
import { toKiB } from "./plan/units";

export type MemoryUnit = "KiB" | "MiB" | "GiB" | "TiB";

const BRAND = Symbol.for("virt-constructs/Memory");

/**
 * An amount of memory or storage with its unit. The unit is always written to libvirt, whose own default (KiB)
 * surprises. An amount may be a token.
 */
export class Memory {
  /** 1024 bytes each. */
  static kibibytes(amount: number): Memory {
    return new Memory(amount, "KiB");
  }

  /** 1024 KiB each. */
  static mebibytes(amount: number): Memory {
    return new Memory(amount, "MiB");
  }

  /** 1024 MiB each. A fraction such as 1.5 is written in MiB, as libvirt takes whole numbers. */
  static gibibytes(amount: number): Memory {
    return new Memory(amount, "GiB");
  }

  /** 1024 GiB each. */
  static tebibytes(amount: number): Memory {
    return new Memory(amount, "TiB");
  }

  /** Whether a value is a Memory, of this or another copy of the package. */
  static isMemory(value: unknown): value is Memory {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  private constructor(
    /** A whole number of `unit`, unless it is a token or nonsense, which the checks of the plan report. */
    readonly amount: number,
    readonly unit: MemoryUnit,
  ) {
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** The amount in KiB; late when it is a token. */
  toKiB(): number | Late {
    return toKiB(this.amount, this.unit)!;
  }

  /** Amount and unit as whole numbers: a smaller unit is taken where it takes a fraction away. */
  toWhole(): { readonly amount: number; readonly unit: MemoryUnit } {
    if (isLate(this.amount) || Number.isInteger(this.amount)) return { amount: this.amount, unit: this.unit };
    const smaller = ({ TiB: "GiB", GiB: "MiB", MiB: "KiB" } as const)[this.unit as "TiB" | "GiB" | "MiB"];
    return smaller
      ? new Memory(this.amount * 1024, smaller).toWhole()
      : { amount: this.amount, unit: this.unit };
  }

  toString(): string {
    return `${this.amount} ${this.unit}`;
  }
}
