import { type Code, call } from "../code";

const FACTORIES: Readonly<Record<string, string>> = {
  KiB: "Memory.kibibytes",
  MiB: "Memory.mebibytes",
  GiB: "Memory.gibibytes",
  TiB: "Memory.tebibytes",
};

/** `Memory.gibibytes(2)`; undefined without an amount in such a unit. */
export function memoryOf(amount: unknown, unit: unknown): Code | undefined {
  const factory = FACTORIES[String(unit ?? "KiB")];
  return typeof amount === "number" && factory !== undefined ? call(factory, amount) : undefined;
}
