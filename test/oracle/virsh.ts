/**
 * A real libvirt as an oracle, asked through virsh. It starts no daemon and leaves nothing behind; what it defines
 * has names of its own.
 */
import { execFileSync, spawnSync } from "node:child_process";

const URI = process.env.LIBVIRT_ORACLE_URI ?? "qemu:///system";
/** Commands of one virsh: a process takes 100 ms, and an argument has 128 KiB at most. */
const BATCH = 250;

/** What is asked of libvirt, in commands of virsh. */
export interface Question {
  /** Up to the first that libvirt refuses; each without single quotes but around arguments. */
  readonly commands: readonly string[];
  /** What takes everything back, whether or not it came to be. */
  readonly undo: readonly string[];
}

/** The first refusal: which command, and libvirt's words; undefined where libvirt accepts all. */
export type Answer = { readonly command: string; readonly error: string } | undefined;

/** libvirt's version and QEMU's, as virsh prints them; or why nothing can be asked. */
function connect(): { readonly version: string } | { readonly obstacle: string } {
  const { error, stdout, stderr, status } = spawnSync("virsh", ["-c", URI, "version"], {
    encoding: "utf8",
    timeout: 30_000,
  });
  if (error) return { obstacle: `virsh cannot be run (${error.message})` };
  if (status !== 0) return { obstacle: `${URI} does not answer (${stderr.trim().split("\n").at(-1)})` };
  const [library, hypervisor] = [/^Using library: (.*)$/m, /^Running hypervisor: (.*)$/m].map(
    (line) => line.exec(stdout)?.[1],
  );
  return { version: `${library} and ${hypervisor}` };
}

/**
 * `describe` where libvirt answers; elsewhere a skip with the reason, or a failure where the environment variable
 * ORACLE_REQUIRED says "libvirt".
 */
export function describeWithLibvirt(name: string, tests: (version: string) => void): void {
  const connection = connect();
  if ("version" in connection) describe(name, () => tests(connection.version));
  else if (process.env.ORACLE_REQUIRED === "libvirt") {
    test(`${name}: libvirt is required here`, () => {
      throw new Error(connection.obstacle);
    });
  } else {
    say(`Skipped: ${name}: ${connection.obstacle}`);
    describe.skip(name, () => tests(""));
  }
}

/** What one command of virsh prints. */
export function virsh(command: readonly string[]): string {
  return execFileSync("virsh", ["-q", "-c", URI, ...command], { encoding: "utf8", maxBuffer: 2 ** 26 });
}

/** Puts the questions one after the other, each undone before the next. */
export function ask(questions: readonly Question[]): Answer[] {
  return outputs(questions).map((printed, index) => {
    const refused = printed.findIndex((output) => /^error: /m.test(output));
    if (refused < 0) return undefined;
    const error = printed[refused]!.replaceAll("error: ", "").trim().split("\n").slice(1).join(" ");
    return { command: questions[index]!.commands[refused]!, error: error || printed[refused]!.trim() };
  });
}

/** What the commands of each question print, one after the other. */
export function outputs(questions: readonly Question[]): string[][] {
  const printed: string[][] = [];
  for (let from = 0; from < questions.length; from += BATCH) {
    printed.push(...runTogether(questions.slice(from, from + BATCH)));
  }
  return printed;
}

function runTogether(questions: readonly Question[]): string[][] {
  const script = questions.flatMap(({ commands, undo }) => [
    ...commands.flatMap((command) => ["echo @do@", command]),
    "echo @undo@",
    ...undo,
    "echo @end@",
  ]);
  // The shell gives both outputs one pipe, so that errors stand where they belong.
  const { stdout, error } = spawnSync(
    "sh",
    ["-c", 'exec virsh -q -c "$0" "$1" 2>&1', URI, script.join("; ")],
    {
      encoding: "utf8",
      timeout: 300_000,
      maxBuffer: 2 ** 26,
    },
  );
  if (error) throw error;
  const parts = stdout.split("@end@").slice(0, -1);
  if (parts.length !== questions.length)
    throw new Error(
      `virsh stopped after ${parts.length} of ${questions.length} questions:\n${stdout.slice(-2000)}`,
    );
  return parts.map((part) => part.slice(0, part.indexOf("@undo@")).split("@do@").slice(1));
}

/** Past Jest's console, which adds a stack to every line. */
export const say = (line: string) => process.stderr.write(`${line}\n`);
