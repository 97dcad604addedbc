import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { hostOf, messageOf, projectOptions, ROOT } from "../support/compile";

/** What the compiler has against programs, in the strictest of its ways. One run of it, because starting takes the time. */
export function typeErrors(programs: readonly ReadonlyMap<string, string>[]): string[] {
  const texts = new Map(
    programs.flatMap((files, index) =>
      [...files].map(([name, text]) => [join(ROOT, `imported${index}`, name), text] as const),
    ),
  );
  const options = projectOptions();
  const host = hostOf(texts, options);
  host.directoryExists = undefined;
  const roots = [...texts.keys()].filter((file) => file.endsWith(".ts"));
  const program = ts.createProgram(roots, options, host);
  return roots
    .flatMap((file) => [...ts.getPreEmitDiagnostics(program, program.getSourceFile(file))])
    .map(messageOf);
}

/** A program without the gate, which has things to refuse in it. */
export function unguarded(files: ReadonlyMap<string, string>): Map<string, string> {
  const guarded = [...files].map(([name, text]): [string, string] => [
    name,
    text.replace("app.synth();", 'require("virt-constructs").Gate.of(app).reportOnly();\napp.synth();'),
  ]);
  return new Map(guarded);
}

/** Runs a program as it is, and gives the Terraform JSON that its stack has written. */
export function synthesized(files: ReadonlyMap<string, string>): Terraform {
  const outdir = mkdtempSync(join(tmpdir(), "virt-constructs-import-"));
  const { CDKTF_OUTDIR } = process.env;
  process.env.CDKTF_OUTDIR = outdir;
  try {
    const modules = new Map<string, { exports: unknown }>();
    const load = (name: string): unknown => {
      const text = files.get(`${name.replace("./", "")}.ts`);
      if (text === undefined || !name.startsWith("./")) return require(name);
      const module = modules.get(name) ?? { exports: {} };
      if (modules.has(name)) return module.exports;
      modules.set(name, module);
      const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };
      const { outputText } = ts.transpileModule(text, { compilerOptions });
      new Function("require", "exports", "module", outputText)(load, module.exports, module);
      return module.exports;
    };
    load("./main");
    const [stack] = ts.sys.readDirectory(outdir, [".json"], undefined, ["stacks/*/cdk.tf.json"]);
    return JSON.parse(ts.sys.readFile(stack!)!);
  } finally {
    if (CDKTF_OUTDIR === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = CDKTF_OUTDIR;
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** As much of Terraform JSON as the tests look at. */
export interface Terraform {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the tests are about
  readonly resource: Record<string, Record<string, any>>;
  readonly import?: readonly { readonly to: string; readonly id: string }[];
  readonly [block: string]: unknown;
}
