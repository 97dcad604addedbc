import type { PlanGuest } from "../../plan/guest";
import { isLate, known } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { defineRule, fail, guests, type Outcome, pass, undetermined } from "../../rule";
import { type BootOrder, bootOrders } from "./boot-orders";

/** The firmware tries devices by their order, so two cannot have the same, and there is none before the first. */
export const bootOrderUnique = defineRule({
  code: "VIRT-BOOT-002",
  slug: "boot-order-unique",
  severity: "error",
  stage: "define",
  title: "Each boot order may be given once in a guest, from 1 on",
  why: "The boot order of devices is a ranking: libvirt refuses an order of 0 and one that two devices share, be they disks, network interfaces, host devices, redirected USB devices or filesystems. Gaps do not matter.",
  fix: "Number the bootable devices 1, 2, 3 and so on.",
  sources: [
    "libvirt domain_postparse.c virDomainDefCollectBootOrder, domain_conf.c virDomainDeviceBootParseXML",
    "tried: libvirt 9.0.0, define of order 1 on two devices of each pair of kinds: boot order '1' used for more than one device; order 0: Zero is not permitted; orders 5 and 9 start",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    const orders = bootOrders(guest);
    for (const { at, order } of orders) {
      if ((known(order) ?? 1) >= 1) continue;
      yield fail({
        at,
        message: `Boot order ${order} of ${at.replace(".boot.order", "")} of "${guest.label}" is below 1.`,
        fix: `set it to ${nextOrder(orders)}, or remove boot to leave the device out`,
      });
    }
    yield* repeated(guest, orders);
    yield orders.some(({ order }) => isLate(order))
      ? undetermined("a boot order is known only at apply")
      : pass;
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            { ...file("root"), target: { dev: "vda", bus: "virtio" }, boot: { order: 1 } },
            { ...file("data"), target: { dev: "vdb", bus: "virtio" }, boot: { order: 1 } },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          disks: [
            { ...file("root"), target: { dev: "vda", bus: "virtio" }, boot: { order: 1 } },
            { ...file("data"), target: { dev: "vdb", bus: "virtio" }, boot: { order: 2 } },
          ],
        },
      }),
  },
});

/** libvirt compares the orders of fully virtualized guests only; a paravirtualized one has no firmware to rank for. */
function* repeated(guest: PlanGuest, orders: readonly BootOrder[]): Iterable<Outcome> {
  if (known(guest.osType) !== "hvm") return;
  for (const [order, same] of groupBy(orders, (each) => known(each.order))) {
    if (same.length < 2 || order < 1) continue;
    const devices = same.map(({ at }) => at.replace(".boot.order", ""));
    yield fail({
      at: same[1]!.at,
      message: `Boot order ${order} is given to ${same.length} devices of "${guest.label}": ${devices.join(", ")}.`,
      fix: `give each its own order; ${nextOrder(orders)} is free`,
    });
  }
}

function nextOrder(orders: readonly BootOrder[]): number {
  return Math.max(0, ...orders.map(({ order }) => known(order) ?? 0)) + 1;
}

function file(name: string) {
  return {
    source: { file: { file: `/var/lib/libvirt/images/${name}.img` } },
    driver: { name: "qemu", type: "raw" },
  };
}
