import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import { hypervisorOfXml, type ImportedResource, programOf, resourcesOfXml } from "../../import";
import { countOf, told } from "../../import/report";
import { InputError, unreadable } from "../../input/input-error";
import { readMachines } from "../../input/machines";
import { captureMachines } from "../capture/machines";
import { runLocally } from "../capture/shell";
import { targetOf } from "../capture/target";
import type { Context } from "../context";

interface ImportOptions {
  readonly out: string;
  readonly name?: string;
  readonly uri?: string;
  readonly asNew?: boolean;
  readonly force?: boolean;
}

export function importCommand(program: Command, context: Context): void {
  program
    .command("import")
    .summary("write what libvirt runs as a program of constructs")
    .description(
      "Writes a program of constructs for the domains, networks, pools and volumes of a host, or of the files that virsh dumpxml and its like print, or for the guests of xl.cfg files. Terraform takes over what exists at the first apply, and changes nothing of it. A host is only read.",
    )
    .argument("<uri|path>", "connection URI of libvirt, or an XML or xl.cfg file, or a folder of them")
    .requiredOption("--out <folder>", "folder to write the program to")
    .option("--name <name>", "what the program calls the host (default: that of the URI, or of the path)")
    .option("--uri <uri>", "connection URI for Terraform, where it is another, or files are given")
    .option("--as-new", "write machines like these, which Terraform makes, instead of taking over these")
    .option("--force", "overwrite files in the folder")
    .addHelpText("after", HELP)
    .action(async (from: string, options: ImportOptions) => importFrom(from, options, context));
}

const HELP = `
What a construct cannot say is written in the provider's own words; what those cannot say either is listed in
IMPORT.md. Passwords are never written.

Examples:
  $ virt-constructs import qemu+ssh://kvm1.example.net/system --out kvm1
  $ cd kvm1 && npm install && npx cdktf plan
  $ virsh dumpxml --inactive web > xml/web.xml && virt-constructs import xml --uri qemu+ssh://kvm1/system --out kvm1
  $ virt-constructs import xml --as-new --uri qemu+ssh://kvm2/system --out kvm2`;

async function importFrom(from: string, options: ImportOptions, context: Context): Promise<void> {
  const given = await resourcesFrom(from, context);
  const resources = options.asNew ? given.resources.map(asNew) : given.resources;
  if (resources.length === 0) {
    throw new InputError(`${from} has no domain, network, pool or volume: there is nothing in it to import`);
  }
  const {
    files,
    resources: written,
    tried,
  } = programOf(resources, {
    name: options.name ?? given.name,
    hypervisor: given.hypervisor,
    uri: options.uri ?? given.uri,
  });
  write(options.out, files, options.force ?? false);
  for (const each of given.notes) context.say(each);
  if (!tried)
    context.say("written in the provider's own words: constructs need npm install cdktf constructs");
  for (const line of told(written)) context.say(line);
  context.say(`${countOf(written)} in ${options.out}: read ${join(options.out, "IMPORT.md")} first`);
}

interface Given {
  readonly resources: readonly ImportedResource[];
  readonly name: string;
  readonly hypervisor: "kvm" | "xen";
  readonly uri?: string;
  readonly notes: readonly string[];
}

async function resourcesFrom(from: string, context: Context): Promise<Given> {
  if (/^[a-z]+(\+[a-z0-9]+)?:\/\//i.test(from)) {
    const target = targetOf(from);
    const { resources, unread } = await captureMachines(target, runLocally, (what) => context.progress(what));
    const host = target.ssh?.at(-1)?.replace(/^.*@/, "") ?? /:\/\/(?:[^@/]*@)?([^:/?]+)/.exec(from)?.[1];
    const hypervisor = /^xen/i.test(from) ? "xen" : "kvm";
    return {
      resources,
      name: host?.split(".")[0] || "localhost",
      hypervisor,
      uri: from,
      notes: unread.map((each) => `not read: ${each}`),
    };
  }
  context.progress(`reading ${from}`);
  const notes: string[] = [];
  const documents = await readMachines(from, (file, reason) => notes.push(`left out: ${file}: ${reason}`));
  return {
    resources: resourcesOfXml(documents.map((document) => ({ ...document, file: basename(document.file) }))),
    name: basename(resolve(from)).replace(/\.(?:xml|cfg)$/, ""),
    hypervisor: hypervisorOfXml(documents),
    notes,
  };
}

/** The same machine, which nothing has made yet. */
function asNew({ importId, exists, running, ...resource }: ImportedResource): ImportedResource {
  return resource;
}

/** Writes all files or none. */
function write(folder: string, files: ReadonlyMap<string, string>, force: boolean): void {
  const there = force ? [] : [...files.keys()].filter((name) => existsSync(join(folder, name)));
  if (there.length > 0) {
    throw new InputError(
      `${folder} has ${there.join(", ")} already: name another folder, or overwrite ${there.length === 1 ? "it" : "them"} with --force`,
    );
  }
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of files) writeFileSync(join(folder, name), text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === "EEXIST" || code === "ENOTDIR"
      ? new InputError(`${folder} is a file, or lies below one: --out names a folder`)
      : unreadable(folder, error);
  }
}
