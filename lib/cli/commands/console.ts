import type { Command } from "commander";
import { InputError } from "../../input/input-error";
import { closest } from "../../plan/did-you-mean";
import { fleetOf, type Machine } from "../../plan/fleet";
import { isLate } from "../../plan/late";
import { sshOf, virshUri } from "../connection";
import type { Context } from "../context";
import { readPlan } from "../read-plan";
import { word } from "../word";

export function consoleCommand(program: Command, context: Context): void {
  program
    .command("console")
    .summary("print the commands that lead into a guest")
    .description("Prints the virsh, virt-viewer and ssh commands for a guest of a plan.")
    .argument("<guest>", "a guest's name, Terraform address or construct path")
    .argument("<path...>", "the plan, as for check")
    .addHelpText("after", "\nExample:\n  $ virt-constructs console web cdktf.out")
    .action(async (name: string, paths: readonly string[]) => {
      const machine = find(name, fleetOf(await readPlan(paths, context)));
      context.print(
        commands(machine)
          .map((line) => `${line}\n`)
          .join(""),
      );
    });
}

function find(name: string, machines: readonly Machine[]): Machine {
  const found = machines.filter((machine) => namesOf(machine).includes(name));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    const others = found.map(({ guest }) => `${guest.unit}/${guest.address}`).join(", ");
    throw new InputError(`"${name}" is ${found.length} guests: give one of ${others}`);
  }
  const guess = closest(name, machines.flatMap(namesOf));
  const shown = machines
    .slice(0, 8)
    .map((machine) => machine.name)
    .join(", ");
  throw new InputError(
    `there is no guest "${name}"${guess === undefined ? `; there are ${shown}${machines.length > 8 ? ", …" : ""}` : `: did you mean "${guess}"?`}`,
  );
}

function namesOf({ name, guest }: Machine): string[] {
  const { address, unit, constructPath } = guest;
  return [name, address, `${unit}/${address}`, ...(constructPath === undefined ? [] : [constructPath])];
}

function commands({ name, guest, ip }: Machine): string[] {
  if (isLate(name)) {
    throw new InputError(
      `the name of ${guest.address} is known only at apply: give a plan or state that shows it`,
    );
  }
  const { devices } = guest.domain;
  const uri = virshUri(guest.host.uri);
  const connect = uri === undefined ? "" : ` -c ${word(uri)}`;
  const serial = devices?.consoles !== undefined || devices?.serials !== undefined;
  const ssh = sshOf(guest.host.uri);
  const jump = ssh === undefined ? "" : ` -J ${word(ssh)}`;
  return [
    ...(serial ? [`virsh${connect} console ${word(name)}`] : []),
    ...(devices?.graphics ? [`virt-viewer${connect} ${word(name)}`] : []),
    ip === undefined ? `virsh${connect} domifaddr ${word(name)}` : `ssh${jump} ${ip}`,
  ];
}
