import type { CloudInit } from "../cloud-init/cloud-init";
import { CloudinitDisk } from "../provider/cloudinit-disk";
import { Volume as VolumeResource } from "../provider/volume";
import { attributeOf } from "../reference";
import { replaceOnChange } from "../revision";
import type { IStoragePool } from "../storage/pool";
import type { IVolume } from "../storage/volume";
import type { Guest } from "./guest";

/**
 * The volume with the first-boot configuration of a guest. It is made anew when that configuration changes, and for
 * nothing else: the provider keeps the ISO that it uploads in the temporary folder of the machine that runs
 * Terraform, and makes it again wherever it is missing, at each run of a pipeline.
 */
export function seedVolume(guest: Guest, cloudInit: CloudInit, pool: IStoragePool): IVolume {
  const { provider } = guest.host;
  const name = `${guest.guestName}-seed`;
  const iso = new CloudinitDisk(guest, "Seed", { provider, name, ...cloudInit.render(guest.guestName) });
  const volume = new VolumeResource(guest, "SeedVolume", {
    provider,
    name: `${name}.iso`,
    pool: pool.poolName,
    create: { content: { url: attributeOf(iso, "path") } },
  });
  volume.lifecycle = { ignoreChanges: ["create"] };
  replaceOnChange(guest, "SeedRevision", volume, { of: iso });
  return {
    host: guest.host,
    poolName: pool.poolName,
    volumeName: attributeOf(volume, "name"),
    volumePath: attributeOf(volume, "path"),
    format: "iso",
  };
}
