import { type PlanMatchers, planMatchers, removeTemporaryFolders } from "./matchers";

declare global {
  // Without Jest's types this declares an interface that nobody uses.
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: all declarations of an interface must have the same parameters
    interface Matchers<R, T = {}> extends PlanMatchers<R> {}
  }
}

const { expect, afterAll } = globalThis as unknown as {
  readonly expect?: { extend(matchers: object): void };
  afterAll?(cleanUp: () => void): void;
};
if (expect === undefined || afterAll === undefined) {
  throw new Error(
    'virt-constructs/testing/jest is for tests in which Jest\'s functions are global. Where they are imported, write expect.extend(planMatchers), with planMatchers from "virt-constructs/testing".',
  );
}
expect.extend(planMatchers);
afterAll(removeTemporaryFolders);
