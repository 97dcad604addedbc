import { VirtConstructsError } from "../errors";
import { summary } from "../report/text";
import type { Verdict } from "../validation/validate";

/** Thrown by the gate when the plan has errors. The report was printed before; the findings are in `findings`. */
export class PlanRefused extends VirtConstructsError {
  constructor(verdict: Verdict) {
    super(`virt-constructs refused the plan: ${summary(verdict.findings)}. No Terraform was written.`, {
      findings: verdict.findings,
    });
    this.name = "PlanRefused";
    // The places are in the report; that of the call to synth is none of them.
    this.stack = `${this.name}: ${this.message}`;
  }
}
