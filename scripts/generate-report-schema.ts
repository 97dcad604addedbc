import path from "node:path";
import { reportJsonSchema } from "../lib/report/schema";

const FILE = path.resolve(__dirname, "../docs/schemas/report.schema.json");

/** The JSON Schema of the JSON report, by the absolute path where it is published. */
export function generateReportSchema(): ReadonlyMap<string, string> {
  return new Map([[FILE, `${JSON.stringify(reportJsonSchema(), undefined, 2)}\n`]]);
}
