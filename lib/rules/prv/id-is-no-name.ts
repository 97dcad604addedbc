import { PlanGuest } from "../../plan/guest";
import type { PlanResource } from "../../plan/resource";
import { PlanVolume } from "../../plan/storage";
import { defineRule, fail, notApplicable, pass, resources } from "../../rule";

/** What the id of a resource is, which is never its name. */
const IDS: Readonly<Record<string, string>> = {
  libvirt_volume: "the path of the volume",
  libvirt_pool: "the UUID of the pool",
  libvirt_network: "the UUID of the network",
};

/** The type in the address of a resource, in a module or not. */
const TYPE = /(?:^|\.)(libvirt_\w+)\.[^.]+$/;

/** libvirt looks things up by their name. */
export const idIsNoName = defineRule({
  code: "VIRT-PRV-018",
  slug: "id-is-no-name",
  severity: "error",
  stage: "apply",
  title: "A volume, pool or network is named by its name, not by its id",
  why: "Version 0.8 of the provider was given ids. In 0.9 the attributes take libvirt's names, and the id of a volume is its path, that of a pool or network a UUID: libvirt finds nothing by them.",
  fix: "Refer to the attribute name (or path, in source.file).",
  sources: [
    "measured: with provider 0.9.7 the id of a volume is its path, and the ids of a pool and a network are their UUIDs",
    "libvirt: virStorageVolLookupByName, virStoragePoolLookupByName, virNetworkLookupByName",
  ],
  needs: ["plan"],
  on: resources,
  *check(resource) {
    if (!refersToId(resource)) return yield resource.references.size > 0 ? pass : notApplicable;
    for (const [at, given] of namesIn(resource)) {
      const target = given === undefined ? undefined : resource.references.get(given);
      if (target === undefined) continue;
      const { address } = target.resource;
      const what = IDS[TYPE.exec(address)?.[1] ?? ""];
      if (target.attribute !== "id" || what === undefined) yield pass;
      else {
        yield fail({
          at,
          message: `${at} of "${resource.label}" is the id of ${address}, which is ${what} and not its name.`,
          fix: `refer to ${address}.name`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.network("lan").kvm(on("${libvirt_network.lan.id}")),
    good: (plan) => plan.network("lan").kvm(on("${libvirt_network.lan.name}")),
  },
});

function on(network: string): Record<string, unknown> {
  return { devices: { interfaces: [{ source: { network: { network } }, model: { type: "virtio" } }] } };
}

/** Few plans have such a reference at all, whatever it is for. */
function refersToId({ references }: PlanResource<unknown>): boolean {
  for (const { attribute } of references.values()) if (attribute === "id") return true;
  return false;
}

function* namesIn(resource: unknown): Iterable<readonly [at: string, given: string | undefined]> {
  if (resource instanceof PlanVolume) yield ["pool", resource.config.pool];
  if (!(resource instanceof PlanGuest)) return;
  for (const [index, { source }] of resource.disks.entries()) {
    const at = `devices.disks[${index}].source.volume`;
    yield [`${at}.pool`, source?.volume?.pool];
    yield [`${at}.volume`, source?.volume?.volume];
  }
  for (const [index, { source }] of resource.interfaces.entries()) {
    yield [`devices.interfaces[${index}].source.network.network`, source?.network?.network];
  }
}
