import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { tokenEngine } from "../lib/gate/token-engine";
import { buildPlan } from "../lib/plan/build";
import { readStack } from "../lib/plan/construct-reader";
import { rules } from "../lib/rules/registry.generated";
import { validate } from "../lib/validation/validate";
import { fleet, HOSTS } from "./fleet";

/**
 * `npm run bench:rules -- GUESTS`: what all rules cost over a fleet, before anything is warm, as a share of
 * the synth of that fleet; and what each costs that runs alone. The first that needs an index pays for it.
 */

const SHOWN = 25;

/**
 * Milliseconds that the program's own thread has worked, which a busy machine changes little. Linux alone tells them
 * from those of the compiler and the garbage collector, which work beside it.
 */
function worked(): number {
  try {
    const [nanoseconds] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ");
    return Number(nanoseconds) / 1e6;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  }
}

function timed(work: () => void): number {
  const start = worked();
  work();
  return worked() - start;
}

function judge(guests: number): void {
  const outdir = mkdtempSync(join(tmpdir(), "virt-constructs-bench-"));
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "fleet");
  const construct = timed(() => fleet(stack, guests));
  const plan = buildPlan(readStack(stack, tokenEngine));
  global.gc?.();
  const sum = timed(() => validate(plan, rules));
  global.gc?.();
  const synth = timed(() => app.synth());
  const again = buildPlan(readStack(stack, tokenEngine));
  const costs = rules.map((rule) => [rule, timed(() => validate(again, [rule]))] as const);
  rmSync(outdir, { recursive: true });

  const share = (of: number) => `${((100 * sum) / of).toFixed(1)} %`;
  process.stdout.write(
    `${guests} guests on ${HOSTS} hosts: construct ${construct.toFixed(0)} ms, synth ${synth.toFixed(0)} ms; ` +
      `${rules.length} rules ${sum.toFixed(0)} ms, which is ${share(synth)} of synth ` +
      `and ${share(construct + synth)} of both\n`,
  );
  for (const [{ code, slug }, cost] of [...costs].sort(([, a], [, b]) => b - a).slice(0, SHOWN)) {
    process.stdout.write(`${cost.toFixed(1).padStart(8)} ms  ${code}  ${slug}\n`);
  }
}

// The report is not part of the work.
process.stderr.write = () => true;
judge(Number(process.argv[2] ?? 10_000));
