/** Whether a version such as `9.0.0` is at least the wanted one; undefined when it is not known. */
export function isAtLeast(version: string | undefined, wanted: string): boolean | undefined {
  if (version === undefined) return undefined;
  const [have, want] = [version, wanted].map((each) => each.split(".").map(Number));
  for (const [index, part] of want!.entries()) {
    const other = have![index] ?? 0;
    if (other !== part) return other > part;
  }
  return true;
}
