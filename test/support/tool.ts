import { spawnSync } from "node:child_process";
import { writeSync } from "node:fs";

/**
 * `describe` where a program is installed; elsewhere a skip that says so, or a failure where the environment variable
 * TOOLS_REQUIRED names it, as it does in the pipeline: `chromium dot`.
 */
export function describeWithTool(tool: string, name: string, tests: () => void): void {
  const found = spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0;
  if (found) describe(name, tests);
  else if (process.env.TOOLS_REQUIRED?.split(" ").includes(tool)) {
    test(`${name}: ${tool} is required here`, () => {
      throw new Error(`${tool} is not installed`);
    });
  } else {
    // Jest shows what a test logs with a stack.
    writeSync(2, `Skipped: ${name}: ${tool} is not installed\n`);
    describe.skip(name, tests);
  }
}
