import type { LostValue } from "../domain-xml";

type Config = Readonly<Record<string, unknown>>;

/** A domain without the passwords of its displays, and what was taken away. */
export function withoutSecrets(config: Config): {
  readonly config: Config;
  readonly taken: readonly LostValue[];
} {
  const taken: LostValue[] = [];
  const clean = (value: unknown, at: string): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).filter(([key]) => {
      if (key === "passwd") taken.push({ path: `${at}/@passwd`, value: "(a password)", line: 0 });
      return key !== "passwd" && key !== "passwdValidTo";
    });
    return Object.fromEntries(entries.map(([key, each]) => [key, clean(each, at)]));
  };
  const devices = config.devices as Config | undefined;
  if (devices?.graphics === undefined) return { config, taken };
  const graphics = (devices.graphics as Config[]).map((each, index) =>
    clean(each, `/domain/devices/graphics[${index + 1}]`),
  );
  return { config: { ...config, devices: { ...devices, graphics } }, taken };
}
