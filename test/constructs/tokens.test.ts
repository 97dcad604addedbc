import { Lazy, type TerraformStack, TerraformVariable, Token } from "cdktf";
import ts from "typescript";
import { Memory } from "../../lib";
import { Pool } from "../../lib/provider/pool";
import { libraryExports, libraryProgram } from "../support/compile";
import { errors, type Run, run } from "../support/program";
import { inStack, kvm, type Slot, TARGETS, type Target } from "./slots";

/*
 * Every prop of every construct, and every argument of every value class, is given every kind of value that only
 * apply knows. A literal in its place is the measure: a late value never throws, and is never found wrong where
 * the literal is not, unless the prop must be known at synth; then the finding says so.
 */

interface LateValue {
  /** The slots that can hold it. */
  readonly kind: Slot["takes"];
  make(stack: TerraformStack, literal: unknown): unknown;
  /** What is to be seen of it in the Terraform JSON; undefined where it becomes the literal. */
  readonly written?: string;
}

const variable = (stack: TerraformStack) =>
  (stack.node.tryFindChild("late") as TerraformVariable | undefined) ??
  new TerraformVariable(stack, "late", {});

const attribute = (stack: TerraformStack) => {
  const made = stack.node.tryFindChild("other") as Pool | undefined;
  const pool =
    made ??
    new Pool(stack, "other", {
      provider: kvm(stack).provider,
      name: "other",
      type: "dir",
      target: { path: "/srv/other" },
    });
  return pool.uuid;
};

const LATE: Readonly<Record<string, LateValue>> = {
  "a string token": { kind: "text", make: (stack) => variable(stack).stringValue, written: "var.late" },
  "an attribute of another resource": {
    kind: "text",
    make: attribute,
    written: "libvirt_pool.other.uuid",
  },
  "an expression as text": { kind: "text", make: () => "${var.raw}", written: "var.raw" },
  "a text around a token": {
    kind: "text",
    make: (stack) => `/a-${variable(stack).stringValue}-z`,
    written: "a-${var.late}-z",
  },
  "a lazy text": {
    kind: "text",
    make: (_, literal) => Lazy.stringValue({ produce: () => literal as string }),
  },
  "a number token": { kind: "number", make: (stack) => variable(stack).numberValue, written: "var.late" },
  "a number from an expression": {
    kind: "number",
    make: () => Token.asNumber("${var.raw}"),
    written: "var.raw",
  },
  "a lazy number": {
    kind: "number",
    make: (_, literal) => Lazy.numberValue({ produce: () => literal as number }),
  },
  "a boolean token": { kind: "boolean", make: (stack) => variable(stack).booleanValue, written: "var.late" },
  "a lazy anything": { kind: "boolean", make: (_, literal) => Lazy.anyValue({ produce: () => literal }) },
  "a list token": { kind: "list", make: (stack) => variable(stack).listValue, written: "var.late" },
  "a lazy list": {
    kind: "list",
    make: (_, literal) => Lazy.listValue({ produce: () => literal as string[] }),
  },
  "a map token": { kind: "nothing", make: (stack) => Token.asStringMap(variable(stack).stringValue) },
  "an amount that is a token": {
    kind: "memory",
    make: (stack) => Memory.gibibytes(variable(stack).numberValue),
    written: "var.late",
  },
};

/** One of each kind, for slots that are for another. */
const OF_ANOTHER_KIND = [
  "a string token",
  "a number token",
  "a boolean token",
  "a list token",
  "a map token",
  "an amount that is a token",
];

function synth(target: Target, slot: string, value: (stack: TerraformStack) => unknown): Run {
  return run((stack) => {
    const { instead, beside } = target.slots[slot]!;
    const needs = target.needs.filter((need) => !instead?.includes(need));
    const needed = needs.map((need) => [need, inStack(stack, target.slots[need]!.literal)]);
    target.make(stack, { ...Object.fromEntries(needed), ...beside, [slot]: value(stack) });
  });
}

function written({ json }: Run): string {
  const { resource, provider } = json;
  // What is hashed or encoded is seen in what it is made of.
  return JSON.stringify({ resource, provider });
}

const withSlots = Object.entries(TARGETS).filter(([, { slots }]) => Object.keys(slots).length > 0);

