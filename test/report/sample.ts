import fc from "fast-check";
import type { PlanAcknowledgement } from "../../lib/plan/acknowledgement";
import { PlanHost } from "../../lib/plan/host";
import type { Place } from "../../lib/plan/resource";
import type { ReportInput } from "../../lib/report/report";
import type { Finding, Undetermined } from "../../lib/rule";
import { rules } from "../../lib/rules/registry.generated";

/** The repository of the samples. */
export const ROOT = "/srv/rack";

export function place(label: string, line?: number, more: Partial<Place> = {}): Place {
  const source = line === undefined ? undefined : { file: `${ROOT}/infra/main.ts`, line };
  return {
    label,
    unit: "rack",
    constructPath: `rack/${label}`,
    address: `libvirt_domain.${label}`,
    ...(source && { source }),
    ...more,
  };
}

export function finding(more: Partial<Finding> = {}): Finding {
  const first = more.places?.[0] ?? more.place ?? place("web", 12);
  return {
    code: "VIRT-CPU-002",
    slug: "topology-matches-vcpus",
    severity: "error",
    title: "The CPU topology must add up to the guest's vCPUs",
    message: `The CPU topology of "${first.label}" has room for 8 vCPUs, but the guest has 6.`,
    fix: "set vcpu to 8",
    place: first,
    places: [first],
    fingerprint: `VIRT-CPU-002:rack/${first.label}:cpu.topology`,
    ...more,
  };
}

export function acknowledged(more: Partial<Finding> = {}, given: Partial<PlanAcknowledgement> = {}): Finding {
  const reason = "old cluster, gone in spring";
  const accepted = { code: "VIRT-CPU-002", reason, ...place("old"), ...given };
  return finding({ severity: "warning", ...more, acknowledged: accepted });
}

export const kvm2 = new PlanHost("qemu+ssh://kvm2/system", [{ label: "kvm2", unit: "rack" }]);

export function undetermined(more: Partial<Undetermined> = {}): Undetermined {
  return {
    code: "VIRT-XEN-002",
    reason: "the guest's operating system is not stated",
    count: 1,
    place: place("web", 12),
    ...more,
  };
}

export function input(
  findings: readonly Finding[] = [],
  unchecked: readonly Undetermined[] = [],
  more: Partial<ReportInput> = {},
): ReportInput {
  return {
    verdict: { findings, undetermined: unchecked },
    rules,
    root: ROOT,
    toolVersion: "1.2.3",
    ...more,
  };
}

/** One of everything that a report can hold. */
export const everything: ReportInput = input(
  [
    finding({ places: [place("db1", 12), place("db2", 18), place("web")], attribute: "cpu.topology" }),
    finding({ code: "VIRT-HYP-006", slug: "emulation-is-slow", severity: "warning" }),
    acknowledged(
      { place: place("old", 31), fingerprint: "VIRT-CPU-002:rack/old:" },
      { expires: "2027-03-31" },
    ),
  ],
  [
    undetermined({ count: 3 }),
    undetermined({ code: "VIRT-HYP-001", reason: 'needs facts of "kvm2"', host: kvm2 }),
    undetermined({ code: "VIRT-CPU-008", reason: 'needs facts of "kvm2"', host: kvm2 }),
  ],
  { notes: ["The gate is switched off (reportOnly)."] },
);

const PIECES = [
  "|",
  "`",
  "```",
  "::",
  "::error::",
  "]]>",
  '"',
  "'",
  "<b>",
  "&amp;",
  "&#10;",
  "<!--",
  "-->",
  "\\",
  "\\n",
  "%0A",
  "%",
  ",",
  ";",
  "=cmd",
  "+1",
  "-1",
  "@all",
  "#12",
  "*x*",
  "_y_",
  "~~z~~",
  "[a](b)",
  "](1)",
  "{0}",
  "$x$",
  "://h",
  ":tada:",
  "![i](j)",
  "🦊",
  "é",
  "￿",
  "\u0000",
  "\u0007",
  "\u001b[31m",
  "\u007f",
  "\t",
  "\r",
  "\n",
  "\r\n",
  "\u2028",
  "\ud800",
  "a",
  "1",
  " ",
];

/** Text that means something to one format or another. */
export const hostile: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 12 })
  .map((pieces) => pieces.join(""));

/** A report of which every text is hostile. */
export const hostileReport: fc.Arbitrary<ReportInput> = fc
  .record({
    label: hostile,
    message: hostile,
    fix: hostile,
    unit: hostile,
    path: hostile,
    attribute: hostile,
    reason: hostile,
    file: hostile,
  })
  .map(({ label, message, fix, unit, path, attribute, reason, file }) => {
    const source = { file: `${ROOT}/${file.replaceAll(/[/.]/g, "") || "a"}`, line: 7 };
    const where: Place = { label, unit, constructPath: path, address: `libvirt_domain.${path}`, source };
    const texts = {
      message,
      fix,
      attribute,
      fingerprint: `code:${path}:${attribute}`,
      place: where,
      places: [where, where],
    };
    return input(
      [finding(texts), acknowledged(texts, { reason })],
      [undetermined({ reason, place: where })],
      { notes: [message], rules: rules.slice(0, 2) },
    );
  });

/** What a text file can hold of a text: halves of characters are replaced. */
export function written(text: string): string {
  return text.replace(/\p{Cs}/gu, "\ufffd");
}
