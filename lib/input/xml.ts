import { readXml, type XmlDocument } from "../domain-xml";
import type { RawPlan } from "../plan/build";
import type { RawResource } from "../plan/resource";
import { type ObjectType, resourceType } from "../provider/table";
import { InputError } from "./input-error";

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads what `virsh dumpxml`, `net-dumpxml` or `pool-dumpxml` prints. It does not say which host it is of, so that
 * documents that are given together are taken for those of one host.
 *
 * @throws InputError
 */
export function readXmlDocument(name: string, text: string, unit: string): RawPlan {
  const { kind, config } = parse(name, text);
  if (kind === "volume") {
    throw new InputError(
      `${name} is a volume, which does not say in which pool it is: give domains, networks and pools`,
    );
  }
  const type = `libvirt_${kind}`;
  const label = typeof config.name === "string" ? config.name : name;
  const resource: RawResource = {
    ...{ type, name: label, label, unit },
    address: `${type}.${label}`,
    attributes: inTerraform(resourceType(type)!, config),
  };
  return { providers: [], resources: [resource] };
}

function parse(name: string, text: string): XmlDocument {
  try {
    return readXml(text);
  } catch (error) {
    throw new InputError(`${name}: ${(error as Error).message}`);
  }
}

/** A configuration in Terraform's spelling, as all readers deliver it. */
function inTerraform(object: ObjectType, config: Json): Json {
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) => {
      const attribute = object.byKey(key);
      if (attribute === undefined) return [];
      const { type } = attribute;
      if (!("object" in type)) return [[attribute.name, value]];
      const below = (each: unknown) => inTerraform(type.object, each as Json);
      return [[attribute.name, Array.isArray(value) ? value.map(below) : below(value)]];
    }),
  );
}
