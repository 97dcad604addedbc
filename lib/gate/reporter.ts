import { isVirtConstructsError } from "../errors";
import type { Plan } from "../plan/plan";
import { takesColor } from "../report/color";
import { parseFormat, type ReportTarget } from "../report/formats";
import { repositoryRoot } from "../report/root";
import { textReport } from "../report/text";
import { writeReports } from "../report/write";
import type { Rule } from "../rule";
import type { Verdict } from "../validation/validate";
import { packageVersion } from "../version";

/** Reports that a pipeline asks for, without a change to the program: `sarif=virt.sarif,json=virt.json`. */
const VARIABLE = "VIRT_CONSTRUCTS_REPORT";

/** What a report says beside the findings. */
export interface Remarks {
  /** What was judged. */
  readonly plan?: Plan;
  /** The rules that ran. */
  readonly rules: readonly Rule[];
  /** For every report. */
  readonly notes: readonly string[];
  /** For the terminal alone. */
  readonly aside: string;
}

/** Prints the verdicts of a synth, and writes the reports that somebody asked for. */
export class Reporter {
  private readonly asked: ReportTarget[] = [];
  private reported?: { readonly verdict: Verdict; readonly text: string };

  /** @throws VirtConstructsError when there is no such format. */
  ask(formats: readonly string[]): void {
    this.asked.push(...formats.map(parseFormat));
  }

  /**
   * A verdict is reported once, however many stacks there are, and another one that reads the same is not printed again.
   *
   * @throws VirtConstructsError when a report cannot be written.
   */
  report(verdict: Verdict, remarks: Remarks): void {
    if (verdict === this.reported?.verdict && remarks.aside === "") return;
    const text = textOf(verdict, remarks);
    if (text !== this.reported?.text) process.stderr.write(text);
    this.reported = { verdict, text };
    this.write(verdict, remarks);
  }

  /** The same before a refusal, which nothing may stand in the way of. The next verdict is reported in any case. */
  reportRefusal(verdict: Verdict, remarks: Remarks): void {
    try {
      this.report(verdict, remarks);
    } catch (error) {
      if (!isVirtConstructsError(error)) throw error;
      process.stderr.write(`\n${error.message}\n`);
    }
    this.reported = undefined;
  }

  private write(verdict: Verdict, { plan, rules, notes }: Remarks): void {
    const targets = [...this.asked, ...ofEnvironment()];
    if (targets.length === 0) return;
    const root = repositoryRoot();
    writeReports(targets, { verdict, plan, rules, notes, root, toolVersion: packageVersion() });
  }
}

function textOf(verdict: Verdict, { notes, aside }: Remarks): string {
  const text = textReport(verdict, { color: takesColor(process.stderr), width: process.stderr.columns });
  return text + notes.map((note) => `\n${note}\n`).join("") + aside;
}

function ofEnvironment(): ReportTarget[] {
  const formats = process.env[VARIABLE]?.split(",") ?? [];
  return formats.filter((format) => format.trim() !== "").map(parseFormat);
}
