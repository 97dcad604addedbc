import { containsLate, type Late } from "../plan/late";
import { type Failure, fail, type Outcome, pass, undetermined } from "../rule";

/** What a part of a configuration is when nothing in it is late. */
export type Literal<T> = T extends Late
  ? never
  : T extends object
    ? { readonly [Key in keyof T]: Literal<T[Key]> }
    : T;

/** The verdict on a part of a configuration: undecided while anything in it is late, else what is wrong with it. */
export function* outcomesOf<T>(
  part: T | undefined,
  reason: string,
  faults: (part: Literal<T>) => Iterable<Failure>,
): Iterable<Outcome> {
  if (part === undefined || part === null) return;
  if (containsLate(part)) return yield undetermined(`${reason} known only at apply`);
  let sound = true;
  for (const fault of faults(part as Literal<T>)) {
    sound = false;
    yield fail(fault);
  }
  if (sound) yield pass;
}
