import { type Command, Option } from "commander";
import { fleetOf, type Machine } from "../../plan/fleet";
import { isLate, known } from "../../plan/late";
import { groupBy } from "../../plan/plan";
import { plural } from "../../plan/plural";
import { sshOf } from "../connection";
import type { Context } from "../context";
import { readPlan } from "../read-plan";

const FORMATS = { ssh, ansible, csv, hosts };

export function inventoryCommand(program: Command, context: Context): void {
  program
    .command("inventory")
    .summary("write the guests as SSH configuration, Ansible inventory, CSV or hosts file")
    .description(
      "Writes the guests of a plan for other tools. Addresses are those that networks of the plan reserve.",
    )
    .argument("<path...>", "the plan, as for check")
    .addOption(new Option("--format <name>", "what to write").choices(Object.keys(FORMATS)).default("csv"))
    .addHelpText(
      "after",
      "\nExample:\n  $ virt-constructs inventory cdktf.out --format ssh >> ~/.ssh/config.d/rack",
    )
    .action(async (paths: readonly string[], { format }: { format: keyof typeof FORMATS }) => {
      const all = fleetOf(await readPlan(paths, context));
      const machines = all.filter(({ name }) => !isLate(name));
      context.print(FORMATS[format](machines));
      const late = all.length - machines.length;
      if (late > 0) context.say(`left out: ${plural(late, "guest")} whose name is known only at apply`);
      const unknown = machines.filter(({ ip }) => ip === undefined).length;
      if (unknown > 0 && format !== "csv") {
        context.say(
          `without an address: ${plural(unknown, "guest")} for which no network of the plan reserves one`,
        );
      }
    });
}

function ssh(machines: readonly Machine[]): string {
  return machines
    .filter(({ ip }) => ip !== undefined)
    .map(({ name, ip, guest }) => {
      const jump = sshOf(guest.host.uri);
      return `Host ${name}\n  HostName ${ip}\n${jump === undefined ? "" : `  ProxyJump ${jump}\n`}`;
    })
    .join("\n");
}

function hosts(machines: readonly Machine[]): string {
  return machines.flatMap(({ name, ip }) => (ip === undefined ? [] : [`${ip}\t${name}\n`])).join("");
}

/** In YAML, of which JSON is a part: every name is quoted as it must be. */
function ansible(machines: readonly Machine[]): string {
  const lines = ["all:", "  children:"];
  for (const [host, group] of groupBy(machines, ({ guest }) => guest.host)) {
    lines.push(`    ${JSON.stringify(host.label.replace(/\W/g, "_"))}:`, "      hosts:");
    const jump = sshOf(host.uri);
    for (const { name, ip } of group) {
      const variables = {
        ...(ip !== undefined && { ansible_host: ip }),
        ...(ip !== undefined && jump !== undefined && { ansible_ssh_common_args: `-o ProxyJump=${jump}` }),
      };
      lines.push(`        ${JSON.stringify(name)}: ${JSON.stringify(variables)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function csv(machines: readonly Machine[]): string {
  const rows = machines.map(({ name, guest, ip, mac }) => [
    ...[name, guest.host.label, guest.host.uri, guest.mode, ip, mac],
    ...[known(guest.vcpus), memoryMiB(guest.memoryKiB), guest.os?.name, guest.address],
  ]);
  const head = [
    "name",
    "host",
    "uri",
    "mode",
    "address",
    "mac",
    "vcpus",
    "memory_mib",
    "os",
    "terraform_address",
  ];
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function memoryMiB(kib: number | string | undefined): number | undefined {
  return typeof kib === "number" && !isLate(kib) ? kib / 1024 : undefined;
}

/** A spreadsheet would take what begins like a formula for one. */
function cell(value: string | number | undefined): string {
  const text = String(value ?? "");
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
