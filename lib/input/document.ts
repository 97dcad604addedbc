import type { RawPlan } from "../plan/build";
import type { RawResource } from "../plan/resource";
import { readTerraformJson, stackNameOf } from "../plan/terraform-json";
import { readTerraformPlan, type ShownJson, shownResources } from "../plan/terraform-plan";
import { InputError } from "./input-error";

type Json = Record<string, unknown>;

/** The value of a JSON text. @throws InputError that names the place where it breaks off or goes wrong. */
export function parseJson(name: string, text: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const { message } = error as Error;
    const isCutOff =
      /end of JSON/.test(message) || Number(/position (\d+)/.exec(message)?.[1]) >= text.length - 1;
    if (isCutOff)
      throw new InputError(`${name} is not valid JSON: it is cut off after ${text.length} characters`);
    throw new InputError(`${name} is not valid JSON (${message})`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new InputError(
      `${name} is JSON, but neither a Terraform configuration nor the output of "terraform show -json"`,
    );
  }
  return value as Json;
}

/** Reads one JSON document by what it holds, whatever its file is called. */
export function readDocument(name: string, document: Json, unit: string): RawPlan {
  if ("planned_values" in document || "values" in document)
    return readShown(name, document as ShownJson, unit);
  if ("resource_changes" in document || "format_version" in document) {
    throw new InputError(
      `${name} is of "terraform show -json", but shows no resources: there is nothing in it to check`,
    );
  }
  if ("lineage" in document && "serial" in document) {
    throw new InputError(`${name} is a state file: give the output of "terraform show -json ${name}"`);
  }
  if (isTerraformJson(document)) {
    return readTerraformJson([{ unit: stackNameOf(document) ?? unit, documents: [document] }]);
  }
  const keys = Object.keys(document).slice(0, 5).join(", ") || "nothing";
  throw new InputError(
    `${name} is JSON, but neither a Terraform configuration nor the output of "terraform show -json" (it has ${keys})`,
  );
}

/** Whether a document is a Terraform configuration in JSON. */
export function isTerraformJson(document: Json): boolean {
  return BLOCKS.some((block) => block in document);
}

const BLOCKS = ["resource", "provider", "terraform", "module", "variable", "locals", "output", "data"];
/** Attributes that provider 0.8 and older have, and 0.9 has not. */
const OLD: Readonly<Record<string, string>> = {
  libvirt_domain: "network_interface",
  libvirt_volume: "base_volume_id",
  libvirt_network: "addresses",
};

function readShown(name: string, shown: ShownJson, unit: string): RawPlan {
  let plan: RawPlan;
  try {
    refuseOldProvider(name, shown);
    plan = readTerraformPlan(shown, unit);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new InputError(`${name} is not what "terraform show -json" prints: ${error.message}`);
  }
  if ("values" in shown) refuseSeveralHosts(name, plan);
  return plan;
}

function refuseOldProvider(name: string, shown: ShownJson): void {
  for (const { address, type, values } of shownResources(shown)) {
    const old = OLD[type];
    if (old === undefined || values === undefined || !(old in values)) continue;
    throw new InputError(
      `${name} was made with dmacvicar/libvirt 0.8 or older (${address} has ${old}): the rules know 0.9`,
    );
  }
}

/** Of these a host has one of a name. */
const UNIQUE_ON_HOST = new Set(["libvirt_domain", "libvirt_network", "libvirt_pool"]);

/** A state does not tell which provider configuration a resource is of. */
function refuseSeveralHosts(name: string, { resources }: RawPlan): void {
  const refuse = (evidence: string): never => {
    throw new InputError(
      `${name} is a state of several hosts (${evidence}) and does not say which resource is on which: check the plan instead`,
    );
  };
  const seen = new Set<string>();
  let guest: RawResource | undefined;
  for (const resource of resources) {
    const { type, address, attributes } = resource;
    if (type === "libvirt_domain") {
      guest ??= resource;
      if ((guest.attributes.type === "xen") !== (attributes.type === "xen")) {
        refuse(`${guest.address} has type ${guest.attributes.type}, ${address} has ${attributes.type}`);
      }
    }
    if (!UNIQUE_ON_HOST.has(type) || typeof attributes.name !== "string") continue;
    const key = `${type} ${attributes.name}`;
    if (seen.has(key)) refuse(`${address} is a second "${attributes.name}"`);
    seen.add(key);
  }
}
