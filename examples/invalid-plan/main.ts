import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import {
  Connection,
  Cpu,
  Disk,
  Firmware,
  GuestOs,
  HostDevice,
  HostFacts,
  KvmGuest,
  KvmHost,
  Memory,
  NatNetwork,
  Nic,
  StoragePool,
  Volume,
  XenBoot,
  XenHost,
  XenHvmGuest,
  XenPvGuest,
  XenPvhGuest,
} from "virt-constructs";

const facts = (host: string) => HostFacts.fromDirectory(join(__dirname, "../../test/data/host-facts", host));

const app = new App();
const stack = new TerraformStack(app, "invalid-plan");
const kvm1 = new KvmHost(stack, "kvm1", { connection: Connection.ssh("kvm1"), facts: facts("kvm-debian12") });
const old1 = new KvmHost(stack, "old1", {
  connection: Connection.ssh("old1"),
  facts: facts("qemu-only-debian12"),
});
const xen1 = new XenHost(stack, "xen1", { connection: Connection.ssh("xen1"), facts: facts("xen-pv-only") });

const net = new NatNetwork(stack, "net", { host: kvm1, subnet: "10.20.0.0/24" });
const vms = new StoragePool(stack, "vms", { host: kvm1 });
const shared = new Volume(stack, "shared", { pool: vms, size: Memory.gibibytes(10) });
const small = { memory: Memory.gibibytes(1), os: GuestOs.DEBIAN_12 };
const onKvm1 = { ...small, host: kvm1, nics: [Nic.network(net)] };
const onXen1 = { host: xen1, memory: Memory.mebibytes(256), nics: [] };

// 1. KVM on a host whose CPU offers no virtualization.
new KvmGuest(stack, "db1", { ...small, host: old1 });

// 2. Windows is not modified for Xen: the compiler refuses it, and so does synth.
// @ts-expect-error Windows has no paravirtualized kernel
new XenPvGuest(stack, "desktop", { ...onXen1, os: GuestOs.WINDOWS_11, memory: Memory.gibibytes(1) });

// 3. An unmodified system on a Xen host without VT-x or AMD-V.
new XenHvmGuest(stack, "erp", { ...onXen1, os: GuestOs.WINDOWS_SERVER_2022, memory: Memory.gibibytes(1) });

// 4. PVH needs the same.
const kernel = XenBoot.kernel({ kernel: "/boot/vmlinuz" });
new XenPvhGuest(stack, "api", { ...onXen1, os: GuestOs.DEBIAN_12, boot: kernel });

// 5. More memory than Xen has left beside dom0: it does not overcommit.
new XenPvGuest(stack, "big", { ...onXen1, os: GuestOs.DEBIAN_12, memory: Memory.gibibytes(3) });

// 6. A virtio disk on Xen.
new XenPvGuest(stack, "virtio", {
  ...onXen1,
  os: GuestOs.DEBIAN_12,
  disks: [Disk.file("/srv/virtio.img", { format: "raw", bus: "virtio" })],
});

// 7. Sockets x cores is not the number of vCPUs.
new KvmGuest(stack, "topology", { ...onKvm1, vcpus: 6, topology: { sockets: 2, cores: 4 } });

// 8. More vCPUs than the machine type has room for.
new KvmGuest(stack, "huge", { ...onKvm1, machine: "pc", vcpus: 300 });

// 9. A machine type that this QEMU does not know.
new KvmGuest(stack, "modern", { ...onKvm1, machine: "pc-q35-99.0" });

// 10. A CPU model that the host cannot offer.
new KvmGuest(stack, "model", { ...onKvm1, cpu: Cpu.model("Icelake-Server") });

// 11. Two disks with one name.
new KvmGuest(stack, "twins", {
  ...onKvm1,
  disks: [Disk.file("/srv/a.qcow2", { target: "vda" }), Disk.file("/srv/b.qcow2", { target: "vda" })],
});

// 12. An IDE disk on Q35, which has no IDE.
new KvmGuest(stack, "ide", { ...onKvm1, disks: [Disk.file("/srv/ide.qcow2", { bus: "ide" })] });

// 13. Native I/O with the host's page cache between.
new KvmGuest(stack, "native", {
  ...onKvm1,
  disks: [Disk.file("/srv/native.qcow2", { io: "native", cache: "writeback" })],
});

// 14. One writable image in two guests.
new KvmGuest(stack, "left", { ...onKvm1, disks: [Disk.volume(shared)] });
new KvmGuest(stack, "right", { ...onKvm1, disks: [Disk.volume(shared)] });

// 15. One MAC address in two guests of one network.
const mac = "52:54:00:00:00:01";
new KvmGuest(stack, "mac1", { ...onKvm1, nics: [Nic.network(net, { mac })] });
new KvmGuest(stack, "mac2", { ...onKvm1, nics: [Nic.network(net, { mac })] });

// 16. One name for two domains.
new KvmGuest(stack, "name1", { ...onKvm1, name: "web" });
new KvmGuest(stack, "name2", { ...onKvm1, name: "web" });

// 17. A network that neither the plan makes nor the host runs.
const dmz = NatNetwork.fromExisting(kvm1, "dmz");
new KvmGuest(stack, "lost", { ...onKvm1, nics: [Nic.network(dmz)] });

// 18. A device of a host without IOMMU.
new KvmGuest(stack, "gpu", { ...onKvm1, hostDevices: [HostDevice.pci("0000:00:05.0")] });

// 19. Windows 11 without UEFI and TPM, in too little memory.
new KvmGuest(stack, "win11", {
  ...onKvm1,
  os: GuestOs.WINDOWS_11,
  memory: Memory.gibibytes(1),
  firmware: Firmware.bios(),
  tpm: false,
});

// 20. Huge pages of a size that no CPU has.
new KvmGuest(stack, "pages", { ...onKvm1, hugePages: Memory.mebibytes(5) });

// 21. A subnet that a network of the plan has already.
new NatNetwork(stack, "again", { host: kvm1, subnet: "10.20.0.0/24" });

// 22. A size in the wrong type, and a prop that does not exist: what plain JavaScript does not catch.
// biome-ignore lint/suspicious/noExplicitAny: the mistake is the point
new KvmGuest(stack, "typo", { ...onKvm1, memory: "2 GiB", vpcus: 2 } as any);

// 23. A misspelt attribute behind the constructs' back: Terraform would drop it without a word.
new KvmGuest(stack, "sauce", onKvm1).domain.addOverride("os.kernel_args", "console=ttyS0");

app.synth();
