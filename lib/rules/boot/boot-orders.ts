import type { PlanGuest } from "../../plan/guest";
import type { Late } from "../../plan/late";

export interface BootOrder {
  /** Path of the attribute. */
  readonly at: string;
  readonly order: number | Late | undefined;
}

const KINDS = ["disks", "interfaces", "hostdevs", "redirDevs", "filesystems"] as const;

/** Of every device that can have one. */
export function bootOrders({ domain: { devices } }: PlanGuest): BootOrder[] {
  const orders: BootOrder[] = [];
  for (const kind of KINDS) {
    devices?.[kind]?.forEach(({ boot }, index) => {
      orders.push({ at: `devices.${kind}[${index}].boot.order`, order: boot?.order });
    });
  }
  return orders;
}
