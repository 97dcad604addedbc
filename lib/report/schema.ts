import { z } from "zod";
import { JSON_VERSION, type JsonReport } from "./json";

const text = z.string();
const count = z.int().nonnegative();

const line = z.strictObject({
  file: text.describe("Relative to the repository, with slashes; absolute when it lies outside"),
  line: z.int().positive(),
});

const place = {
  constructPath: text.nullable().describe("Path of the construct; null in plans that no construct made"),
  address: text.nullable().describe("Terraform address: libvirt_domain.web"),
  source: line.nullable().describe("The line of the program that made it"),
};

const finding = z.strictObject({
  code: text.describe("Stable for ever: VIRT-XEN-002"),
  slug: text.describe("Stable name of the rule, and of its page"),
  severity: z
    .enum(["error", "warning", "none"])
    .describe("none for what is undetermined; an acknowledged finding keeps its own"),
  outcome: z
    .enum(["fail", "undetermined"])
    .describe("undetermined: the rule could not decide, and message says why"),
  message: text.describe("What is wrong, in one or more lines"),
  fix: text.nullable().describe("What to do; null where nothing can be said"),
  ...place,
  attribute: text.nullable().describe("In the provider's camelCase vocabulary: devices.disks[0].target.dev"),
  related: z.array(z.strictObject({ label: text, ...place })).describe("The other places that take part"),
  fingerprint: text.describe("One for each finding; the same in the next run, wherever its line has moved"),
  acknowledged: z
    .strictObject({ reason: text, expires: text.nullable().describe("The last day on which it holds") })
    .nullable()
    .describe("Set when somebody accepted the finding with a reason: it refuses nothing"),
  known: z.boolean().describe("Whether an earlier run had it as well, the baseline: it refuses nothing"),
});

/** The shape of the JSON report: what `JsonReport` says in TypeScript. */
export const reportSchema = z
  .strictObject({
    version: z.literal(JSON_VERSION).describe("Raised when a key goes or changes its meaning"),
    summary: z.strictObject({
      errors: count.describe("Errors that nobody acknowledged"),
      warnings: count.describe("Warnings that nobody acknowledged"),
      acknowledged: count,
      known: count.describe("Findings that an earlier run had as well"),
      undetermined: count.describe("Findings with outcome undetermined"),
      rules: count.describe("Rules that ran"),
    }),
    findings: z
      .array(finding)
      .describe("Worst first; then the acknowledged ones; then the undetermined ones"),
    factsNeeded: z
      .array(z.strictObject({ host: text, uri: text.nullable(), codes: z.array(text) }))
      .describe("Hosts whose facts would decide what is undetermined now"),
    notes: z.array(text).describe("What a reader must know beside the findings"),
    tool: z.strictObject({ name: z.literal("virt-constructs"), version: text }),
  })
  .describe(
    "What the rules found in a plan. Keys are always there; what is not known is null.",
  ) satisfies z.ZodType<JsonReport>;

/** The JSON Schema of the JSON report. */
export function reportJsonSchema(): Record<string, unknown> {
  return { title: "Report of virt-constructs", ...z.toJSONSchema(reportSchema) };
}
