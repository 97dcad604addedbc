/** What is set at a path such as `devices.audios[].pipeWire`, each with its place: `devices.audios[0].pipeWire`. */
export function partsAt(config: object, path: string): [place: string, part: unknown][] {
  let found: [string, unknown][] = [["", config]];
  for (const step of path.replaceAll("[]", "").split(".")) {
    found = found.flatMap(([at, value]) => {
      const next = (value as Record<string, unknown> | undefined)?.[step];
      const place = at === "" ? step : `${at}.${step}`;
      if (next === undefined || next === null) return [];
      return Array.isArray(next)
        ? next.map((each, index): [string, unknown] => [`${place}[${index}]`, each])
        : [[place, next]];
    });
  }
  return found;
}
