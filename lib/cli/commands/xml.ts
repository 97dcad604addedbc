import { join } from "node:path";
import type { Command } from "commander";
import { writeXml } from "../../domain-xml";
import { InputError } from "../../input/input-error";
import type { Plan } from "../../plan/plan";
import { plural } from "../../plan/plural";
import { oneLine } from "../../report/layout";
import { writeText } from "../../report/write";
import { xlOf } from "../../xl-cfg";
import type { Context } from "../context";
import { type GuestText, guestTexts } from "../guest-text";
import { lineDiff } from "../line-diff";
import { readPlan } from "../read-plan";

export function xmlCommand(program: Command, context: Context): void {
  program
    .command("xml")
    .summary("print the domain XML that libvirt will be given")
    .description(
      "Prints the domain XML that libvirt will be given, per guest. What only apply knows stands in it as ${…}.",
    )
    .argument("<path...>", "the plan, as for check")
    .option("--guest <name>", "only this guest, by name")
    .option("--out <folder>", "write a file for each guest instead")
    .addHelpText(
      "after",
      "\nExample:\n  $ virt-constructs xml cdktf.out --guest web | virt-xml-validate - domain",
    )
    .action(async (paths: readonly string[], options: Selection) => {
      show(xmls(await readPlan(paths, context)), paths, options, context, {
        extension: "xml",
        titled: (title) => `<!-- ${title.replace(/--/g, "- -")} -->`,
      });
    });
}

export function xlCommand(program: Command, context: Context): void {
  program
    .command("xl")
    .summary("print the xl configuration that a Xen guest amounts to")
    .description(
      "Prints what libvirt's Xen driver makes of a domain, in the words of xl.cfg, per guest of Xen: what it drops is missing. What only apply knows stands in it as ${…}. Passwords are never printed.",
    )
    .argument("<path...>", "the plan, as for check")
    .option("--guest <name>", "only this guest, by name")
    .option("--out <folder>", "write a file for each guest instead")
    .addHelpText("after", "\nExample:\n  $ virt-constructs xl cdktf.out --guest web")
    .action(async (paths: readonly string[], options: Selection) => {
      const { guests } = await readPlan(paths, context);
      const texts = guestTexts(
        guests.filter((guest) => guest.isXen),
        xlOf,
      );
      if (texts.length === 0) throw new InputError(`there is no guest of Xen in ${paths.join(", ")}`);
      show(texts, paths, options, context, { extension: "cfg", titled: (title) => `# ${title}` });
    });
}

interface Selection {
  readonly guest?: string;
  readonly out?: string;
}

interface Form {
  /** Of files. */
  readonly extension: string;
  /** A comment that tells one of several texts from the others. */
  readonly titled: (title: string) => string;
}

function xmls({ guests }: Plan): GuestText[] {
  return guestTexts(guests, (domain) => writeXml("domain", domain));
}

/** Prints the chosen texts or writes them; one is printed as it is. */
function show(
  all: readonly GuestText[],
  paths: readonly string[],
  { guest, out }: Selection,
  context: Context,
  { extension, titled }: Form,
): void {
  const chosen = guest === undefined ? all : all.filter(({ name, key }) => name === guest || key === guest);
  if (chosen.length === 0) throw new InputError(`there is no guest "${guest}" in ${paths.join(", ")}`);
  if (out !== undefined) {
    writeAll(out, chosen, extension);
    context.say(`${plural(chosen.length, "file")} in ${out}`);
    return;
  }
  const texts = chosen.map(({ key, text }) =>
    chosen.length === 1 ? text : `${titled(oneLine(key))}\n${text}`,
  );
  context.print(texts.join(""));
}

export function diffCommand(program: Command, context: Context): void {
  program
    .command("diff")
    .summary("show what changes in the domain XML between two synths")
    .description("Shows what changes in the domain XML of the guests from one plan to another.")
    .argument("<old>", "a plan, as for check")
    .argument("<new>", "another")
    .option("--exit-code", "exit with 1 when something differs")
    .addHelpText("after", "\nExample:\n  $ virt-constructs diff main/cdktf.out cdktf.out")
    .action(async (before: string, after: string, { exitCode }: { exitCode?: boolean }) => {
      const old = byKey(xmls(await readPlan([before], context)));
      const now = byKey(xmls(await readPlan([after], context)));
      const changed = [...new Set([...old.keys(), ...now.keys()])].filter(
        (key) => old.get(key)?.text !== now.get(key)?.text,
      );
      for (const key of changed) context.print(difference(key, old.get(key), now.get(key), context));
      context.say(
        `${plural(changed.length, "guest")} of ${now.size} ${changed.length === 1 ? "differs" : "differ"}`,
      );
      if (exitCode && changed.length > 0) context.exitCode = 1;
    });
}

function difference(
  key: string,
  old: GuestText | undefined,
  now: GuestText | undefined,
  { paint }: Context,
): string {
  const lines = lineDiff(old?.text ?? "", now?.text ?? "");
  const painted = lines.map((line) =>
    line.startsWith("-") ? paint.red(line) : line.startsWith("@@") ? paint.dim(line) : line,
  );
  const heads = [`--- ${old ? oneLine(key) : "/dev/null"}`, `+++ ${now ? oneLine(key) : "/dev/null"}`];
  return `${[...heads.map(paint.bold), ...painted].join("\n")}\n`;
}

function byKey(xmls: readonly GuestText[]): Map<string, GuestText> {
  return new Map(xmls.map((each) => [each.key, each]));
}

function writeAll(folder: string, texts: readonly GuestText[], extension: string): void {
  for (const { key, text } of texts) {
    const file = join(folder, `${key.replace(/[^\w.[\]-]/g, "_")}.${extension}`);
    writeText("domain", file, text);
  }
}
