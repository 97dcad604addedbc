type Json = Record<string, unknown>;

/** A disk for tests: `disk("vda")` is an image on the bus that its target gives. */
export function disk(dev: string, changes: Json = {}): Json {
  return {
    source: { file: { file: `/srv/${dev}.img` } },
    target: { dev },
    ...changes,
  };
}

/** The attributes of a guest with these disks alone. */
export function withDisks(...disks: Json[]): Json {
  return { name: "web", devices: { disks } };
}
