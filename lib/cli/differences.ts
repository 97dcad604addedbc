/**
 * What differs between two values of plain data, a line for each: `+ networks.lan`, `- pools.old`,
 * `~ memoryKiB: 1 -> 2`. Entries of lists are told apart by their name.
 */
export function differences(before: unknown, after: unknown, path = ""): string[] {
  if (before === after) return [];
  if (before === undefined) return [`+ ${path}${shown(after, path)}`];
  if (after === undefined) return [`- ${path}${shown(before, path)}`];
  const [old, now] = [entriesOf(before), entriesOf(after)];
  if (!old || !now) return [`~ ${path}: ${text(before)} -> ${text(after)}`];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    differences(old.get(key), now.get(key), path === "" ? key : `${path}.${key}`),
  );
}

/** The parts of an object or a list; undefined for what has none. */
function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const seen = new Map<string, number>();
    return new Map(
      value.map((each) => {
        const key = keyOf(each);
        const time = seen.get(key) ?? 0;
        seen.set(key, time + 1);
        return [time === 0 ? key : `${key}#${time + 1}`, each];
      }),
    );
  }
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
}

function keyOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const { name, id, sizeKiB, osType, virtType, arch, machine } = value as Record<string, unknown>;
  const parts = [osType ?? virtType, name ?? id ?? sizeKiB, arch, machine].filter(
    (part) => part !== undefined,
  );
  return parts.length > 0 ? parts.join("/") : JSON.stringify(value);
}

/** An entry of a list of texts is its own name. */
function shown(value: unknown, path: string): string {
  return typeof value === "object" || path.endsWith(`.${String(value)}`) ? "" : `: ${text(value)}`;
}

function text(value: unknown): string {
  return typeof value === "object" ? (Array.isArray(value) ? "a list" : "an object") : String(value);
}
