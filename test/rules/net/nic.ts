type Json = Record<string, unknown>;

/** The attributes of a guest with these interfaces alone, virtio unless they say otherwise. */
export function withNics(...nics: Json[]): Json {
  return {
    name: "web",
    devices: { interfaces: nics.map((nic) => ({ model: { type: "virtio" }, ...nic })) },
  };
}

export const NETWORK = { network: { network: "default" } };
