import { isAbsolute, relative, sep } from "node:path";
import type { SourceLine } from "../plan/source";

/** A line of the user's code, in a file that is named as a pipeline knows it. */
export interface FileLine {
  /** Relative to the repository, with slashes; an absolute path when the file lies outside. */
  readonly file: string;
  readonly line: number;
}

export function fileLine(source: SourceLine, root: string): FileLine {
  const path = relative(root, source.file);
  const outside = path === "" || path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);
  const file = (outside ? source.file : path).split(sep).join("/");
  return { file, line: Math.max(1, source.line) };
}

/** Whether the file of a line lies outside the repository. */
export function isOutside({ file }: FileLine): boolean {
  return isAbsolute(file);
}
