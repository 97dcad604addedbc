import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Command, Option } from "commander";
import { HostFacts } from "../../host-facts";
import { CAPTURES, matches } from "../../host-facts/captures";
import { InputError, unreadable } from "../../input/input-error";
import { isFolder } from "../../input/read-text";
import { formatKiB } from "../../plan/units";
import { captureHost } from "../capture/capture";
import { runLocally } from "../capture/shell";
import { targetOf } from "../capture/target";
import type { Context } from "../context";
import { differences } from "../differences";

export function factsCommand(program: Command, context: Context): void {
  const facts = program
    .command("facts")
    .summary("capture, show and compare what hosts say of themselves")
    .description("Facts of hosts, by which checks know them without asking them.");

  facts
    .command("capture")
    .description(
      "Asks a host with virsh, and with ip, uname and xl where a shell leads there (locally, or by SSH). It reads only. Writes a folder of what was answered, and all of it as one JSON file.",
    )
    .argument("<uri>", "connection URI of libvirt")
    .requiredOption("--out <folder>", "folder to write; the JSON file gets its name and .json")
    .addHelpText(
      "after",
      "\nExample:\n  $ virt-constructs facts capture qemu+ssh://kvm1/system --out hosts/kvm1",
    )
    .action(async (uri: string, { out }: { out: string }) =>
      capture(uri, out.replace(/(?<=.)\/+$/, ""), context),
    );

  facts
    .command("show")
    .description("Shows the facts of a host.")
    .argument("<path>", "folder of captures, or JSON file")
    .addOption(new Option("--format <name>", "how to write them").choices(["text", "json"]).default("text"))
    .addHelpText("after", "\nExample:\n  $ virt-constructs facts show hosts/kvm1 --format json")
    .action((path: string, { format }: { format: string }) => {
      const read = readFacts(path);
      context.print(format === "json" ? `${JSON.stringify(read, undefined, 2)}\n` : overview(read));
    });

  facts
    .command("diff")
    .description("Shows what has changed on a host since it was captured.")
    .argument("<old>", "folder of captures, or JSON file")
    .argument("<new>", "the same of later")
    .option("--exit-code", "exit with 1 when something has changed")
    .addHelpText("after", "\nExample:\n  $ virt-constructs facts diff hosts/kvm1.json hosts/kvm1")
    .action((before: string, after: string, { exitCode }: { exitCode?: boolean }) => {
      const { source: _, ...old } = readFacts(before).data;
      const { source: __, ...now } = readFacts(after).data;
      const lines = differences(old, now);
      context.print(lines.map((line) => `${line}\n`).join(""));
      if (lines.length === 0) context.say("nothing has changed");
      else if (exitCode) context.exitCode = 1;
    });

  facts
    .command("schema")
    .description("Prints the JSON Schema of facts as JSON.")
    .addHelpText("after", "\nExample:\n  $ virt-constructs facts schema > host-facts.schema.json")
    .action(() => {
      const { hostFactsJsonSchema } =
        require("../../host-facts/schema") as typeof import("../../host-facts/schema");
      context.print(`${JSON.stringify(hostFactsJsonSchema(), undefined, 2)}\n`);
    });
}

function readFacts(path: string): HostFacts {
  return isFolder(path) ? HostFacts.fromDirectory(path) : HostFacts.fromFile(path);
}

async function capture(uri: string, folder: string, context: Context): Promise<void> {
  const { files, unread } = await captureHost(targetOf(uri), runLocally, (what) => context.progress(what));
  write(folder, files);
  const facts = HostFacts.fromDirectory(folder);
  writeFileSync(`${folder}.json`, `${JSON.stringify(facts, undefined, 2)}\n`);
  context.say(`${files.size} captures in ${folder}, and all of them in ${folder}.json`);
  for (const each of unread) context.say(`not captured: ${each}`);
}

/** What an earlier capture left would not fit to this one. */
function write(folder: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      if (Object.values(CAPTURES).some((each) => matches(each, name))) rmSync(join(folder, name));
    }
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === "EEXIST" || code === "ENOTDIR"
      ? new InputError(`${folder} is a file, or lies below one: --out names a folder`)
      : unreadable(folder, error);
  }
}

function overview(facts: HostFacts): string {
  const { data } = facts;
  const names = (list: readonly { readonly name: string }[] | undefined) =>
    list?.map(({ name }) => name).join(", ");
  const guests = data.guests?.map(
    ({ osType, arch, domainTypes }) => `${osType} ${arch} (${domainTypes.join(", ")})`,
  );
  const virtualization = facts.hardwareVirtualization;
  const rows: [string, string | undefined][] = [
    ["hypervisor", [data.hypervisor, data.hypervisorVersion].filter((each) => each !== undefined).join(" ")],
    ["libvirt", data.libvirtVersion],
    ["kernel", data.kernelRelease],
    ["architecture", data.arch],
    ["CPU", [data.cpu?.model, data.cpu?.threads && `${data.cpu.threads} threads`].filter(Boolean).join(", ")],
    ["CPU virtualization", virtualization === undefined ? undefined : virtualization ? "yes" : "no"],
    ["memory", data.memoryKiB === undefined ? undefined : formatKiB(data.memoryKiB)],
    ["IOMMU", data.iommu === undefined ? undefined : data.iommu ? "yes" : "no"],
    ["guests", guests?.join("; ")],
    ["networks", names(data.networks)],
    ["pools", names(data.pools)],
    ["interfaces", names(data.interfaces)],
    ["not captured", facts.missing.join(", ") || "nothing"],
  ];
  return rows
    .map(([name, value]) => `${name.padEnd(20)}${value || (value === "" ? "none" : "not known")}\n`)
    .join("");
}
