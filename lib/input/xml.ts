import { planAttributes, readXml, type XmlDocument } from "../domain-xml";
import type { RawPlan } from "../plan/build";
import type { RawResource } from "../plan/resource";
import { InputError } from "./input-error";

/**
 * Reads what `virsh dumpxml`, `net-dumpxml` or `pool-dumpxml` prints. It does not say which host it is of, so that
 * documents that are given together are taken for those of one host.
 *
 * @throws InputError
 */
export function readXmlDocument(name: string, text: string, unit: string): RawPlan {
  const document = parse(name, text);
  const { kind, config } = document;
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
    attributes: planAttributes(document),
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
