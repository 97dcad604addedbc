import type { PlanGuest } from "../../plan/guest";
import type { Late } from "../../plan/late";

export interface BootOrder {
  /** Path of the attribute. */
  readonly at: string;
  readonly order: number | Late | undefined;
}

/** Of every device that can have one. */
export function bootOrders({ domain: { devices } }: PlanGuest): BootOrder[] {
  const kinds = ["disks", "interfaces", "hostdevs", "redirDevs", "filesystems"] as const;
  return kinds.flatMap((kind) =>
    (devices?.[kind] ?? []).map(({ boot }, index) => ({
      at: `devices.${kind}[${index}].boot.order`,
      order: boot?.order,
    })),
  );
}
