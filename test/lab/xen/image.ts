import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { LabError, requireTools, say } from "./tools";

/** The dom0 as files for QEMU. */
export interface Image {
  /** The hypervisor, an ELF file that QEMU boots by multiboot. */
  readonly xen: string;
  readonly kernel: string;
  readonly initrd: string;
  /** The root file system; machines write to overlays of it. */
  readonly disk: string;
  /** The SSH key that dom0's root accepts. */
  readonly key: string;
}

const RECIPE = join(__dirname, "image");
const BUILD_MINUTES = 20;

/** Where images and running machines are kept: outside the repository. */
export function cacheFolder(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return process.env.XEN_LAB_CACHE || join(cache, "virt-constructs/lab-xen");
}

/** The image of the recipe as it stands, built where there is none yet. */
export async function image(): Promise<Image> {
  const folder = join(cacheFolder(), `image-${recipeHash()}`);
  if (!existsSync(folder)) await build(folder);
  return {
    xen: join(folder, "xen.elf"),
    kernel: join(folder, "dom0-kernel"),
    initrd: join(folder, "dom0-initrd"),
    disk: join(folder, "dom0.img"),
    key: join(folder, "id_ed25519"),
  };
}

/** Changes with every file of the recipe, so that an image is never older than its recipe. */
function recipeHash(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(RECIPE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()) {
    hash.update(file.slice(RECIPE.length)).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex").slice(0, 12);
}

async function build(folder: string): Promise<void> {
  requireTools("bash", "mmdebstrap", "mkfs.ext4", "zstd", "ssh-keygen");
  const draft = `${folder}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  const log = join(cacheFolder(), "build.log");
  say(`building the dom0 image, which takes some minutes (log: ${log})`);
  const started = Date.now();
  try {
    await run("bash", [join(RECIPE, "build.sh"), draft], log);
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  say(`built ${folder} in ${Math.round((Date.now() - started) / 1000)} s`);
}

function run(program: string, args: readonly string[], log: string): Promise<void> {
  const output = openSync(log, "w");
  const options = { stdio: ["ignore", output, output] as const, timeout: BUILD_MINUTES * 60_000 };
  const child = spawn(program, args, { ...options, stdio: [...options.stdio] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (status, signal) => {
      if (status === 0) return resolve();
      const end = readFileSync(log, "utf8").trim().split("\n").slice(-12).join("\n");
      reject(new LabError(`the dom0 image was not built (${signal ?? `exit ${status}`}):\n${end}`));
    });
  });
}
