import { PlanGuest } from "../../plan/guest";
import { known } from "../../plan/late";
import type { PlanNetwork } from "../../plan/plan";
import { defineRule, guestsAndNetworks, pass } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

/** libvirt writes MAC addresses in lower case. */
export const macInLowerCase = defineRule({
  code: "VIRT-PRV-011",
  slug: "mac-in-lower-case",
  severity: "error",
  stage: "apply",
  title: "MAC addresses must be written in lower case",
  why: WHY,
  fix: "Write the address in lower case.",
  sources: [
    `${MEASURED}: the MAC of an interface, running or not, and of a network come back in lower case; one of a DHCP reservation keeps its case`,
  ],
  needs: ["guest"],
  on: guestsAndNetworks,
  *check(resource) {
    for (const { at, mac } of macsOf(resource)) {
      if (mac === undefined) continue;
      const lower = mac.toLowerCase();
      yield mac === lower ? pass : readBack(resource, at, mac, "in lower case", `write it as "${lower}"`);
    }
  },
  examples: {
    bad: (plan) => plan.network("lan", { mac: { address: "52:54:00:AA:CC:01" } }),
    good: (plan) => plan.network("lan", { mac: { address: "52:54:00:aa:cc:01" } }),
  },
});

function macsOf(resource: PlanGuest | PlanNetwork): readonly { at: string; mac: string | undefined }[] {
  if (!(resource instanceof PlanGuest))
    return [{ at: "mac.address", mac: known(resource.config.mac?.address) }];
  return resource.interfaces.map(({ mac }, index) => ({
    at: `devices.interfaces[${index}].mac.address`,
    mac: known(mac?.address),
  }));
}
