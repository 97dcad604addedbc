import { readXmlDocuments, type XmlSource } from "../../domain-xml";
import { type ImportedResource, resourcesOfXml } from "../../import";
import { InputError } from "../../input/input-error";
import { maskPasswords } from "../../plan/secrets";
import type { Run } from "./shell";
import type { Target } from "./target";
import { Virsh } from "./virsh";

type Config = Readonly<Record<string, unknown>>;

/** What a host has, and what could not be read of it. */
export interface Machines {
  readonly resources: readonly ImportedResource[];
  /** `domain 0f3e…: the reason` */
  readonly unread: readonly string[];
}

/**
 * Asks a host for its domains as they are defined, its networks, its pools, and the volumes that disks name; reading
 * only.
 *
 * @throws InputError when libvirt there does not answer.
 */
export async function captureMachines(
  { uri }: Target,
  run: Run,
  doing: (what: string) => void,
): Promise<Machines> {
  const virsh = new Virsh(uri, run, doing);
  const reached = await virsh.ask("uri");
  if ("failed" in reached)
    throw new InputError(`${maskPasswords(uri)} does not answer: ${maskPasswords(reached.failed)}`);

  const unread: string[] = [];
  const read = async (what: string, keys: readonly string[], command: (key: string) => string[]) => {
    const xmls = await virsh.xmls(keys.map(command));
    const sources = keys.flatMap((key, index): XmlSource[] => {
      const text = xmls[index];
      if (text !== undefined) return [{ file: maskPasswords(uri), text }];
      unread.push(`${what} ${key}: it could not be dumped`);
      return [];
    });
    const { documents, skipped } = readXmlDocuments(sources);
    unread.push(...skipped.map(({ reason }) => `${what}: ${reason}`));
    return documents;
  };
  const pools = await read("pool", await virsh.names("pool-list", "--all", "--uuid"), (uuid) => [
    "pool-dumpxml",
    uuid,
  ]);
  const networks = await read("network", await virsh.names("net-list", "--all", "--uuid"), (uuid) => [
    ...["net-dumpxml", "--inactive", uuid],
  ]);
  const domains = await read("domain", await virsh.names("list", "--all", "--uuid"), (uuid) => [
    ...["dumpxml", "--inactive", uuid],
  ]);
  const volumes = volumesOf(domains.map(({ config }) => config));
  const volumeDocuments = await read("volume", [...volumes.keys()], (key) => {
    const { pool, volume } = volumes.get(key)!;
    return ["vol-dumpxml", "--pool", pool, "--vol", volume];
  });

  const running = new Set(await virsh.names("list", "--uuid"));
  const autostart = new Set([
    ...(await virsh.names("list", "--all", "--autostart", "--uuid")),
    ...(await virsh.names("net-list", "--all", "--autostart", "--uuid")),
  ]);
  const resources = resourcesOfXml([...pools, ...volumeDocuments, ...networks, ...domains]);
  return { resources: resources.map((resource) => withState(resource, running, autostart)), unread };
}

function withState(
  resource: ImportedResource,
  running: ReadonlySet<string>,
  autostart: ReadonlySet<string>,
): ImportedResource {
  const { kind, importId: uuid } = resource;
  if (uuid === undefined) return resource;
  if (kind === "domain") return { ...resource, running: running.has(uuid), autostart: autostart.has(uuid) };
  return kind === "network" ? { ...resource, autostart: autostart.has(uuid) } : resource;
}

/** The volumes that disks name by their pools. */
function volumesOf(domains: readonly Config[]): Map<string, { pool: string; volume: string }> {
  const volumes = domains.flatMap((domain) => {
    const { disks = [] } = (domain.devices ?? {}) as { disks?: readonly { source?: { volume?: Config } }[] };
    return disks.flatMap(({ source }) => {
      const { pool, volume } = source?.volume ?? {};
      return typeof pool === "string" && typeof volume === "string" ? [{ pool, volume }] : [];
    });
  });
  return new Map(volumes.map((each) => [`${each.volume} in ${each.pool}`, each]));
}
