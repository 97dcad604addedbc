/** More CPUs than this no host has; a range beyond is a typing error. */
const MOST_CPUS = 16_384;

/** The numbers of a CPU set as libvirt writes it: `0-3,^2,8`; undefined when it is malformed. */
export function numbersOf(set: string): number[] | undefined {
  const numbers = new Set<number>();
  for (const part of set.split(",")) {
    const match = /^\s*(\^?)(\d+)(?:-(\d+))?\s*$/.exec(part);
    if (!match) return undefined;
    const [first, last] = [Number(match[2]), Number(match[3] ?? match[2])];
    if (last < first || last > MOST_CPUS) return undefined;
    for (let number = first; number <= last; number++) {
      if (match[1]) numbers.delete(number);
      else numbers.add(number);
    }
  }
  return [...numbers];
}

/** `0-3, 8`: numbers for people, ascending. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
}

/** A number or a range, with the spaces that libvirt skips; only a single number can be taken out again. */
const PART = /^\s*(?:\^\s*\d+|\d+\s*(?:-\s*\d+)?)\s*$/;

/** What is wrong with a CPU or node set, as libvirt reads it; undefined when nothing is. */
export function setFault(set: string): string | undefined {
  const parts = set.split(",");
  // A comma may end the set.
  if (parts.length > 1 && parts.at(-1)!.trim() === "") parts.pop();
  const wrong = parts.find((part) => !PART.test(part));
  if (wrong !== undefined) {
    return wrong.trim() === ""
      ? "has an empty part"
      : `has "${wrong.trim()}", which is no number and no range`;
  }
  const numbers = numbersOf(
    parts
      .join(",")
      .replace(/\^\s+/g, "^")
      .replace(/\s*-\s*/g, "-"),
  );
  if (numbers === undefined)
    return `has a range that ends before it starts, or a number beyond ${MOST_CPUS - 1}`;
  if (numbers.includes(MOST_CPUS)) return `has a number beyond ${MOST_CPUS - 1}`;
  return numbers.length === 0 ? "is empty: it takes out all that it names" : undefined;
}
