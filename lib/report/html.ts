import { page } from "./html/page";
import type { ReportInput } from "./report";

/** The verdict as one HTML page for people: with the plan, also the capacity of hosts, a picture and an inventory. */
export function htmlReport(report: ReportInput): string {
  return page(report).text;
}
