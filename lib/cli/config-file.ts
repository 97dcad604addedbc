import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InputError, unreadable } from "../input/input-error";
import type { ValidationConfig } from "../validation/config";

/** What a configuration file says: how to validate, and where the facts of hosts are. */
export interface FileConfig {
  readonly validation: ValidationConfig;
  /** `HOST=PATH`, relative to the file. */
  readonly facts: readonly string[];
}

/**
 * Reads a configuration in JSON or YAML. What it says of rules is checked where it is used.
 *
 * @throws InputError
 */
export function readConfigFile(file: string): FileConfig {
  const value = parse(file);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(`${file} is no configuration: it must hold keys such as pack, severities and facts`);
  }
  const { facts = {}, ...validation } = value as Record<string, unknown>;
  if (
    typeof facts !== "object" ||
    facts === null ||
    Array.isArray(facts) ||
    Object.values(facts).some((path) => typeof path !== "string")
  ) {
    throw new InputError(`${file}: facts must be paths by host, such as { "libvirt.kvm1": "hosts/kvm1" }`);
  }
  return {
    validation: validation as ValidationConfig,
    facts: Object.entries(facts).map(([host, path]) => `${host}=${resolve(dirname(file), path)}`),
  };
}

function parse(file: string): unknown {
  const { parse: parseYaml } = require("yaml") as typeof import("yaml");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw unreadable(file, error);
  }
  try {
    // JSON is YAML as well.
    return parseYaml(text);
  } catch (error) {
    throw new InputError(`${file} is neither JSON nor YAML: ${(error as Error).message}`);
  }
}
