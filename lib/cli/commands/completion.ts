import { Argument, type Command } from "commander";
import type { Context } from "../context";

const SHELLS = { bash, zsh, fish };

export function completionCommand(program: Command, context: Context): void {
  program
    .command("completion")
    .summary("print a completion script for a shell")
    .description("Prints a script by which a shell completes commands and options.")
    .addArgument(new Argument("<shell>").choices(Object.keys(SHELLS)))
    .addHelpText(
      "after",
      "\nExample:\n  $ virt-constructs completion bash > /etc/bash_completion.d/virt-constructs",
    )
    .action((shell: keyof typeof SHELLS) => context.print(SHELLS[shell](wordsOf(program))));
}

/** A command by its whole name, and what may follow it besides files. */
interface Words {
  readonly command: string;
  readonly words: readonly string[];
}

function wordsOf(command: Command, name = ""): Words[] {
  const below = command.commands.map((each) => each.name());
  const options = command.options.flatMap(({ long }) => long ?? []);
  return [
    { command: name, words: [...below, ...options, "--help"] },
    ...command.commands.flatMap((each) => wordsOf(each, `${name} ${each.name()}`.trim())),
  ];
}

function bash(words: readonly Words[]): string {
  return `_virt_constructs() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ "$word" == -* ]] && break
    case "\${command:+$command }$word" in
${caseOf(words, '"', '") command="${command:+$command }$word" ;;')}
    esac
  done
  case "$command" in
${words.map(({ command, words: each }) => `    "${command}") COMPREPLY=($(compgen -W "${each.join(" ")}" -- "$current")) ;;`).join("\n")}
  esac
  # A name of a file may have blanks in it.
  [[ -n "$command" && "$current" != -* ]] && local IFS=$'\\n' && COMPREPLY+=($(compgen -f -- "$current"))
}
complete -o filenames -F _virt_constructs virt-constructs
`;
}

function caseOf(words: readonly Words[], before: string, after: string): string {
  return words
    .filter(({ command }) => command !== "")
    .map(({ command }) => `      ${before}${command}${after}`)
    .join("\n");
}

/** zsh runs the script of bash. */
function zsh(words: readonly Words[]): string {
  return `autoload -Uz bashcompinit && bashcompinit\n${bash(words)}`;
}

function fish(words: readonly Words[]): string {
  const lines = words.flatMap(({ command, words: each }) => {
    const condition =
      command === ""
        ? "__fish_use_subcommand"
        : command
            .split(" ")
            .map((part) => `__fish_seen_subcommand_from ${part}`)
            .join("; and ");
    return each.map((word) =>
      word.startsWith("--")
        ? `complete -c virt-constructs -n "${condition}" -l ${word.slice(2)}`
        : `complete -c virt-constructs ${command === "" ? "-f " : ""}-n "${condition}" -a ${word}`,
    );
  });
  return `${lines.join("\n")}\n`;
}
