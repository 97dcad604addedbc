import { isLate } from "../../plan/late";
import { fail, type Outcome, type Severity, undetermined } from "../../rule";
import { allOf } from "../hyp/offers";

/** A setting that libvirt's Xen driver accepts and passes on to nobody. */
export interface Ignored {
  readonly at: string;
  /** In the words of people, to follow "without". */
  readonly what: string;
  readonly late: boolean;
}

/** Attributes of an object, each with what people call it. */
export type Words = Readonly<Record<string, string>>;

const NOTHING: readonly Ignored[] = [];

/** Which of these attributes an object sets; what is switched off asks for nothing. */
export function ignoredIn(place: object | undefined, path: string, words: Words): readonly Ignored[] {
  if (place === undefined) return NOTHING;
  let found: Ignored[] | undefined;
  for (const key in words) {
    const value = (place as Readonly<Record<string, unknown>>)[key];
    if (value === undefined || isOff(value)) continue;
    const late = isLate(Array.isArray(value) ? value[0] : value);
    found ??= [];
    found.push({ at: path === "" ? key : `${path}.${key}`, what: words[key]!, late });
    // Of an object that is late as a whole, every attribute is.
    if (isLate(place)) break;
  }
  return found ?? NOTHING;
}

function isOff(value: unknown): boolean {
  if (value === false || value === "" || value === "off" || value === "no") return true;
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.length === 0;
  const { state } = value as { state?: unknown };
  return state === "off";
}

/** One finding for all ignored settings of a subject, such as `disk xvda of "web"`. */
export function* reportIgnored(
  subject: string,
  settings: readonly Ignored[],
  { advice = "", severity }: { readonly advice?: string; readonly severity?: Severity } = {},
): Generator<Outcome> {
  const sure = settings.filter(({ late }) => !late);
  for (const { what } of settings.filter(({ late }) => late).slice(0, 1)) {
    yield undetermined(`whether a guest asks for ${what} is known only at apply`);
  }
  if (sure.length === 0) return;
  const accepted = sure.length === 1 ? "the setting and drops it" : "the settings and drops them";
  yield fail({
    severity,
    at: sure[0]!.at,
    message: `${subject} would start without ${allOf(sure.map(({ what }) => what))}: libvirt's Xen driver accepts ${accepted}.`,
    fix: `remove ${allOf(sure.map(({ at }) => at))}${advice}`,
  });
}
