import path from "node:path";
import ts from "typescript";

/**
 * Compiles each snippet as a file of its own in a folder, with the options of this project. All snippets are one
 * program, because starting the compiler is what takes the time.
 *
 * @returns the diagnostics of a snippet, by its title
 */
export function compile(
  folder: string,
  prelude: string,
  snippets: Readonly<Record<string, string>>,
): (title: string) => ts.Diagnostic[] {
  const options = projectOptions();
  const fileOf = (title: string) => path.join(folder, `${title.replace(/\W/g, "-")}.snippet.ts`);
  const texts = new Map(
    Object.entries(snippets).map(([title, snippet]) => [fileOf(title), `${prelude}{${snippet}}`]),
  );

  const host = hostOf(texts, options);
  const program = ts.createProgram([...texts.keys()], { ...options, noUnusedLocals: false }, host);
  return (title) => [...ts.getPreEmitDiagnostics(program, program.getSourceFile(fileOf(title)))];
}

/** A host that has these texts beside the files on disk. */
export function hostOf(texts: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file) ?? readFile(file);
  host.getSourceFile = (file, languageVersion, ...rest) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, languageVersion, ...rest)
      : ts.createSourceFile(file, text, languageVersion);
  };
  return host;
}

/** A program of the library alone. */
export function libraryProgram(): ts.Program {
  return ts.createProgram([LIBRARY], projectOptions());
}

/** What the library exports, by name. */
export function libraryExports(program: ts.Program): ts.Symbol[] {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(LIBRARY)!)!;
  return checker.getExportsOfModule(module).map((symbol) => {
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  });
}

export const ROOT = path.resolve(__dirname, "../..");
const LIBRARY = path.join(ROOT, "lib/index.ts");

export function projectOptions(): ts.CompilerOptions {
  const config = ts.readConfigFile(path.join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.config.compilerOptions, ROOT);
  return { ...options, types: ["node"] };
}

export function messageOf(diagnostic: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
}
