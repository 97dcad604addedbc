import { readInputs, STDIN } from "../input/read-inputs";
import { buildPlan, type FactsOf } from "../plan/build";
import type { Plan } from "../plan/plan";
import type { Context } from "./context";

/** Reads everything that is given into one plan, and says so on a terminal. */
export async function readPlan(
  paths: readonly string[],
  context: Context,
  factsOf?: FactsOf,
  today?: string,
): Promise<Plan> {
  const { stdin } = context.io;
  const raw = await readInputs(paths, {
    stdin,
    onRead: (path) => {
      if (path === STDIN && stdin.isTTY) context.say("reading standard input");
      else context.progress(`reading ${path}`);
    },
    onSkip: (file, reason) => context.say(`left out: ${file}: ${reason}`),
  });
  return buildPlan(today === undefined ? raw : { ...raw, today }, factsOf);
}
