import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import {
  Connection,
  Disk,
  GuestOs,
  type HostFacts,
  Memory,
  XenBoot,
  XenHost,
  XenHvmGuest,
  XenPvGuest,
  XenPvhGuest,
} from "../../../../lib";
import { errors, run } from "../../../support/program";
import { realMirror, userCliConfig } from "../../../terraform/mirror";
import { type PlanOutcome, Workspace } from "../../../terraform/workspace";
import { say } from "../tools";
import { clean, makeImages } from "./ask";
import { capturedFacts } from "./facts";
import { dom0, machine } from "./subject";

/*
 * The real provider makes guests, changes and removes them; each plan afterwards is empty. It can do neither of the
 * last two by itself on Xen: a revision makes Terraform replace the domain, and a teardown removes it with virsh.
 */

const NAMES = machine.name === "hvm" ? ["lab-pv", "lab-pvh", "lab-hvm"] : ["lab-pv"];
const IMAGE = "/var/lib/libvirt/images/lab-life.img";

const scratch = mkdtempSync(join(tmpdir(), "xen-lab-terraform-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const config = userCliConfig();
const provider = config === undefined ? undefined : realMirror(join(scratch, "provider"), config);
if (provider === undefined) {
  say("Skipped: the life cycle: Terraform's own CLI configuration gives no dmacvicar/libvirt 0.9.7");
}

(provider ? describe : describe.skip)(`guests made with Terraform on ${machine.name}`, () => {
  const guests = NAMES.map((name) => ({ name, xml: "", images: [{ path: IMAGE, format: "raw" }] }));
  let facts: HostFacts;
  let workspace: Workspace;
  beforeAll(async () => {
    facts = await capturedFacts();
    clean(guests);
    makeImages(guests);
    workspace = new Workspace(configuration(facts, 192), provider!, {
      timeoutMs: 1_200_000,
      // Of three guests at once an emulated Xen loses patience with one.
      parallelism: 1,
    });
  });
  afterAll(() => {
    workspace.remove();
    clean(guests);
  });

  test("are created, and nothing is left to do", () => {
    expect(workspace.init()).toMatchObject({ valid: true });
    expect(workspace.apply()).toMatchObject({ valid: true, diagnostics: [] });
    expect(NAMES.map(state)).toEqual(NAMES.map(() => "running"));
    expect(changes(workspace.plan())).toEqual([]);
  });

  test("are replaced when they change, and nothing is left to do", () => {
    const before = NAMES.map(uuid);
    workspace.configure(configuration(facts, 200));
    expect(workspace.apply()).toMatchObject({ valid: true, diagnostics: [] });
    expect(NAMES.map(memory)).toEqual(NAMES.map(() => 200 * 1024));
    for (const [index, name] of NAMES.entries()) expect(uuid(name)).not.toBe(before[index]);
    expect(changes(workspace.plan())).toEqual([]);
  });

  test("are removed, also with a state that somebody saved", () => {
    expect(dom0.virsh("managedsave", "lab-pv")).toMatchObject({ status: 0 });
    expect(workspace.destroy()).toMatchObject({ valid: true, diagnostics: [] });
    for (const name of NAMES) expect(dom0.virsh("domid", name)).toMatchObject({ status: 1 });
  });
});

/** A folder with the Terraform JSON of the guests with this memory. */
function configuration(facts: HostFacts, mebibytes: number): string {
  const program = run((stack) => guestsWith(stack, facts, mebibytes));
  expect(errors(program)).toEqual([]);
  const folder = mkdtempSync(join(scratch, "configuration-"));
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(program.json));
  return folder;
}

function guestsWith(stack: TerraformStack, facts: HostFacts, mebibytes: number): void {
  const common = {
    host: new XenHost(stack, "xen1", { connection: Connection.uri(dom0.uri), facts }),
    os: GuestOs.DEBIAN_12,
    memory: Memory.mebibytes(mebibytes),
    nics: [],
  };
  const boot = XenBoot.kernel({
    kernel: "/boot/vmlinux",
    initrd: "/boot/initrd.img",
    cmdline: "console=hvc0 mitigations=off quiet",
  });
  new XenPvGuest(stack, "lab-pv", { ...common, boot });
  if (machine.name !== "hvm") return;
  new XenPvhGuest(stack, "lab-pvh", { ...common, boot });
  new XenHvmGuest(stack, "lab-hvm", { ...common, disks: [Disk.file(IMAGE, { format: "raw" })] });
}

/** What a plan would do. */
function changes(outcome: PlanOutcome): string[] {
  expect(outcome).toMatchObject({ valid: true });
  return (outcome.plan?.resource_changes ?? [])
    .filter(({ change }) => change.actions.join() !== "no-op")
    .map(({ address, change }) => `${change.actions.join(" and ")} ${address}`);
}

const state = (name: string) => dom0.virsh("domstate", name).stdout.trim();
const uuid = (name: string) => dom0.virsh("domuuid", name).stdout.trim();
const memory = (name: string) => Number(/Max memory: +(\d+)/.exec(dom0.virsh("dominfo", name).stdout)?.[1]);
