/** Whether an architecture, in libvirt's spelling, is that of a PC. */
export function isX86(arch: string | undefined): boolean {
  return arch === "x86_64" || arch === "i686";
}

export function isArm(arch: string | undefined): boolean {
  return arch !== undefined && /^(aarch64|arm)/.test(arch);
}
