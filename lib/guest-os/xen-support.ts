import type { Ternary } from "./facts";

/*
 * Whether an operating system boots as a PV or PVH guest is part of its type, and the type is a sentence: that is
 * what the compiler prints when somebody asks Windows to boot as a paravirtualized guest.
 */

export const PV = {
  yes: "has a paravirtualized (PV) kernel",
  no: "has no PV kernel: use XenHvmGuest or KvmGuest",
  undecided: "may have a paravirtualized (PV) kernel, which is not verified",
} as const;

export const PVH = {
  yes: "has a kernel that boots as PVH",
  no: "has no kernel that boots as PVH: use XenHvmGuest or KvmGuest",
  undecided: "may have a kernel that boots as PVH, which is not verified",
} as const;

type Sentences = Readonly<Record<"yes" | "no" | "undecided", string>>;

/**
 * Undecided is `any`: assignable to "yes" as well as from it, so that an operating system of which nothing is
 * known compiles everywhere and is left to the rules.
 */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Undecided = any;

type Verdict<Known extends Ternary, S extends Sentences> = [Known] extends [true]
  ? S["yes"]
  : [Known] extends [false]
    ? S["no"]
    : Undecided;

/** What the type of a system says of its PV kernel. */
export type PvVerdict<Known extends Ternary> = Verdict<Known, typeof PV>;
/** What the type of a system says of its PVH entry point. */
export type PvhVerdict<Known extends Ternary> = Verdict<Known, typeof PVH>;

/** The type of a system whose kernel can be paravirtualized. */
export type HasPv = (typeof PV)["yes"];
/** The type of a system whose kernel has the PVH entry point. */
export type HasPvh = (typeof PVH)["yes"];

/** The sentence at run time. */
export function verdict(known: Ternary, sentences: Sentences): string {
  if (known === undefined) return sentences.undecided;
  return known ? sentences.yes : sentences.no;
}
