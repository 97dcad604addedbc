import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BuildOptions, buildSync } from "esbuild";

const ROOT = path.join(__dirname, "..");

/** The folder of a user's project. */
export interface Project {
  readonly folder: string;
  /** Writes a file of the project. */
  write(file: string, text: string): void;
  /** Compiles a TypeScript file of the project, with its source map beside the result. */
  compile(file: string, to: string): void;
  remove(): void;
}

/**
 * A project in which this package is installed as npm would do it: compiled, under node_modules, beside its
 * dependencies.
 */
export function projectWithPackage(): Project {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "virt-constructs-")));
  const modules = path.join(folder, "node_modules");
  const installed = path.join(modules, "virt-constructs");
  mkdirSync(installed, { recursive: true });
  for (const dependency of readdirSync(path.join(ROOT, "node_modules"))) {
    if (dependency.startsWith(".")) continue;
    symlinkSync(path.join(ROOT, "node_modules", dependency), path.join(modules, dependency));
  }
  writeFileSync(path.join(installed, "package.json"), readFileSync(path.join(ROOT, "package.json")));
  const lib = path.join(ROOT, "lib");
  const sources = readdirSync(lib, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  compile({
    entryPoints: sources.map((file) => path.join(lib, file)),
    outdir: path.join(installed, "dist"),
  });

  return {
    folder,
    write: (file, text) => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    },
    compile: (file, to) =>
      compile({
        entryPoints: [path.join(folder, file)],
        outfile: path.join(folder, to),
        sourcemap: true,
        sourcesContent: false,
      }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** File by file into CommonJS, as the TypeScript compiler does it, but in a fraction of its time. */
function compile(options: BuildOptions): void {
  buildSync({ format: "cjs", platform: "node", target: "es2022", logLevel: "error", ...options });
}
