import { existsSync } from "node:fs";
import { join } from "node:path";
import { HostFacts } from "../../../../lib/host-facts";
import { virtConstructs } from "../../../cli/command-line";
import { runFolder } from "../machine";
import { dom0, machine } from "./subject";

/** What the machine says of itself, captured over SSH by the command line; once, as it takes a minute. */
export async function capturedFacts(): Promise<HostFacts> {
  return HostFacts.fromDirectory(await captures());
}

/** The folder of captures. */
export async function captures(): Promise<string> {
  const folder = join(runFolder(machine.name), "facts");
  if (existsSync(`${folder}.json`)) return folder;
  const { code, stderr } = await virtConstructs(["facts", "capture", dom0.sshUri, "--out", folder]);
  if (code !== 0) throw new Error(`facts capture ended with ${code}: ${stderr}`);
  return folder;
}
