import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { messageOf } from "../support/compile";

const ROOT = path.join(__dirname, "../..");

/** What the compiler says of a file in this folder, with these global types. */
function diagnostics(text: string, types: readonly string[]): string[] {
  const config = ts.readConfigFile(path.join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.config.compilerOptions, ROOT);
  const file = path.join(__dirname, "given.ts");
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (each) => each === file || fileExists(each);
  host.getSourceFile = (each, version, ...rest) =>
    each === file ? ts.createSourceFile(file, text, version) : getSourceFile(each, version, ...rest);
  const program = ts.createProgram([file], { ...options, types: [...types] }, host);
  const files = [file, path.join(ROOT, "lib/testing/jest.ts")].map((each) => program.getSourceFile(each));
  return files.flatMap((each) => (each ? ts.getPreEmitDiagnostics(program, each) : [])).map(messageOf);
}

const construct = 'import type { IConstruct } from "constructs";\ndeclare const stack: IConstruct;\n';
const uses = `
  expect(stack).toAcceptPlan();
  expect(stack).not.toRejectWith("VIRT-XEN-002", "VIRT-XEN-001");
  expect(stack).toHaveDomain("web");
  expect(stack).toHaveDomain({ name: "web", os: { typeMachine: "q35" }, devices: { disks: [{ target: { dev: "vda" } }] } });
`;

it("with Jest's global types", () => {
  const text = `${construct}import "virt-constructs/testing/jest";${uses}`;
  expect(diagnostics(text, ["node", "jest"])).toEqual([]);
});

it("with the functions of @jest/globals, as documented", () => {
  const page = readFileSync(path.join(ROOT, "docs/testing.md"), "utf8");
  const [, setup] = /```ts\n(import \{ expect \}[^`]*)```/.exec(page)!;
  expect(diagnostics(`${construct}${setup}${uses}`, ["node"])).toEqual([]);
});

it("refuse what the matchers do not take", () => {
  const wrong = `
    expect(stack).toRejectWith();
    expect(stack).toHaveDomain({ nam: "web" });
    expect(stack).toAcceptPlan("VIRT-XEN-002");
  `;
  const text = `${construct}import "virt-constructs/testing/jest";${wrong}`;
  expect(diagnostics(text, ["node", "jest"])).toHaveLength(3);
});

it("need no types of Jest", () => {
  const text = `import { RuleTester } from "virt-constructs/testing";\nimport "virt-constructs/testing/jest";\nexport { RuleTester };\n`;
  expect(diagnostics(text, ["node"])).toEqual([]);
});
