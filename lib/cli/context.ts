import type { Readable } from "node:stream";
import { type Paint, paintOf, takesColor } from "../report/color";
import { oneLine, shorten } from "../report/layout";

/** Where a command writes to. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What a command may use of the process: its result goes to stdout, whatever it says beside that to stderr. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What every command is given. */
export class Context {
  /** The exit code of the command that ran: 0 when it found nothing wrong. */
  exitCode = 0;
  private shown = false;

  constructor(readonly io: Io) {}

  /** The result. */
  print(text: string): void {
    this.clear();
    this.io.stdout.write(text);
  }

  /** A line for the person at the terminal, or in the log. */
  say(line: string): void {
    this.clear();
    this.io.stderr.write(`${line}\n`);
  }

  /** What is being done, on a terminal alone, until the next thing is said. */
  progress(doing: string): void {
    if (!this.io.stderr.isTTY) return;
    this.clear();
    this.io.stderr.write(shorten(oneLine(`${doing} …`), (this.io.stderr.columns ?? 80) - 1));
    this.shown = true;
  }

  private clear(): void {
    if (this.shown) this.io.stderr.write("\r\u001b[K");
    this.shown = false;
  }

  /** Colours for the result. */
  get color(): boolean {
    return takesColor(this.io.stdout, this.io.env);
  }

  get paint(): Paint {
    return paintOf(this.color);
  }
}
