/** Lines around a change. */
const CONTEXT = 3;

interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/** What differs between two texts, in the unified form, without the lines that name the files. */
export function lineDiff(before: string, after: string): string[] {
  const lines = marked(before.split("\n"), after.split("\n"));
  const near = new Set<number>();
  lines.forEach(({ mark }, index) => {
    if (mark === " ") return;
    for (let at = index - CONTEXT; at <= index + CONTEXT; at++) near.add(at);
  });
  const shown: string[] = [];
  let [old, now, last] = [1, 1, -2];
  lines.forEach(({ mark, text }, index) => {
    if (near.has(index)) {
      if (last !== index - 1) shown.push(`@@ -${old} +${now} @@`);
      shown.push(mark + text);
      last = index;
    }
    if (mark !== "+") old++;
    if (mark !== "-") now++;
  });
  return shown;
}

/** The longest common subsequence decides which lines stay. */
function marked(before: readonly string[], after: readonly string[]): Line[] {
  const [rows, columns] = [before.length, after.length];
  const length = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      length[row]![column] =
        before[row] === after[column]
          ? length[row + 1]![column + 1]! + 1
          : Math.max(length[row + 1]![column]!, length[row]![column + 1]!);
    }
  }
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < rows || column < columns) {
    if (row < rows && column < columns && before[row] === after[column]) {
      lines.push({ mark: " ", text: before[row++]! });
      column++;
    } else if (column >= columns || (row < rows && length[row + 1]![column]! >= length[row]![column + 1]!)) {
      lines.push({ mark: "-", text: before[row++]! });
    } else lines.push({ mark: "+", text: after[column++]! });
  }
  return lines;
}
