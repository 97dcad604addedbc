import { type Command, Option } from "commander";
import { InputError } from "../../input/input-error";
import { areaOf, type Rule } from "../../rule";
import { rules as all } from "../../rules/registry.generated";
import { packsOf } from "../../validation/packs";
import type { Context } from "../context";

interface RulesOptions {
  readonly area?: string;
  readonly format: "text" | "json";
}

export function rulesCommand(program: Command, context: Context): void {
  program
    .command("rules")
    .summary("list the rules")
    .description("Lists the rules, by code.")
    .option("--area <area>", "only those of an area, which is the middle of their codes: XEN, CPU, NET …")
    .addOption(new Option("--format <name>", "how to write them").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExample:\n  $ virt-constructs rules --area XEN --format json")
    .action(({ area, format }: RulesOptions) => {
      const rules = ofArea(area);
      context.print(format === "json" ? json(rules) : table(rules, context));
    });
}

function ofArea(area: string | undefined): Rule[] {
  const sorted = [...all].sort((a, b) => (a.code < b.code ? -1 : 1));
  if (area === undefined) return sorted;
  const found = sorted.filter((rule) => areaOf(rule) === area.toUpperCase());
  if (found.length > 0) return found;
  throw new InputError(
    `there is no area "${area}"; the areas are ${[...new Set(sorted.map(areaOf))].join(", ")}`,
  );
}

function table(rules: readonly Rule[], { paint }: Context): string {
  const slug = Math.max(...rules.map((rule) => rule.slug.length));
  return rules
    .map((rule) => {
      const severity = rule.severity.padEnd(7);
      const painted = rule.severity === "error" ? paint.red(severity) : paint.yellow(severity);
      return `${rule.code}  ${painted}  ${rule.slug.padEnd(slug)}  ${paint.dim(rule.title)}\n`;
    })
    .join("");
}

function json(rules: readonly Rule[]): string {
  const entries = rules.map((rule) => ({
    code: rule.code,
    slug: rule.slug,
    area: areaOf(rule),
    severity: rule.severity,
    title: rule.title,
    why: rule.why,
    fix: rule.fix,
    stage: rule.stage,
    needs: rule.needs,
    packs: packsOf(rule),
    acknowledgeable: rule.acknowledgeable !== false,
    sources: rule.sources,
  }));
  return `${JSON.stringify({ rules: entries }, undefined, 2)}\n`;
}
