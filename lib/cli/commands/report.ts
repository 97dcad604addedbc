import type { Command } from "commander";
import type { Context } from "../context";
import { type CheckOptions, check, judging } from "./check";

export function reportCommand(program: Command, context: Context): void {
  const command = program
    .command("report")
    .summary("write a page with findings, capacity, topology and inventory")
    .description(
      "Checks a plan and writes one HTML page that loads nothing: findings with filters, the capacity of hosts, a picture of the topology and an inventory.",
    )
    .argument("<path...>", "the plan, as for check")
    .option("--out <file>", "the page (default: standard output)")
    .addHelpText("after", HELP)
    .action(
      async (
        paths: readonly string[],
        { out, ...options }: Omit<CheckOptions, "format"> & { out?: string },
      ) => {
        const format = [out === undefined ? "html" : `html=${out}`];
        context.exitCode = await check(paths, { ...options, format }, context);
      },
    );
  for (const option of judging()) command.addOption(option);
}

const HELP = `
Exit code: 0 clean, 1 findings, 2 usage or input error, as that of check.

Example:
  $ virt-constructs report plan.json --facts kvm1=hosts/kvm1 --out report.html`;
