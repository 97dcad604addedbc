import { readFileSync } from "node:fs";
import ts from "typescript";

/** The examples of a rule as code that runs by itself. */
export interface ExampleCode {
  readonly bad: string;
  readonly good: string;
}

type Declaration =
  | ts.FunctionDeclaration
  | ts.VariableStatement
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration;

/** The examples in the file of a rule, as their author wrote them, each with what it uses of the file. */
export function exampleCode(file: string): ExampleCode {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const declared = declarations(source);
  const code = (name: "bad" | "good") => {
    const example = propertyOf(source, name);
    if (!example) return "";
    const used = [...usedBy(example, declared)].sort((a, b) => a.pos - b.pos);
    return [
      'import { examplePlan } from "virt-constructs/testing";',
      ...used.map((each) => each.getText()),
      `const ${name} = examplePlan(${argument(example.getText())});`,
    ].join("\n\n");
  };
  return { bad: code("bad"), good: code("good") };
}

/** What a file declares beside the rule, by name. */
function declarations(source: ts.SourceFile): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  for (const each of source.statements) {
    if (ts.isVariableStatement(each)) {
      for (const { name } of each.declarationList.declarations) found.set(name.getText(), each);
    } else if (
      ts.isFunctionDeclaration(each) ||
      ts.isInterfaceDeclaration(each) ||
      ts.isTypeAliasDeclaration(each)
    ) {
      if (each.name) found.set(each.name.text, each);
    }
  }
  return found;
}

function propertyOf(source: ts.SourceFile, name: string): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === name) found ??= node.initializer;
    else if (!found) ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The declarations that a piece of code needs, and those that they need. */
function usedBy(code: ts.Node, declared: ReadonlyMap<string, Declaration>): Set<Declaration> {
  const used = new Set<Declaration>();
  const visit = (node: ts.Node): void => {
    const declaration = ts.isIdentifier(node) && isReference(node) ? declared.get(node.text) : undefined;
    if (declaration && !used.has(declaration)) {
      used.add(declaration);
      ts.forEachChild(declaration, visit);
    }
    ts.forEachChild(node, visit);
  };
  visit(code);
  return used;
}

/** Whether an identifier stands for a value or a type, and is not the name of a property. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  return !(ts.isPropertyAssignment(parent) && parent.name === node);
}

/** A function as an argument, indented as if it had been written there. */
function argument(text: string): string {
  const [first, ...rest] = text.split("\n");
  const indent = Math.min(...rest.filter((line) => line.trim()).map((line) => /^ */.exec(line)![0].length));
  const isExpression = first!.endsWith("=>");
  const lines = rest.map((line) => `${isExpression ? "  " : ""}${line.slice(indent)}`.trimEnd());
  return [first, ...lines].join("\n") + (isExpression ? ",\n" : "");
}
