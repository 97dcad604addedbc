import { readCapabilities } from "../../host-facts/capabilities";
import { CAPTURES } from "../../host-facts/captures";
import type { GuestOffer } from "../../host-facts/facts";
import { InputError } from "../../input/input-error";
import { maskPasswords } from "../../plan/secrets";
import type { Ran, Run } from "./shell";
import type { Target } from "./target";
import { Virsh } from "./virsh";

/** What was read of a host, by the file that it belongs into, and what could not be read. */
export interface Captured {
  readonly files: ReadonlyMap<string, string>;
  /** `iface-list.txt: the reason` */
  readonly unread: readonly string[];
}

/** Machines whose capabilities are asked for: the aliases that guests name. */
const MACHINES = ["q35", "pc", "virt", "pseries", "s390-ccw-virtio", "xenpv", "xenpvh", "xenfv"];
/** Devices that can be passed through, or carry a network. */
const DEVICES = "pci,usb_device,net,mdev";
/**
 * Asks a host, reading only.
 *
 * @throws InputError when libvirt there does not answer.
 */
export async function captureHost(
  target: Target,
  run: Run,
  doing: (what: string) => void,
): Promise<Captured> {
  const capture = new Capture(target, run, doing);
  await capture.read();
  return capture;
}

class Capture implements Captured {
  readonly files = new Map<string, string>();
  readonly unread: string[] = [];

  private readonly libvirt: Virsh;

  constructor(
    private readonly target: Target,
    private readonly run: Run,
    private readonly doing: (what: string) => void,
  ) {
    this.libvirt = new Virsh(target.uri, run, doing);
  }

  async read(): Promise<void> {
    const capabilities = await this.libvirt.ask("capabilities");
    if ("failed" in capabilities) {
      throw new InputError(`${maskPasswords(this.target.uri)} does not answer: ${capabilities.failed}`);
    }
    this.files.set(CAPTURES.capabilities.file, capabilities.stdout);
    await this.readDomainCapabilities(readCapabilities(capabilities.stdout).guests ?? []);
    await this.keep(CAPTURES.nodeInfo.file, this.libvirt.ask("nodeinfo"));
    await this.keep(CAPTURES.version.file, this.libvirt.ask("version", "--daemon"));
    await this.keep(CAPTURES.nodeDeviceTree.file, this.libvirt.ask("nodedev-list", "--tree"));
    await this.dump("nodedev", await this.libvirt.names("nodedev-list", "--cap", DEVICES));
    await this.keep(CAPTURES.networkList.file, this.libvirt.ask("net-list", "--all"));
    await this.dump("net", await this.libvirt.names("net-list", "--all", "--name"));
    await this.keep(CAPTURES.poolList.file, this.libvirt.ask("pool-list", "--all"));
    await this.dump("pool", await this.libvirt.names("pool-list", "--all", "--name"));
    await this.keep(CAPTURES.interfaceList.file, this.libvirt.ask("iface-list", "--all"));
    await this.readShell();
    if (/^xen/i.test(this.target.uri)) {
      await this.keep(CAPTURES.xlInfo.file, this.shell("xl", "info"));
      await this.keep(CAPTURES.xlList.file, this.shell("xl", "list"));
    }
  }

  private async readDomainCapabilities(guests: readonly GuestOffer[]): Promise<void> {
    await this.keep(
      CAPTURES.domainCapabilities.file.replace("*", "default"),
      this.libvirt.ask("domcapabilities"),
    );
    for (const { osType, arch, domainTypes, machines } of guests) {
      // Emulators of other architectures are of no use to the rules.
      if (
        arch !== guests.find(({ wordSize }) => wordSize === 64)?.arch &&
        guests.length > 1 &&
        !isXen(osType)
      )
        continue;
      for (const type of domainTypes) {
        for (const machine of MACHINES.filter((name) => machines.some((each) => each.name === name))) {
          const file = CAPTURES.domainCapabilities.file.replace("*", `${type}-${machine}`);
          if (this.files.has(file)) continue;
          await this.keep(
            file,
            this.libvirt.ask("domcapabilities", "--virttype", type, "--arch", arch, "--machine", machine),
          );
        }
      }
    }
  }

  /** What only a shell on the host tells. */
  private async readShell(): Promise<void> {
    await this.keep(CAPTURES.addresses.file, this.shell("ip", "-j", "addr"));
    await this.keep(CAPTURES.routes.file, this.shell("ip", "-j", "route"));
    await this.keep(CAPTURES.cpuInfo.file, this.shell("cat", "/proc/cpuinfo"));
    await this.keep(CAPTURES.kernelRelease.file, this.shell("uname", "-r"));
  }

  /** The XML of many things of one kind. */
  private async dump(kind: "nodedev" | "net" | "pool", names: readonly string[]): Promise<void> {
    const xmls = await this.libvirt.xmls(names.map((name) => [`${kind}-dumpxml`, name]));
    names.forEach((name, index) => {
      const xml = xmls[index];
      const file = `${kind}-${fileName(name)}.xml`;
      if (xml === undefined || this.files.has(file))
        this.unread.push(`${file}: ${kind} "${name}" could not be dumped`);
      else this.files.set(file, `${withoutSecrets(xml)}\n`);
    });
  }

  private async keep(file: string, running: Promise<Ran>): Promise<void> {
    const ran = await running;
    if ("failed" in ran) this.unread.push(`${file}: ${maskPasswords(ran.failed)}`);
    else if (ran.stdout.trim() === "") this.unread.push(`${file}: the answer is empty`);
    else this.files.set(file, ran.stdout);
  }

  private async shell(...command: string[]): Promise<Ran> {
    const { ssh } = this.target;
    this.doing(command.join(" "));
    if (ssh === undefined) return { failed: `no shell leads there: run "${command.join(" ")}" on the host` };
    const [program, ...args] = command;
    return ssh.length === 0 ? this.run(program!, args) : this.run("ssh", [...ssh, "LC_ALL=C", ...command]);
  }
}

function isXen(osType: string): boolean {
  return osType.startsWith("xen");
}

function fileName(name: string): string {
  return name.replace(/[^\w.+-]/g, "_");
}

/** How a pool logs in is no business of the rules. */
function withoutSecrets(xml: string): string {
  return xml.replace(/\s*<auth\b[^>]*>.*?<\/auth>/gs, "");
}
