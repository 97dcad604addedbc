import { createHash } from "node:crypto";
import type { Plan } from "../../plan/plan";
import { plural } from "../../plan/plural";
import { svgFragment, TOPOLOGY_CSS } from "../../topology/svg";
import { topologyOf } from "../../topology/topology";
import { open } from "../../validation/validate";
import { HOMEPAGE } from "../links";
import type { ReportInput } from "../report";
import { summary } from "../text";
import { capacitySection } from "./capacity";
import { findingsSection } from "./findings";
import { inventorySection } from "./inventory";
import { html, Markup } from "./markup";
import { SCRIPT } from "./script";
import { STYLE } from "./style";

const CSS = `${STYLE}\n${TOPOLOGY_CSS}\n`;

/**
 * Only this style and this script may act in the page, and nothing may be loaded: were a name to become markup, it
 * could still do nothing.
 */
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(CSS)}`,
  `script-src ${hashOf(SCRIPT)}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The whole report as one page that loads nothing: it can be sent by mail and opened from a disk. */
export function page(report: ReportInput): Markup {
  const { plan, verdict, root, notes = [], toolVersion } = report;
  const title = titleOf(report);
  const sections = [
    ["findings", "Findings"],
    ...(plan
      ? [
          ["capacity", "Host capacity"],
          ["topology", "Topology"],
          ["inventory", "Inventory"],
        ]
      : []),
  ] as const;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="virt-constructs ${toolVersion}">
<title>${title}: ${summary(verdict.findings)}</title>
<link rel="icon" href="data:,">
<style>${new Markup(CSS)}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header class="top"><div>
<p class="product">virt-constructs report</p>
<h1>${title}</h1>
${verdictLine(report)}
${notes.map((note) => html`<p class="note">${note}</p>`)}
</div></header>
<nav aria-label="Sections"><ul>${sections.map(([id, name]) => html`<li><a href="#${id!}">${name!}</a></li>`)}</ul></nav>
<main>
${tiles(report)}
${findingsSection(report)}
${plan && [capacitySection(plan), topologySection(plan), inventorySection(plan, root)]}
</main>
<footer><p>Made by <a href="${HOMEPAGE}" rel="noreferrer">virt-constructs</a> ${toolVersion}${plan && ` for ${plan.today}`}. No host was contacted.</p></footer>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`;
}

function titleOf({ plan, verdict }: ReportInput): string {
  const places = plan?.resources ?? verdict.findings.map(({ place }) => place);
  const units = [...new Set(places.map(({ unit }) => unit))];
  return units.length === 1 ? units[0]! : units.length === 0 ? "Plan" : `${units.length} stacks`;
}

function verdictLine({ verdict, plan, rules }: ReportInput): Markup {
  const found = open(verdict.findings);
  const state = found.some(({ severity }) => severity === "error")
    ? "error"
    : found.length > 0
      ? "warning"
      : "clean";
  const size =
    plan && ` in ${plural(plan.guests.length, "guest resource")} on ${plural(plan.hosts.length, "host")}`;
  return html`<p class="verdict ${state}">${summary(verdict.findings)}${size}, checked by ${plural(rules.length, "rule")}</p>`;
}

function tiles({ verdict }: ReportInput): Markup {
  const { findings, undetermined } = verdict;
  const unsettled = open(findings);
  const errors = unsettled.filter(({ severity }) => severity === "error").length;
  const all = [
    ["error", errors, "errors"],
    ["warning", unsettled.length - errors, "warnings"],
    ["settled", findings.length - unsettled.length, "acknowledged or known"],
    ["settled", new Set(undetermined.map(({ code }) => code)).size, "rules undecided"],
  ] as const;
  return html`<ul class="tiles">${all.map(([kind, number, name]) => html`<li class="${number > 0 ? kind : "none"}"><strong>${number}</strong> ${name}</li>`)}</ul>`;
}

function topologySection(plan: Plan): Markup {
  return html`<section id="topology" aria-labelledby="topology-heading">
<h2 id="topology-heading">Topology</h2>
<div class="scroll picture" role="region" aria-label="Picture of the topology" tabindex="0">${new Markup(svgFragment(topologyOf(plan)))}</div>
</section>`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
