import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { image } from "./image";
import { MACHINES, Machine, type MachineName } from "./machine";
import { LabError, say } from "./tools";

const help = `usage: npm run lab:xen -- [options]

Puts guests of this package, and the examples of its rules, before a real Xen. Builds a Debian dom0 from packages,
boots it with Xen on a CPU that QEMU emulates, once without virtualization and once with, and runs the suite there.
Nothing outside the cache folder is changed; the machines reach nothing but this one's loopback interface.

  --machine NAME   ${Object.entries(MACHINES)
    .map(([name, { what }]) => `${name} (${what})`)
    .join(" or ")}; both without
  --only PATTERN   only tests whose name matches this regular expression
  --quick          only what continuous integration has time for: facts, a guest of each kind, one rule of each stage
  --keep           leave the machine running; the next run uses it
  --up             boot the machine and leave it running, without the suite
  --down           stop machines that were left running
  --help           show this text

The cache folder is $XEN_LAB_CACHE, or virt-constructs/lab-xen in $XDG_CACHE_HOME or ~/.cache.
`;

/** Of the rules: what libvirt refuses at define, what Xen refuses at start, and what is dropped without a word. */
const QUICK = "^facts |of kind (PV|PVH|HVM) on |VIRT-XEN-(001|012|046) .*: (bad|good)";

interface Run {
  readonly up: boolean;
  readonly keep: boolean;
  readonly only?: string;
}

const ROOT = join(__dirname, "../../..");

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      machine: { type: "string" },
      only: { type: "string" },
      quick: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      up: { type: "boolean", default: false },
      down: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  if (values.quick && values.only !== undefined) throw new LabError("give --quick or --only, not both");
  const run = { ...values, only: values.quick ? QUICK : values.only };
  const names = machines(values.machine);
  if (values.down) {
    for (const name of names) Machine.running(name)?.stop();
    return 0;
  }
  let passed = true;
  for (const name of names) passed = (await onMachine(name, run)) && passed;
  return passed ? 0 : 1;
}

function machines(given: string | undefined): MachineName[] {
  const all = Object.keys(MACHINES) as MachineName[];
  if (given === undefined) return all;
  const name = all.find((each) => each === given);
  if (name === undefined) throw new LabError(`there is no machine "${given}": ${all.join(" or ")}`);
  return [name];
}

/** Boots a machine, or takes the one that runs, and stops what it has booted whatever happens, unless it is kept. */
async function onMachine(name: MachineName, { up, keep, only }: Run): Promise<boolean> {
  const kept = Machine.running(name);
  let booted: Machine | undefined;
  let testing: ChildProcess | undefined;
  const onSignal = () => {
    testing?.kill("SIGKILL");
    booted?.stop();
    process.exit(130);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  let leave = false;
  try {
    if (kept) {
      say(`${name}: still running`);
      const failure = await kept.waitUntilUp();
      if (failure) throw new LabError(`${name}: ${failure}: stop it with --down`);
    }
    const machine =
      kept ??
      (await Machine.boot(name, await image(), (each) => {
        booted = each;
      }));
    let passed = true;
    if (!up) {
      const tests = suite(machine, only);
      testing = tests.child;
      passed = await tests.passed;
    }
    leave = up || keep;
    if (kept || leave) {
      say(`${name}: left running, until npm run lab:xen -- --down`);
      say(`  ${machine.dom0.login}`);
      say(`  virsh -c ${machine.dom0.uri}`);
    }
    return passed;
  } finally {
    if (!leave) booted?.stop();
    for (const signal of signals) process.off(signal, onSignal);
  }
}

/** Runs the suite on a machine. */
function suite(
  machine: Machine,
  only: string | undefined,
): { child: ChildProcess; passed: Promise<boolean> } {
  const child = spawn(
    process.execPath,
    [
      ...[join(ROOT, "node_modules/jest/bin/jest.js"), "--config", join(__dirname, "jest.config.js")],
      ...["--runInBand", ...(only === undefined ? [] : ["--testNamePattern", only])],
    ],
    { cwd: ROOT, stdio: "inherit", env: { ...process.env, XEN_LAB_MACHINE: machine.name } },
  );
  const passed = new Promise<boolean>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (status) => resolve(status === 0));
  });
  return { child, passed };
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (error: Error & { code?: string }) => {
    if (!(error instanceof LabError) && !error.code?.startsWith("ERR_PARSE_ARGS")) throw error;
    process.stderr.write(`lab: ${error.message}\n`);
    process.exitCode = 2;
  },
);
