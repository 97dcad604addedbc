import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Dom0 } from "./dom0";
import { cacheFolder, type Image } from "./image";
import { LabError, requireTools, say, sleep } from "./tools";

export type MachineName = "pv-only" | "hvm";

/** Registers beyond SSE do not survive Xen's switches under TCG: programs of dom0 crash in their heaps. */
const NO_AVX = "-xsave,-xsaveopt,-xsavec,-xsaves,-xgetbv1,-avx,-avx2,-f16c,-fma,-vaes,-vpclmulqdq,-mpx";

/**
 * The CPUs that QEMU emulates. SMAP under TCG kills a PV dom0, MONITOR faults in Xen on AMD family 23, and guests
 * in hardware containers die on RDTSCP under TCG's SVM. Without VME libvirt finds no model for an AMD CPU, and its Xen driver
 * does not load.
 */
export const MACHINES: Readonly<
  Record<MachineName, { readonly cpu: string; readonly devices: readonly string[]; readonly what: string }>
> = {
  "pv-only": {
    cpu: `Skylake-Client-noTSX-IBRS,-smap,-smep,-monitor,${NO_AVX}`,
    devices: [],
    what: "a CPU without virtualization",
  },
  hvm: {
    cpu: `max,+svm,-smap,-smep,-monitor,-rdtscp,-pku,-la57,${NO_AVX},x-force-features=on,+vme,family=23,model=1,stepping=2`,
    devices: ["-device", "amd-iommu"],
    what: "a CPU with AMD-V, and an IOMMU",
  },
};

/**
 * One vCPU for dom0: where two share a busy machine, one spins for a lock whose holder does not run. Mitigations cost
 * much under TCG and protect nobody here.
 */
const XEN_ARGS =
  "console=com1 com1=115200,8n1 loglvl=all guest_loglvl=all dom0_mem=1280M,max:1280M dom0_max_vcpus=1 noreboot cpuidle=0 spec-ctrl=off xpti=off pv-l1tf=off";
const KERNEL_ARGS = "console=hvc0 net.ifnames=0 mitigations=off quiet";
const MEMORY = "4096";

const ATTEMPTS = 2;
const BOOT_SECONDS = 1800;
const CRASH = /Panic on CPU|Kernel panic|crashed/;

interface State {
  readonly name: MachineName;
  readonly pid: number;
  readonly sshPort: number;
  readonly libvirtPort: number;
  readonly key: string;
}

/** A running Xen. */
export class Machine {
  /** One that an earlier run left running, if it still does. */
  static running(name: MachineName): Machine | undefined {
    const file = join(runFolder(name), "machine.json");
    if (!existsSync(file)) return undefined;
    const machine = new Machine(JSON.parse(readFileSync(file, "utf8")) as State);
    return machine.isAlive() ? machine : undefined;
  }

  /** Boots until SSH and libvirt answer. @throws LabError when it does not in some attempts. */
  static async boot(name: MachineName, image: Image, onStart: (machine: Machine) => void): Promise<Machine> {
    requireTools("qemu-system-x86_64", "qemu-img", "ssh", "virsh");
    for (let attempt = 1; ; attempt++) {
      const machine = await Machine.start(name, image);
      onStart(machine);
      const failure = await machine.waitUntilUp();
      if (failure === undefined) return machine;
      machine.stop();
      const serial = join(runFolder(name), "serial.log");
      if (attempt === ATTEMPTS) throw new LabError(`${name} did not boot: ${failure} (console: ${serial})`);
      say(`${name}: ${failure}, booting it again`);
    }
  }

