import type { Rule } from "../rule";
import { rulePage } from "./links";

/** GitHub cuts longer descriptions. */
const DESCRIPTION = 1024;

/** A rule as SARIF describes it: the page of the rule is in it, for those who read it without a network. */
export function sarifRule(rule: Rule, version: string) {
  const { code, slug, severity, title, why, fix, stage, needs, sources } = rule;
  return {
    id: code,
    name: slug,
    shortDescription: { text: shorten(title) },
    fullDescription: { text: shorten(why) },
    help: {
      text: `${why}\n\nHow to mend it: ${fix}\n\nSources:\n${list(sources)}`,
      markdown: `${why}\n\n**How to mend it**: ${fix}\n\n**Sources**\n\n${list(sources)}`,
    },
    helpUri: rulePage(slug, version),
    defaultConfiguration: { level: severity },
    properties: {
      // A set to SARIF, and a rule on booting may show at boot.
      tags: [...new Set(["virtualization", code.split("-").slice(1, 2).join("").toLowerCase(), stage])],
      precision: "very-high",
      "problem.severity": severity,
      stage,
      needs,
    },
  };
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function shorten(text: string): string {
  return text.length > DESCRIPTION ? `${text.slice(0, DESCRIPTION - 1)}…` : text;
}
