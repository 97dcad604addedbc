import path from "node:path";
import ts from "typescript";
import { libraryExports, libraryProgram } from "./support/compile";

/* What users read in their editor: every export, prop and method says what it is, every option what it is by default. */

const LIB = path.resolve(__dirname, "../lib");
const program = libraryProgram();
const checker = program.getTypeChecker();

interface Item {
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly optional: boolean;
}

const isOurs = (symbol: ts.Symbol) =>
  symbol.declarations?.some(
    (each) => path.relative(LIB, each.getSourceFile().fileName).startsWith("..") === false,
  ) ?? false;
const isInternal = (symbol: ts.Symbol) =>
  symbol.getJsDocTags(checker).some(({ name }) => name === "internal");

function isHidden(symbol: ts.Symbol): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const declared = symbol.declarations ?? [];
  return declared.some((each) => (ts.getCombinedModifierFlags(each) & hidden) !== 0) || isInternal(symbol);
}

/** The documentation of a symbol, or of what it overrides or implements. */
function documentation(symbol: ts.Symbol): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();
}

const exported = libraryExports(program).filter(isOurs);

/** Members of an exported class or interface that it declares itself. */
function membersOf(owner: ts.Symbol): Item[] {
  const declared = checker.getDeclaredTypeOfSymbol(owner);
  const types = [declared, ...(owner.flags & ts.SymbolFlags.Class ? [checker.getTypeOfSymbol(owner)] : [])];
  return types
    .flatMap((type) => checker.getPropertiesOfType(type))
    .filter((member) => isOurs(member) && !isHidden(member) && member.name !== "prototype")
    .filter((member) => !member.name.startsWith("__@"))
    .map((symbol) => ({
      name: `${owner.name}.${symbol.name}`,
      symbol,
      optional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
    }));
}

const isType = (symbol: ts.Symbol) =>
  (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0;
const members = exported.filter(isType).flatMap(membersOf);

/** Props and options that a user gives; facts and plans are read, and what is absent there is unknown. */
const isGiven = ({ name }: Item) => /^\w*(?:Props|Options|User|Topology)\./.test(name);

it("looks at the whole of it", () => {
  expect(exported.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["KvmGuest", "KvmGuestProps", "Disk", "DiskOptions", "Memory", "GuestOs", "Gate"]),
  );
  expect(members.filter(isGiven).length).toBeGreaterThan(80);
});

it("says of every export what it is", () => {
  const silent = exported.filter((symbol) => documentation(symbol) === "").map(({ name }) => name);
  expect(silent).toEqual([]);
});

it("says of every member what it is", () => {
  const known = new Set(["toString", "toJSON", "constructor"]);
  const silent = members
    .filter(({ symbol }) => documentation(symbol) === "" && !known.has(symbol.name))
    // The names of the catalogue speak for themselves, and so do the fields of a fact.
    .filter(({ name }) => !/^GuestOs\.[A-Z0-9_]+$/.test(name))
    .map(({ name }) => name);
  expect([...new Set(silent)]).toEqual([]);
});

it("says of every option what it is by default", () => {
  const silent = members
    .filter((item) => item.optional && isGiven(item))
    .filter(({ symbol }) => !symbol.getJsDocTags(checker).some(({ name }) => name === "default"))
    .map(({ name }) => name);
  expect([...new Set(silent)]).toEqual([]);
});

it("says nothing by default of what must be given", () => {
  const odd = members
    .filter((item) => !item.optional && isGiven(item))
    .filter(({ symbol }) => symbol.getJsDocTags(checker).some(({ name }) => name === "default"))
    .map(({ name }) => name);
  expect(odd).toEqual([]);
});

it("names every type that it uses, so that users can name it as well", () => {
  const names = new Set(exported.map(({ name }) => name));
  const missing = new Set<string>();
  for (const { symbol } of members) {
    for (const declaration of symbol.declarations ?? []) {
      declaration.forEachChild(function visit(node): void {
        if (ts.isBlock(node)) return;
        if (ts.isTypeReferenceNode(node)) {
          const used = checker.getSymbolAtLocation(node.typeName);
          const target = used && used.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(used) : used;
          const fromLib = target && isOurs(target) && !(target.flags & ts.SymbolFlags.TypeParameter);
          const file = target?.declarations?.[0]?.getSourceFile().fileName ?? "";
          if (fromLib && !names.has(target.name) && !file.includes("/provider/")) missing.add(target.name);
        }
        node.forEachChild(visit);
      });
    }
  }
  expect([...missing].sort()).toEqual([]);
});
