import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes folders that are gone after the tests of the file. The engine makes its output folder with each App. */
export function temporaryFolder(): () => string {
  const root = mkdtempSync(join(tmpdir(), "virt-constructs-test-"));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return () => mkdtempSync(join(root, "run-"));
}
