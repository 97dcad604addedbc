import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HostFacts, HostFactsError } from "../../lib/host-facts";

export const HOSTS = ["kvm-debian12", "qemu-only-debian12", "xen-hvm", "xen-pv-only", "xen-arm64"] as const;
export type Host = (typeof HOSTS)[number];

/** The folder of a real capture. */
export function captureOf(host: Host): string {
  return join(__dirname, "../data/host-facts", host);
}

const created: string[] = [];
afterAll(() => {
  for (const folder of created) rmSync(folder, { recursive: true, force: true });
});

/** A temporary folder, optionally a copy of a real capture, with files of its own. */
export function folderOf(files: Readonly<Record<string, string | Buffer>>, from?: Host): string {
  const folder = mkdtempSync(join(tmpdir(), "host-facts-"));
  created.push(folder);
  if (from) cpSync(captureOf(from), folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** The facts of a folder with these files alone. */
export function factsOf(files: Readonly<Record<string, string>>): HostFacts {
  return HostFacts.fromDirectory(folderOf(files));
}

/** The error that `read` must throw. */
export function refusalOf(read: () => unknown): HostFactsError {
  try {
    read();
  } catch (error) {
    if (HostFactsError.isHostFactsError(error)) return error;
    throw error;
  }
  throw new Error("was not refused");
}
