import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import {
  Connection,
  Disk,
  GuestOs,
  HostFacts,
  Memory,
  StoragePool,
  Volume,
  XenBoot,
  XenHost,
  XenHvmGuest,
  XenPvGuest,
  XenPvhGuest,
} from "virt-constructs";

const app = new App();
const stack = new TerraformStack(app, "xen-modes");
// Context values replace what differs on your machine: see the README of this example.
const { uri, kernel = "/boot/vmlinuz", initrd = "/boot/initrd.img", cmdline } = app.node.getAllContext();

const xen1 = new XenHost(stack, "xen1", {
  connection: uri ? Connection.uri(uri) : Connection.tls("xen1.example.net"),
  facts: HostFacts.fromDirectory(join(__dirname, "../../test/data/host-facts/xen-hvm")),
});
const pool = new StoragePool(stack, "pool", { host: xen1, name: "xen-modes" });
const disk = (name: string) =>
  Disk.volume(new Volume(stack, `${name}-disk`, { pool, size: Memory.gibibytes(1), format: "raw" }));
const common = { host: xen1, os: GuestOs.ALPINE_3_21, memory: Memory.mebibytes(512), nics: [] };
const boot = XenBoot.kernel({ kernel, initrd, cmdline });

// The kernel calls Xen instead of the hardware. Runs on every CPU, but only with a modified kernel.
new XenPvGuest(stack, "pv", { ...common, boot, disks: [disk("pv")] });

// Virtual hardware from the first instruction on. Runs every system, but only with VT-x or AMD-V.
new XenHvmGuest(stack, "hvm", { ...common, disks: [disk("hvm")] });

// A modified kernel in a hardware container, without emulated devices. Needs both.
new XenPvhGuest(stack, "pvh", { ...common, boot, disks: [disk("pvh")] });

app.synth();
