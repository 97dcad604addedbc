import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import {
  CloudInit,
  Connection,
  Disk,
  GuestOs,
  HostFacts,
  Image,
  KvmGuest,
  KvmHost,
  Memory,
  NatNetwork,
  Nic,
  StoragePool,
  Volume,
  XenHost,
  XenHvmGuest,
  XenPvGuest,
} from "virt-constructs";

const facts = (host: string) => HostFacts.fromDirectory(join(__dirname, "../../test/data/host-facts", host));

const app = new App();
const stack = new TerraformStack(app, "rack");

// KVM is part of the host's own kernel.
const kvm1 = new KvmHost(stack, "kvm1", {
  connection: Connection.ssh("kvm1.example.net", { user: "terraform" }),
  facts: facts("kvm-debian12"),
});

// Xen is started by the boot loader, and starts the host system as dom0.
const xen1 = new XenHost(stack, "xen1", {
  connection: Connection.tls("xen1.example.net"),
  facts: facts("xen-hvm"),
  dom0: { memory: Memory.mebibytes(1536), vcpus: 2 },
});

// On KVM: two web servers on one network, with overlays on one image.
const web = new NatNetwork(stack, "web-net", { host: kvm1, name: "web", subnet: "10.20.0.0/24" });
const debian = Image.fromUrl(
  "https://cloud.debian.org/images/cloud/bookworm/latest/debian-12-genericcloud-amd64.qcow2",
);
for (const [index, name] of ["web1", "web2"].entries()) {
  new KvmGuest(stack, name, {
    host: kvm1,
    os: GuestOs.DEBIAN_12,
    memory: Memory.gibibytes(2),
    vcpus: 1,
    image: debian,
    nics: [Nic.network(web, { ip: `10.20.0.${11 + index}` })],
    cloudInit: new CloudInit({ packages: ["nginx"] }),
  });
}

// On Xen: what needs no CPU virtualization beside what needs it.
const vms = new StoragePool(stack, "vms", { host: xen1 });
const legacyDisk = new Volume(stack, "legacy-disk", { pool: vms, size: Memory.gibibytes(10), format: "raw" });
const erpDisk = new Volume(stack, "erp-disk", { pool: vms, size: Memory.gibibytes(64), format: "raw" });

new XenPvGuest(stack, "legacy", {
  host: xen1,
  os: GuestOs.DEBIAN_12,
  memory: Memory.gibibytes(1),
  disks: [Disk.volume(legacyDisk)],
});
new XenHvmGuest(stack, "erp", {
  host: xen1,
  os: GuestOs.WINDOWS_SERVER_2022,
  memory: Memory.gibibytes(2),
  vcpus: 2,
  disks: [Disk.volume(erpDisk)],
});

app.synth();
