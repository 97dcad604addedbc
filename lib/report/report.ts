import type { Plan } from "../plan/plan";
import type { Rule } from "../rule";
import type { Verdict } from "../validation/validate";

/** What every format of a report is made from. */
export interface ReportInput {
  readonly verdict: Verdict;
  /** What was judged, for formats that show more than the findings. @default - the findings alone */
  readonly plan?: Plan;
  /** The rules that ran. */
  readonly rules: readonly Rule[];
  /** The folder that files are named relative to, which is where the repository begins: `repositoryRoot()`. */
  readonly root: string;
  /** Version of this package. */
  readonly toolVersion: string;
  /** What a reader must know beside the findings: that the gate is switched off. @default - nothing */
  readonly notes?: readonly string[];
}

/** Writes a verdict as text in one format. The text ends with a line break. */
export type ReportFormat = (report: ReportInput) => string;
