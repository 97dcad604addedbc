import { spawnSync } from "node:child_process";

/** What went wrong with the lab itself; its message is all that a user needs. */
export class LabError extends Error {}

export const say = (line: string) => process.stderr.write(`lab: ${line}\n`);

export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Debian's package of each program. */
const PACKAGES = {
  bash: "bash",
  mmdebstrap: "mmdebstrap",
  "mkfs.ext4": "e2fsprogs",
  zstd: "zstd",
  "ssh-keygen": "openssh-client",
  ssh: "openssh-client",
  "qemu-system-x86_64": "qemu-system-x86",
  "qemu-img": "qemu-utils",
  virsh: "libvirt-clients",
} as const;

/** @throws LabError that names the packages to install. */
export function requireTools(...tools: (keyof typeof PACKAGES)[]): void {
  const path = `${process.env.PATH}:/usr/sbin:/sbin`;
  const missing = tools.filter(
    (tool) => spawnSync("sh", ["-c", 'command -v "$0"', tool], { env: { PATH: path } }).status !== 0,
  );
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((tool) => PACKAGES[tool]))];
  throw new LabError(`${missing.join(", ")} not found: apt-get install ${packages.join(" ")}`);
}