  private static async start(name: MachineName, image: Image): Promise<Machine> {
    const folder = runFolder(name);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const disk = join(folder, "disk.qcow2");
    const made = spawnSync("qemu-img", ["create", "-q", "-f", "qcow2", "-b", image.disk, "-F", "raw", disk]);
    if (made.status !== 0) throw new LabError(`qemu-img: ${made.stderr}`);
    const [sshPort, libvirtPort] = await Promise.all([freePort(), freePort()]);
    const forwards = `hostfwd=tcp:127.0.0.1:${sshPort}-10.0.2.15:22,hostfwd=tcp:127.0.0.1:${libvirtPort}-10.0.2.15:16509`;
    const { cpu, devices } = MACHINES[name];
    const log = openSync(join(folder, "qemu.log"), "w");
    const qemu = spawn(
      "qemu-system-x86_64",
      [
        ...["-name", `xen-lab-${name}`, "-machine", "q35"],
        ...["-accel", "tcg,thread=multi", "-cpu", cpu, "-m", MEMORY],
        // Two, so that a pinned vCPU is told from one that runs anywhere.
        ...["-smp", "2"],
        ...["-display", "none", "-nodefaults", "-no-reboot"],
        ...["-serial", `file:${join(folder, "serial.log")}`],
        ...["-drive", `file=${disk.replaceAll(",", ",,")},if=virtio,format=qcow2,cache=unsafe`],
        ...["-netdev", `user,id=net,restrict=on,${forwards}`],
        ...["-device", "virtio-net-pci,netdev=net,romfile="],
        // A device to pass through, at 0000:03:00.0 as in the rules' examples.
        ...["a", "b", "c"].flatMap((port, slot) => ["-device", `pcie-root-port,id=${port},chassis=${slot}`]),
        ...["-device", "e1000e,bus=c,romfile="],
        ...devices,
        ...["-kernel", image.xen, "-append", XEN_ARGS],
        ...["-initrd", `${image.kernel} ${KERNEL_ARGS},${image.initrd}`],
      ],
      { detached: true, stdio: ["ignore", log, log] },
    );
    qemu.unref();
    const machine = new Machine({ name, pid: qemu.pid!, sshPort, libvirtPort, key: image.key });
    writeFileSync(join(folder, "machine.json"), `${JSON.stringify(machine.state, undefined, 2)}\n`);
    return machine;
  }

  readonly dom0: Dom0;

  private constructor(private readonly state: State) {
    this.dom0 = new Dom0(state, runFolder(state.name));
  }

  get name(): MachineName {
    return this.state.name;
  }

  isAlive(): boolean {
    // The number may be another process by now.
    const file = `/proc/${this.state.pid}/cmdline`;
    return existsSync(file) && readFileSync(file, "utf8").includes(join(runFolder(this.name), "disk.qcow2"));
  }

  stop(): void {
    this.dom0.disconnect();
    if (this.isAlive()) process.kill(this.state.pid, "SIGKILL");
    rmSync(join(runFolder(this.name), "disk.qcow2"), { force: true });
    rmSync(join(runFolder(this.name), "machine.json"), { force: true });
  }

  /** @returns what keeps it from answering */
  async waitUntilUp(): Promise<string | undefined> {
    const started = Date.now();
    const seconds = () => Math.round((Date.now() - started) / 1000);
    let waitingFor = "ssh";
    for (let said = 0; seconds() < BOOT_SECONDS; await sleep(2000)) {
      if (!this.isAlive())
        return `QEMU ended: ${readFileSync(join(runFolder(this.name), "qemu.log"), "utf8")}`;
      const crash = CRASH.exec(this.console())?.[0];
      if (crash) return `"${crash}" on its console`;
      if (waitingFor === "ssh" && (await this.dom0.answersSsh())) {
        say(`${this.name}: ssh answers after ${seconds()} s`);
        waitingFor = "libvirt";
      }
      if (waitingFor === "libvirt" && (await this.dom0.answersLibvirt())) {
        say(`${this.name}: libvirt answers after ${seconds()} s`);
        return undefined;
      }
      if (seconds() - said >= 30) {
        said = seconds();
        say(`${this.name}: waiting for ${waitingFor}, ${said} s`);
      }
    }
    return `no ${waitingFor} within ${BOOT_SECONDS} s`;
  }

  private console(): string {
    const file = join(runFolder(this.name), "serial.log");
    return existsSync(file) ? readFileSync(file, "latin1") : "";
  }
}

/** Where a machine keeps its disk, its console and, for the suite, what it is. */
export function runFolder(name: MachineName): string {
  return join(cacheFolder(), "run", name);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
