import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { InputError, unreadable } from "../../input/input-error";
import { oneLine } from "../../report/layout";
import { plural } from "../../report/words";
import type { Context } from "../context";
import { type GuestXml, guestXmls } from "../guest-xml";
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
    .action(async (paths: readonly string[], { guest, out }: { guest?: string; out?: string }) => {
      const all = guestXmls(await readPlan(paths, context));
      const chosen =
        guest === undefined ? all : all.filter(({ name, key }) => name === guest || key === guest);
      if (chosen.length === 0) throw new InputError(`there is no guest "${guest}" in ${paths.join(", ")}`);
      if (out === undefined) context.print(chosen.map((each) => titled(each, chosen.length)).join(""));
      else {
        writeAll(out, chosen);
        context.say(`${plural(chosen.length, "file")} in ${out}`);
      }
    });
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
      const old = byKey(guestXmls(await readPlan([before], context)));
      const now = byKey(guestXmls(await readPlan([after], context)));
      const changed = [...new Set([...old.keys(), ...now.keys()])].filter(
        (key) => old.get(key)?.xml !== now.get(key)?.xml,
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
  old: GuestXml | undefined,
  now: GuestXml | undefined,
  { paint }: Context,
): string {
  const lines = lineDiff(old?.xml ?? "", now?.xml ?? "");
  const painted = lines.map((line) =>
    line.startsWith("-") ? paint.red(line) : line.startsWith("@@") ? paint.dim(line) : line,
  );
  const heads = [`--- ${old ? oneLine(key) : "/dev/null"}`, `+++ ${now ? oneLine(key) : "/dev/null"}`];
  return `${[...heads.map(paint.bold), ...painted].join("\n")}\n`;
}

function byKey(xmls: readonly GuestXml[]): Map<string, GuestXml> {
  return new Map(xmls.map((each) => [each.key, each]));
}

/** One document is valid as it is; several are told apart by a comment. */
function titled({ key, xml }: GuestXml, count: number): string {
  return count === 1 ? xml : `<!-- ${oneLine(key).replace(/--/g, "- -")} -->\n${xml}`;
}

function writeAll(folder: string, xmls: readonly GuestXml[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { key, xml } of xmls)
      writeFileSync(join(folder, `${key.replace(/[^\w.[\]-]/g, "_")}.xml`), xml);
  } catch (error) {
    throw unreadable(folder, error);
  }
}
