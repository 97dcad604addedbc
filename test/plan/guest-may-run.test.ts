import { examplePlan } from "../../lib/plan/example";

/** The provider starts a guest for running = true; who keeps it off says running = false. */
it.each([
  [true, null, true],
  [null, null, true],
  [true, false, true],
  [false, null, false],
  [false, false, false],
  [false, true, true],
  ["${var.on}", true, true],
  ["${var.on}", null, undefined],
  [false, "${var.on}", undefined],
  [true, "${var.on}", true],
  [null, "${var.on}", true],
])("a guest with running %s and autostart %s may run: %s", (running, autostart, expected) => {
  expect(examplePlan((t) => t.kvm({ running, autostart })).guests[0]!.mayRun).toBe(expected);
});