describe.each(withSlots)("%s", (_, target) => {
  describe.each(Object.entries(target.slots))("%s", (name, slot) => {
    let literal: Run;
    const refusals = (result: Run) =>
      errors(result).filter((each) => !(slot.refusedBy && each.startsWith(slot.refusedBy)));
    beforeAll(() => {
      literal = synth(target, name, (stack) => inStack(stack, slot.literal));
    });

    it("takes the literal", () => {
      expect(refusals(literal)).toEqual([]);
    });

    const fits = ({ kind }: LateValue) => kind === slot.takes && kind !== "nothing";
    const fitting = Object.entries(LATE).filter(([, late]) => fits(late));
    const others = OF_ANOTHER_KIND.map((title) => [title, LATE[title]!] as const);

    it.each([...fitting, ...others.filter(([, late]) => !fits(late))])(
      "takes %s, or says why not",
      (_, late) => {
        const result = synth(target, name, (stack) => late.make(stack, slot.literal));
        const more = refusals(result).filter((each) => !refusals(literal).includes(each));
        if (fits(late) && slot.atSynth) {
          expect(more).toEqual([expect.stringMatching(/^VIRT-API-001 .*: must be known at synth: /)]);
        } else if (fits(late)) {
          expect(more).toEqual([]);
          expect(written(result)).not.toContain("TfToken");
          if (late.written !== undefined) {
            if (!slot.unwritten) expect(written(result)).toContain(late.written);
          } else if (!slot.derived) expect(written(result)).toBe(written(literal));
        } else {
          // Not what the slot is for: let through for Terraform to judge, or refused under its name. Once a prop is
          // refused and left out, rules may miss it as well.
          const ofProps = result.findings.filter(({ code }) => code === "VIRT-API-001");
          const named = ofProps.some(({ attribute }) =>
            attribute?.split(/[.[\]]/).includes(slot.called ?? name),
          );
          expect(named ? [] : more).toEqual([]);
        }
      },
    );
  });
});

describe("the table above", () => {
  const program = libraryProgram();
  const checker = program.getTypeChecker();
  const classes = libraryExports(program).filter((symbol) => symbol.flags & ts.SymbolFlags.Class);

  /** Names of the arguments of a call, with the props of an object among them in its place. */
  function slotsOf(signature: ts.Signature): string[] {
    return signature.parameters.flatMap((parameter) => {
      const type = checker.getNonNullableType(checker.getTypeOfSymbol(parameter));
      const isBag = ["props", "options"].includes(parameter.name);
      return isBag ? checker.getPropertiesOfType(type).map(({ name }) => name) : [parameter.name];
    });
  }

  const expected = new Map<string, string[]>();
  for (const symbol of classes) {
    const declaration = symbol.valueDeclaration as ts.ClassDeclaration;
    const statics = checker.getTypeOfSymbol(symbol);
    const [construct] = statics.getConstructSignatures();
    const isPublic = !declaration.members.some(
      (member) =>
        ts.isConstructorDeclaration(member) &&
        ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected),
    );
    const takesProps = construct?.parameters.some(({ name }) => name === "props");
    if (isPublic && takesProps) {
      expected.set(
        symbol.name,
        slotsOf(construct!).filter((name) => name !== "scope" && name !== "id"),
      );
    }
    for (const member of statics.getProperties()) {
      if (
        !(member.flags & ts.SymbolFlags.Method) ||
        ["GuestOs", "HostFacts", "Gate", "Acknowledgements"].includes(symbol.name)
      )
        continue;
      if (
        /^is[A-Z]/.test(member.name) ||
        ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Abstract
      )
        continue;
      if (member.valueDeclaration?.getSourceFile().fileName.includes("node_modules")) continue;
      const [signature] = checker.getTypeOfSymbol(member).getCallSignatures();
      expected.set(`${symbol.name}.${member.name}`, slotsOf(signature!));
    }
  }

  it("has every construct and every maker of a value", () => {
    const nested = ["CpuTopology", "Dom0Props", "CloudInitUser", "AddressedNetworkProps.dhcp"];
    expect(Object.keys(TARGETS).sort()).toEqual([...expected.keys(), ...nested].sort());
  });

  it.each([...expected])("has every prop of %s", (name, slots) => {
    expect(Object.keys(TARGETS[name]?.slots ?? {}).sort()).toEqual([...slots].sort());
  });
});
