import type { Ran, Run } from "./shell";

/** Divides the answers of virsh to several commands; one connection serves them all. */
const BETWEEN = "==== virt-constructs ====";
const AT_ONCE = 200;

/** Asks libvirt, reading only. */
export class Virsh {
  constructor(
    private readonly uri: string,
    private readonly run: Run,
    private readonly doing: (what: string) => void,
  ) {}

  /** One command. */
  ask(...command: string[]): Promise<Ran> {
    this.doing(`virsh ${command[0]!.slice(0, 40)}`);
    return this.run("virsh", ["-r", "-c", this.uri, ...command]);
  }

  /** The lines of an answer that are not empty; none where there is no answer. */
  async names(...command: string[]): Promise<string[]> {
    const ran = await this.ask(...command);
    return "failed" in ran
      ? []
      : ran.stdout
          .split("\n")
          .map((line) => line.trim())
          .filter((line) => line !== "");
  }

  /** The XML that each of many commands answers; undefined for one that has none. */
  async xmls(commands: readonly (readonly string[])[]): Promise<(string | undefined)[]> {
    const answers: (string | undefined)[] = [];
    for (let start = 0; start < commands.length; start += AT_ONCE) {
      const some = commands.slice(start, start + AT_ONCE);
      const lines = some.map(
        ([command, ...args]) => `${[command, ...args.map(quoted)].join(" ")}; echo ${quoted(BETWEEN)}`,
      );
      const ran = await this.ask(lines.join("; "));
      const texts = "stdout" in ran ? ran.stdout.split(BETWEEN) : [];
      for (const index of some.keys()) {
        const text = texts[index]?.trim() ?? "";
        answers.push(text.startsWith("<") ? text : undefined);
      }
    }
    return answers;
  }
}

/** A word for virsh's own command line. */
function quoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`;
}
