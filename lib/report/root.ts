import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The nearest folder with `.git` in it, from here upwards; where there is none, the folder itself. */
export function repositoryRoot(folder: string = process.cwd()): string {
  const start = resolve(folder);
  for (let each = start; ; each = dirname(each)) {
    if (existsSync(join(each, ".git"))) return each;
    if (each === dirname(each)) return start;
  }
}
