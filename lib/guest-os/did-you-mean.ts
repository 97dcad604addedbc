/**
 * The names that a misspelled one may have meant, nearest first; none when nothing is near. A name that only has
 * more words (`windows-server-2022` for `windows-2022`) is as near as can be.
 */
export function didYouMean(wrong: string, names: readonly string[], limit = 4): string[] {
  const tolerance = Math.max(2, Math.floor(wrong.length / 4));
  return names
    .map((name) => ({ name, distance: hasWordsOf(wrong, name) ? 0 : editDistance(wrong, name) }))
    .filter(({ distance }) => distance <= tolerance)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}

function hasWordsOf(wrong: string, name: string): boolean {
  const words = name.split("-");
  return wrong.split("-").every((word) => words.includes(word));
}

/** Levenshtein: the fewest letters to insert, delete or replace. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1));
    }
    previous = current;
  }
  return previous[b.length]!;
}
