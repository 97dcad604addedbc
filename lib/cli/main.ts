import { Command, CommanderError } from "commander";
import { isVirtConstructsError } from "../errors";
import { maskPasswords } from "../plan/secrets";
import { packageVersion } from "../version";
import { checkCommand } from "./commands/check";
import { completionCommand } from "./commands/completion";
import { consoleCommand } from "./commands/console";
import { explainCommand } from "./commands/explain";
import { factsCommand } from "./commands/facts";
import { graphCommand } from "./commands/graph";
import { importCommand } from "./commands/import";
import { inventoryCommand } from "./commands/inventory";
import { reportCommand } from "./commands/report";
import { rulesCommand } from "./commands/rules";
import { diffCommand, xlCommand, xmlCommand } from "./commands/xml";
import { Context, type Io } from "./context";

const COMMANDS = [
  checkCommand,
  reportCommand,
  factsCommand,
  importCommand,
  explainCommand,
  rulesCommand,
  xmlCommand,
  xlCommand,
  diffCommand,
  consoleCommand,
  inventoryCommand,
  graphCommand,
  completionCommand,
];

/** Exit code for what nobody can check: wrong usage, unusable input. */
const UNUSABLE = 2;

/** Runs the command line of this process. */
export function main(): void {
  // The reader of a pipe may have seen enough.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? process.exitCode : UNUSABLE);
  });
  run(process.argv.slice(2), process).then((code) => {
    process.exitCode = code;
  });
}

/**
 * Runs one command.
 *
 * @returns the exit code: 0 clean, 1 findings, 2 usage or input error.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const context = new Context(io);
  try {
    await programOf(context).parseAsync(args, { from: "user" });
    return context.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : UNUSABLE;
    context.say(`virt-constructs: ${describe(error)}`);
    return UNUSABLE;
  }
}

/** The commands, with their options and help. */
export function programOf(context: Context): Command {
  const { io } = context;
  const program = new Command("virt-constructs")
    .description("Checks plans of virtual machines on KVM and Xen before anything is applied.")
    .version(packageVersion())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.print(text),
      writeErr: (text) => context.say(text.trimEnd()),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
      getOutHasColors: () => context.color,
    })
    .showHelpAfterError("(--help shows how it is used)")
    .addHelpText("after", "\nEvery command has an example: virt-constructs COMMAND --help");
  for (const register of COMMANDS) register(program, context);
  return program;
}

function describe(error: unknown): string {
  // Facts say what is wrong and what to do in two lines; a pipeline shows one.
  if (isVirtConstructsError(error)) return error.message.replace(/\n +fix +/g, "; ");
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `failed, which is a mistake of its own and not yours:\n${maskPasswords(stack)}`;
}
