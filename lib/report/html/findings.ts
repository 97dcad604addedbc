import { plural } from "../../plan/plural";
import { areaOf, type Rule } from "../../rule";
import { type Entry, entries, settlement, whereabouts } from "../entry";
import { shorten } from "../layout";
import { rulePage } from "../links";
import { notChecked } from "../not-checked";
import type { ReportInput } from "../report";
import { groups } from "../words";
import { html, type Markup } from "./markup";

/** Of one mistake that is everywhere, so many are shown: the others look the same. */
const SHOWN_OF_A_RULE = 100;
const SHOWN = 1000;
const RELATED = 12;
const NOT_CHECKED = 60;
/** Longer than any message that one can read; some list guests. */
const MESSAGE = 1500;

/** What was found, by rule, with filters, and what could not be decided. */
export function findingsSection(report: ReportInput): Markup {
  const found = entries(report).filter(({ outcome }) => outcome === "fail");
  const rules = new Map(report.rules.map((rule) => [rule.code, rule]));
  let left = SHOWN;
  const blocks = [...groups(found, kindOf)].map(([id, all]) => {
    const shown = all.slice(0, Math.min(SHOWN_OF_A_RULE, left));
    left -= shown.length;
    return ruleBlock(id, all, shown, rules.get(all[0]!.code), report.toolVersion);
  });
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings</h2>
${found.length === 0 ? html`<p class="clean">Nothing was found: ${plural(report.rules.length, "rule")} ran.</p>` : [filters(found), ...blocks]}
${unchecked(report)}
</section>`;
}

function kindOf({ severity, code, acknowledged, known }: Entry): string {
  return `${known ? "known" : acknowledged ? "acknowledged" : severity}-${code}`;
}

/** Shown by the script, which makes them work. */
function filters(found: readonly Entry[]): Markup {
  const choices = (of: (entry: Entry) => string | undefined) =>
    [...new Set(found.flatMap((entry) => of(entry) ?? []))]
      .sort()
      .map((each) => html`<option>${each}</option>`);
  return html`<form id="filters" class="filters" hidden aria-label="Filter the findings">
<label>Text <input type="search" name="text" autocomplete="off" spellcheck="false"></label>
<label>Severity <select name="severity"><option value="">all</option><option>error</option><option>warning</option></select></label>
<label>Area <select name="area"><option value="">all</option>${choices(areaOf)}</select></label>
<label>Host <select name="host"><option value="">all</option>${choices(({ host }) => host)}</select></label>
<label class="check"><input type="checkbox" name="settled" checked> acknowledged or known</label>
<output name="count" aria-live="polite"></output>
</form>`;
}

function ruleBlock(
  id: string,
  all: readonly Entry[],
  shown: readonly Entry[],
  rule: Rule | undefined,
  version: string,
): Markup {
  const [{ severity, code, slug, acknowledged, known }] = all as [Entry];
  const settled = known ? "known" : acknowledged && "acknowledged";
  const more = all.length - shown.length;
  return html`<article class="rule" id="${id}">
<header><h3><span class="badge ${severity}">${severity}</span> ${rule?.title ?? slug}</h3>
<p class="code"><code>${code}</code> ${slug}${settled !== undefined && html` <span class="badge settled">${settled}</span>`}${all.length > 1 && html` · ${all.length} times`}</p></header>
${rule && explanation(rule, version)}
<ol class="list">${shown.map(findingItem)}</ol>
${more > 0 && html`<p class="more">${plural(more, "more finding")} of this rule not shown here; the JSON report has all.</p>`}
</article>`;
}

function explanation(rule: Rule, version: string): Markup {
  return html`<details><summary>Why, and how to mend it</summary>
<p>${rule.why}</p><p><strong>In general:</strong> ${rule.fix}</p>
<ul>${rule.sources.map((source) => html`<li>${source}</li>`)}</ul>
${rule.code.startsWith("VIRT-") && html`<p><a href="${rulePage(rule.slug, version)}" rel="noreferrer">The page of ${rule.code}</a></p>`}
</details>`;
}

function findingItem(entry: Entry): Markup {
  const { label, related, message, fix, severity, host, attribute } = entry;
  const settled = settlement(entry);
  const others = [...new Set(related.map((place) => place.label))].filter((each) => each !== label);
  const named = [label, ...others.slice(0, RELATED)].map((each) => shorten(each, 80)).join(", ");
  return html`<li data-severity="${severity}" data-area="${areaOf(entry)}" data-host="${host ?? ""}"${settled !== undefined && html` data-settled`}>
<p class="where"><strong>${named}${others.length > RELATED && ` and ${others.length - RELATED} more`}</strong> <code>${whereabouts(entry)}</code>${attribute !== undefined && html` <code class="attribute">${attribute}</code>`}</p>
<p class="message">${shorten(message, MESSAGE)}</p>
${fix !== undefined && html`<p class="fix"><span>Fix</span> ${shorten(fix, MESSAGE)}</p>`}
${settled !== undefined && html`<p class="settlement">${settled}</p>`}
</li>`;
}

function unchecked({ verdict }: ReportInput): Markup | false {
  const lines = notChecked(verdict.undetermined);
  if (lines.length === 0) return false;
  const more = lines.length - NOT_CHECKED;
  return html`<article class="rule" id="not-checked">
<header><h3><span class="badge settled">not checked</span> What no rule could decide</h3></header>
<ul class="plain">${lines.slice(0, NOT_CHECKED).map((line) => html`<li>${shorten(line.replace(/^not checked: /, ""), MESSAGE)}</li>`)}</ul>
${more > 0 && html`<p class="more">and ${plural(more, "more reason")}</p>`}
</article>`;
}
