import { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import type { PlanNetwork } from "../../plan/plan";
import { defineRule, fail, guestsAndNetworks, type Outcome, pass, undetermined } from "../../rule";

/** The least that IPv4 allows. */
const LEAST = 68;
/** What the kernel gives a tap device, and a bridge. */
const MOST_OF_TAP = 65_521;
const MOST_OF_BRIDGE = 65_535;

/** The kernel of the host has the last word. */
export const mtuInRange = defineRule({
  code: "VIRT-NET-060",
  slug: "mtu-in-range",
  severity: "error",
  stage: "start",
  title: "The MTU of an interface or a network must be one that the kernel takes",
  why: "libvirt defines any MTU and sets it when the guest or network starts. The kernel refuses less than 68 bytes, more than 65521 on a tap device, and more than 65535 on a bridge.",
  fix: "Use 1500, or 9000 where every switch on the way has jumbo frames.",
  sources: [
    "tried: libvirt 9.0.0 on Linux 6: a tap device with MTU 50 and with 65535, a network with 50: Cannot set interface MTU: Invalid argument; 68 starts. Kernel: mtu greater than device maximum",
    "Linux include/uapi/linux/if_ether.h ETH_MIN_MTU, ETH_MAX_MTU; drivers/net/tun.c",
  ],
  needs: ["plan"],
  on: guestsAndNetworks,
  *check(resource): Iterable<Outcome> {
    for (const [at, size, most] of sizesOf(resource)) {
      if (size === undefined) continue;
      if (isLate(size)) yield undetermined("an MTU is known only at apply");
      else if (typeof size !== "number") continue;
      else if (size >= LEAST && size <= most) yield pass;
      else {
        yield fail({
          at,
          message: `${at} of "${resource.label}" is ${size}; the kernel takes ${LEAST} to ${most}.`,
          fix: `use 1500, or another MTU from ${LEAST} to ${most}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.network("lan", { mtu: { size: 50 } }),
    good: (plan) => plan.network("lan", { mtu: { size: 9000 } }),
  },
});

function* sizesOf(resource: PlanGuest | PlanNetwork): Iterable<readonly [string, unknown, number]> {
  if (!(resource instanceof PlanGuest)) {
    yield ["mtu.size", resource.config.mtu?.size, MOST_OF_BRIDGE];
    return;
  }
  for (const [index, { mtu }] of resource.interfaces.entries()) {
    if (mtu !== undefined) yield [`devices.interfaces[${index}].mtu.size`, mtu.size, MOST_OF_TAP];
  }
}
