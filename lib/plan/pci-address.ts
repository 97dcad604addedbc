/** The parts of a PCI address as the provider has them; one that is not set is 0. */
export interface PciParts {
  readonly domain?: unknown;
  readonly bus?: unknown;
  readonly slot?: unknown;
  readonly function?: unknown;
}

/** A PCI address as Linux and Xen write it, such as `0000:65:00.0`. */
export function pciAddress({ domain, bus, slot, function: fn }: PciParts): string {
  const hex = (part: unknown, digits: number) =>
    Number(part ?? 0)
      .toString(16)
      .padStart(digits, "0");
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${hex(fn, 1)}`;
}
