/** How nearly all are written. */
const NORMAL = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;

/** A MAC address as libvirt reads it, in one spelling: six numbers of one or two hexadecimal digits. */
export function normalMac(text: string): string | undefined {
  if (NORMAL.test(text)) return text;
  const parts = text.trimEnd().split(":");
  if (parts.length !== 6 || !parts.every((part) => /^[0-9a-f]{1,2}$/i.test(part))) return undefined;
  return parts.map((part) => part.toLowerCase().padStart(2, "0")).join(":");
}

/** Whether an address stands for a group of interfaces: the lowest bit of its first byte says so. */
export function isMulticast(mac: string): boolean {
  return Number.parseInt(mac, 16) % 2 === 1;
}
