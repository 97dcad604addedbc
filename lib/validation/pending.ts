import type { Place } from "../plan/resource";
import type { Rule } from "../rule";

/**
 * How many resources all rules look at before they go on to the next: what a large plan holds in memory is then
 * fetched once, and not once for each rule.
 */
export const BLOCK = 64;

/** Puts a place before a rule; `yields` says whether the rule hands out its outcomes one by one. */
export type Look = (rule: Rule, yields: boolean, subject: Place) => void;

const GeneratorFunction = Object.getPrototypeOf(function* () {}).constructor as FunctionConstructor;

/** Subjects of a rule, each with its position in the plan; what has none comes first. */
interface Placed {
  readonly places: readonly Place[];
  readonly positions: Uint32Array;
}

/** Finds the positions of subjects: many rules have the same ones. */
export class Positions {
  private readonly known = new Map<object, Placed>();

  constructor(private readonly order: ReadonlyMap<Place, number>) {}

  of(subjects: Iterable<Place>): Placed {
    let placed = this.known.get(subjects);
    if (placed === undefined) {
      const places = Array.isArray(subjects) ? (subjects as readonly Place[]) : [...subjects];
      placed = { places, positions: Uint32Array.from(places, (place) => this.order.get(place) ?? 0) };
      this.known.set(subjects, placed);
    }
    return placed;
  }
}

/** A rule, and what it has not looked at yet. */
export class Pending {
  private next = 0;
  private readonly yields: boolean;

  constructor(
    private readonly rule: Rule,
    private readonly subjects: Placed,
  ) {
    this.yields = rule.check instanceof GeneratorFunction;
  }

  get done(): boolean {
    return this.next >= this.subjects.places.length;
  }

  /** Looks at what comes before a position in the plan, in the rule's own order. */
  advance(end: number, look: Look): void {
    const { places, positions } = this.subjects;
    for (; this.next < places.length && positions[this.next]! < end; this.next++) {
      look(this.rule, this.yields, places[this.next]!);
    }
  }
}
