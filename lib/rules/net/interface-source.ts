import { isLate, type Late, type Planned } from "../../plan/late";
import type { DomainDevicesInterfaces } from "../../provider/domain";

export type Nic = Planned<DomainDevicesInterfaces>;
export type SourceKind = keyof NonNullable<Nic["source"]>;

/** What an interface is connected to, libvirt's type of it: `network`, `bridge`, `direct` … */
export function sourceKind({ source }: Nic): SourceKind | Late | undefined {
  if (source === undefined || isLate(source)) return source as Late | undefined;
  for (const kind in source) {
    if (source[kind as SourceKind] !== undefined) return kind as SourceKind;
  }
  return undefined;
}

/** What the user would call an interface: `interface 2`. */
export function nicLabel(index: number): string {
  return `interface ${index + 1}`;
}
