import type { Command } from "commander";
import { InputError } from "../../input/input-error";
import { closest } from "../../plan/did-you-mean";
import { examplePlan } from "../../plan/example";
import { wrap } from "../../report/layout";
import type { Rule } from "../../rule";
import { rules } from "../../rules/registry.generated";
import { packsOf } from "../../validation/packs";
import { validate } from "../../validation/validate";
import type { Context } from "../context";

export function explainCommand(program: Command, context: Context): void {
  program
    .command("explain")
    .summary("say what a rule checks, and why")
    .description("Says what a rule checks, why, how to mend what it finds, and where the rule comes from.")
    .argument("<code>", "a rule's code or name")
    .addHelpText("after", "\nExample:\n  $ virt-constructs explain VIRT-XEN-002")
    .action((code: string) => context.print(explain(find(code), context)));
}

function find(name: string): Rule {
  const wanted = name.trim().toLowerCase();
  const found = rules.find(({ code, slug }) => code.toLowerCase() === wanted || slug === wanted);
  if (found) return found;
  const guess =
    closest(
      name.toUpperCase(),
      rules.map(({ code }) => code),
    ) ??
    closest(
      wanted,
      rules.map(({ slug }) => slug),
    );
  throw new InputError(
    `there is no rule "${name}"${guess === undefined ? ': "virt-constructs rules" lists them' : `: did you mean ${guess}?`}`,
  );
}

function explain(rule: Rule, context: Context): string {
  const { bold, dim, red, yellow } = context.paint;
  const width = Math.min(context.io.stdout.columns ?? 100, 100);
  const paragraph = (text: string) => wrap(text, width, "  ");
  const severity = rule.severity === "error" ? red("error") : yellow("warning");
  const [example] = validate(examplePlan(rule.examples.bad), [rule]).findings;
  const blocks = [
    `${bold(rule.code)}  ${severity}  ${rule.slug}\n${wrap(rule.title, width, "")}`,
    `${bold("Why")}\n${paragraph(rule.why)}`,
    `${bold("How to mend it")}\n${paragraph(rule.fix)}`,
    ...(example
      ? [
          `${bold("For instance")}\n${example.message.split("\n").map(paragraph).join("\n")}\n${wrap(example.fix, width, "  fix   ")}`,
        ]
      : []),
    `${bold("Where it comes from")}\n${rule.sources.map((source) => wrap(source, width, "  - ")).join("\n")}`,
    dim(
      `It needs: ${rule.needs.join(", ")}. Without it, this shows at: ${rule.stage}. Packs: ${packsOf(rule).join(", ")}. It can${rule.acknowledgeable === false ? "not" : ""} be acknowledged.`,
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}
