import { createHash } from "node:crypto";

/**
 * The MAC address of a NIC that the user gave none: the same on every run, and different for every deployment,
 * path and NIC. `52` makes it a locally administered unicast address; the other 40 bits are a hash, so that two
 * NICs of ten thousand practically never meet, and a collision can be seen without any host.
 */
export function deriveMac(seed: string, constructPath: string, nic: string): string {
  const hash = createHash("sha256").update(`${seed}\n${constructPath}\n${nic}`).digest("hex");
  return `52:${hash.slice(0, 10).match(/../g)!.join(":")}`;
}
