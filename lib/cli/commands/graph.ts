import { type Command, InvalidArgumentError, Option } from "commander";
import { writeText } from "../../report/write";
import { dotOf } from "../../topology/dot";
import { mermaidOf } from "../../topology/mermaid";
import { svgOf } from "../../topology/svg";
import { topologyOf } from "../../topology/topology";
import type { Context } from "../context";
import { readPlan } from "../read-plan";

const FORMATS = { mermaid: mermaidOf, dot: dotOf, svg: svgOf };

interface GraphOptions {
  readonly format: keyof typeof FORMATS;
  readonly guests?: number;
  readonly out?: string;
}

export function graphCommand(program: Command, context: Context): void {
  program
    .command("graph")
    .summary("draw hosts, guests, networks and storage")
    .description(
      "Draws the hosts of a plan with their guests, networks, pools and volumes, as Mermaid, for Graphviz, or as SVG.",
    )
    .argument("<path...>", "the plan, as for check")
    .addOption(new Option("--format <name>", "how to draw").choices(Object.keys(FORMATS)).default("mermaid"))
    .option(
      "--guests <number>",
      "guests drawn of each host; the others are counted (default: 20, fewer on many hosts)",
      whole,
    )
    .option("--out <file>", "write a file instead")
    .addHelpText("after", "\nExample:\n  $ virt-constructs graph cdktf.out --format svg --out rack.svg")
    .action(async (paths: readonly string[], { format, guests, out }: GraphOptions) => {
      const topology = topologyOf(await readPlan(paths, context), { guestsPerHost: guests });
      const picture = FORMATS[format](topology);
      if (out === undefined) context.print(picture);
      else writeText("picture", out, picture);
      for (const sentence of topology.leftOut) context.say(sentence);
    });
}

function whole(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number, such as 50.");
}
