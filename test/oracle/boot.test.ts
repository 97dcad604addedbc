import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import {
  Connection,
  Disk,
  GuestOs,
  KvmGuest,
  KvmHost,
  Memory,
  NatNetwork,
  Nic,
  StoragePool,
  Volume,
} from "../../lib";
import { writeXml, type XmlKind } from "../../lib/domain-xml";
import { xmlKindOf } from "../../lib/domain-xml/mapping";
import { readInputs } from "../../lib/input/read-inputs";
import { buildPlan } from "../../lib/plan/build";
import { silently } from "../support/program";
import { describeWithLibvirt, say, virsh } from "./virsh";

/** Emulated, the guest needs half a minute on an idle machine. */
const TIMEOUT_MS = 400_000;
const NAME = `vc-oracle-boot-${process.pid}`;
const DISK_MEBIBYTES = 8;

describeWithLibvirt("a guest of constructs", () => {
  let folder: string;
  const undo: string[][] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "oracle-boot-"));
    // QEMU may run as a user of its own.
    execFileSync("chmod", ["755", folder]);
    execFileSync(join(__dirname, "guest/build.sh"), [folder], { stdio: "ignore" });
  }, TIMEOUT_MS);
  afterAll(() => {
    for (const command of undo.reverse()) tryVirsh(command);
    rmSync(folder, { recursive: true });
  });

  test(
    "boots, and sees its disk and an address of its network",
    async () => {
      const documents = await synthesized(folder);
      expect(documents.map(({ kind }) => kind).sort()).toEqual(["domain", "network", "pool", "volume"]);
      const file = (kind: XmlKind) => {
        const path = join(folder, `${kind}.xml`);
        writeFileSync(path, documents.find((each) => each.kind === kind)!.xml);
        return path;
      };
      make(["pool-define", file("pool")], ["pool-undefine", NAME]);
      make(["pool-start", NAME], ["pool-destroy", NAME]);
      make(["vol-create", NAME, file("volume")], ["vol-delete", "--pool", NAME, `${NAME}.img`]);
      make(["net-define", file("network")], ["net-undefine", NAME]);
      make(["net-start", NAME], ["net-destroy", NAME]);
      make(["define", file("domain")], ["undefine", NAME]);
      make(["start", NAME], ["destroy", NAME]);

      const printed = await console(join(folder, "console.log"));
      say(`the guest says: ${printed.join("; ")}`);
      expect(printed).toEqual([
        `guest: disk of ${DISK_MEBIBYTES * 2048} sectors`,
        expect.stringMatching(/^guest: address 10\.213\.7\.\d+ from 10\.213\.7\.1$/),
        "guest: done",
      ]);
    },
    TIMEOUT_MS,
  );

  function make(command: string[], takeBack: string[]): void {
    virsh(command);
    undo.push(takeBack);
  }
});

function tryVirsh(command: readonly string[]): void {
  try {
    virsh(command);
  } catch {
    // A guest that has switched itself off cannot be destroyed.
  }
}

/** The XML of a plan's resources, as the provider would send them. */
async function synthesized(folder: string) {
  const outdir = join(folder, "cdktf.out");
  mkdirSync(outdir);
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "boot");
  const host = new KvmHost(stack, "kvm1", { connection: Connection.uri("qemu:///system") });
  const pool = new StoragePool(stack, "pool", { host, name: NAME, path: join(folder, "pool") });
  mkdirSync(join(folder, "pool"));
  const disk = new Volume(stack, "disk", {
    pool,
    name: `${NAME}.img`,
    size: Memory.mebibytes(DISK_MEBIBYTES),
    format: "raw",
  });
  const network = new NatNetwork(stack, "net", { host, name: NAME, subnet: "10.213.7.0/24" });
  const { domain } = new KvmGuest(stack, "guest", {
    host,
    name: NAME,
    os: GuestOs.DEBIAN_12,
    memory: Memory.mebibytes(512),
    accelerator: "tcg",
    disks: [Disk.volume(disk)],
    nics: [Nic.network(network)],
  });
  domain.addOverride("os.kernel", join(folder, "kernel"));
  domain.addOverride("os.initrd", join(folder, "initramfs"));
  domain.addOverride("os.cmdline", "console=ttyS0 panic=-1");
  silently(() => app.synth());
  const raw = await readInputs([join(outdir, "stacks/boot")], { stdin: process.stdin });
  return buildPlan(raw).resources.flatMap(({ type, config }) => {
    const kind = xmlKindOf(type);
    if (kind === undefined) return [];
    // The console is written down for the test.
    const log = `$&<log file="${join(folder, "console.log")}"/>`;
    return [{ kind, xml: writeXml(kind, config as object).replace("<serial>", log) }];
  });
}

/** What the guest says of itself on its serial console, once it has said all. */
async function console(log: string): Promise<string[]> {
  for (;;) {
    const text = existsSync(log) ? readFileSync(log, "utf8") : "";
    const lines = [...text.matchAll(/^guest: .*?(?=\r?$)/gm)].map(([line]) => line);
    if (lines.at(-1) === "guest: done") return lines;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
