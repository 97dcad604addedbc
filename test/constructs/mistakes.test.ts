import type { TerraformStack } from "cdktf";
import {
  BridgedNetwork,
  CloudInit,
  Connection,
  Disk,
  Firmware,
  GuestOs,
  HostDevice,
  Image,
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
} from "../../lib";
import { errors, kvmHost, propErrors, run, xenHost } from "../support/program";

/*
 * The mistakes that the compiler refuses, as plain JavaScript makes them: all found in one run, each under the path
 * of its prop.
 */

// biome-ignore lint/suspicious/noExplicitAny: the compiler is not to help here
const js = (value: unknown): any => value;
const memory = Memory.gibibytes(1);
const findings = (build: (stack: TerraformStack) => void) => propErrors(run(build));
const fixes = (build: (stack: TerraformStack) => void) =>
  run(build)
    .findings.filter(({ code }) => code === "VIRT-API-001")
    .map(({ fix }) => fix);

it("finds every mistake of a guest in one run", () => {
  const found = findings((stack) => {
    const props = {
      host: kvmHost(stack),
      memory: 2048,
      vcpus: "2",
      os: "debian-12",
      topology: { sockets: 0, coers: 2 },
      disks: [Disk.file("/srv/a.qcow2"), Nic.bridge("br0"), Disk.file("b.qcow2", js({ chache: "none" }))],
      nics: "lan",
      running: "yes",
      onChange: "reboot",
      hugepages: true,
    };
    new KvmGuest(stack, "web", js(props));
  });
  expect(found).toEqual(
    [
      'memory of "web": must be a Memory, such as Memory.gibibytes(2), not 2048.',
      'vcpus of "web": must be a whole number, 1 or more, not "2".',
      'os of "web": must be a GuestOs, such as GuestOs.DEBIAN_12, not "debian-12".',
      'topology.sockets of "web": must be 1 or more, not 0.',
      'topology.coers of "web": is not known here, so it would have no effect.',
      'disks[1] of "web": must be a Disk, such as Disk.volume(volume), not an object of Nic.',
      'disks[2].path of "web": must be an absolute path, not "b.qcow2".',
      'disks[2].chache of "web": is not known here, so it would have no effect.',
      'nics of "web": must be a list, not "lan".',
      'running of "web": must be true or false, not "yes".',
      'onChange of "web": must be "replace" or "in-place", not "reboot".',
      'hugepages of "web": is not known here, so it would have no effect.',
    ].sort(byText),
  );
});

it("finds the mistakes of every construct in one run", () => {
  const found = findings((stack) => {
    const kvm = new KvmHost(stack, "kvm1", js({ connection: "ssh://kvm1", dom0: {} }));
    const xen = new XenHost(stack, "xen1", js({ connection: Connection.ssh("root@xen1", { port: 0 }) }));
    new StoragePool(stack, "pool", js({ host: kvm, path: "images" }));
    new Volume(stack, "volume", js({ host: kvm, size: 10 }));
    new NatNetwork(stack, "nat", js({ host: kvm, subnet: "10.20.0.0" }));
    new BridgedNetwork(stack, "bridged", js({ host: kvm, subnet: "10.20.0.0/24" }));
    new KvmGuest(stack, "kvm", js({ host: kvm, nics: [] }));
    new XenPvhGuest(stack, "pvh", js({ host: xen, memory, nics: [] }));
  });
  // Hosts first, then the others as the program makes them.
  expect(found).toEqual([
    'connection of "kvm1": must be a Connection, such as Connection.ssh("kvm1"), not "ssh://kvm1".',
    'dom0 of "kvm1": is not known here, so it would have no effect.',
    'connection.host of "xen1": must be the name or address of the host alone; user and port are options, not "root@xen1".',
    'connection.port of "xen1": must be a port: 1 to 65535, not 0.',
    'path of "pool": must be an absolute path, not "images".',
    'size of "volume.qcow2": must be a Memory, such as Memory.gibibytes(2), not 10.',
    'subnet of "nat": must be a subnet in CIDR form, such as 10.20.0.0/24, not "10.20.0.0".',
    'bridge of "bridged": must be given.',
    'subnet of "bridged": is not known here, so it would have no effect.',
    'memory of "kvm": must be given.',
    'boot of "pvh": must be given.',
  ]);
});

it("says what was meant", () => {
  expect(
    fixes((stack) => {
      const host = kvmHost(stack);
      new KvmGuest(stack, "web", js({ host, memory, nics: [], vcpu: 2, topology: { core: 1 } }));
      new Volume(stack, "volume", js({ host, sise: memory }));
      new KvmGuest(
        stack,
        "db",
        js({ host, memory, nics: [], disks: [Disk.file("/a", js({ traget: "vdb" }))] }),
      );
    }),
  ).toEqual(
    expect.arrayContaining([
      "did you mean vcpus?",
      "did you mean cores?",
      "did you mean size?",
      "did you mean target?",
      "give size, such as Memory.gibibytes(20)",
    ]),
  );
});

it("finds the guests of the other hypervisor, and systems that cannot boot there", () => {
  const found = errors(
    run((stack) => {
      const kvm = kvmHost(stack);
      const xen = xenHost(stack);
      const small = { memory: Memory.mebibytes(512), nics: [] };
      new KvmGuest(stack, "kvm-on-xen", js({ ...small, host: xen }));
      new XenHvmGuest(stack, "hvm-on-kvm", js({ ...small, host: kvm }));
      new XenPvGuest(stack, "windows-pv", js({ ...small, host: xen, os: GuestOs.WINDOWS_11 }));
      const boot = XenBoot.kernel({ kernel: "/boot/vmlinuz" });
      new XenPvhGuest(stack, "rhel-pvh", js({ ...small, host: xen, boot, os: GuestOs.RHEL_9 }));
    }),
  );
  for (const name of ["kvm-on-xen", "hvm-on-kvm", "windows-pv", "rhel-pvh"]) {
    expect(found).toContainEqual(expect.stringContaining(`"${name}"`));
  }
});

it("finds what else is wrong with a guest without a host", () => {
  const found = findings((stack) => new KvmGuest(stack, "web", js({ memroy: 1, vcpus: 0.5 })));
  expect(found).toEqual([
    'host of "web": must be given.',
    'memory of "web": must be given.',
    'memroy of "web": is not known here, so it would have no effect.',
    'vcpus of "web": must be a whole number, 1 or more, not 0.5.',
  ]);
});

it.each<[string, (stack: TerraformStack) => void, string]>([
  [
    "an amount of memory that is none",
    (stack) => new KvmGuest(stack, "g", { host: kvmHost(stack), memory: Memory.gibibytes(-1), nics: [] }),
    'memory of "g": must be a number above zero, not -1.',
  ],
  [
    "an amount that libvirt cannot write",
    (stack) => new KvmGuest(stack, "g", { host: kvmHost(stack), memory: Memory.gibibytes(0.1), nics: [] }),
    'memory of "g": must come out as a whole number of KiB, which 0.1 GiB does not.',
  ],
  [
    "a PCI address that is none",
    (stack) =>
      new KvmGuest(stack, "g", {
        host: kvmHost(stack),
        memory,
        nics: [],
        hostDevices: [HostDevice.pci("65:00")],
      }),
    'hostDevices[0].address of "g": must be a PCI address as lspci -D writes it: 0000:65:00.0, not "65:00".',
  ],
  [
    "a USB id that is none",
    (stack) =>
      new KvmGuest(stack, "g", {
        host: kvmHost(stack),
        memory,
        nics: [],
        hostDevices: [HostDevice.usb("046d", "0xc52b")],
      }),
    'hostDevices[0].vendor of "g": must be an id as lsusb writes it, with 0x before it: 0x046d, not "046d".',
  ],
  [
    "a network that exists, for a fixed address",
    (stack) => {
      const host = new KvmHost(stack, "h", { connection: Connection.ssh("h") });
      const network = NatNetwork.fromExisting(host, "default");
      new KvmGuest(stack, "g", { host, memory, nics: [Nic.network(network, { ip: "192.168.122.9" })] });
    },
    'nics[0].ip of "g": the network is not made here, so nothing can make its DHCP server hand this address out.',
  ],
  [
    "two NICs with one id",
    (stack) => {
      const nics = [Nic.bridge("br0", { id: "nic1" }), Nic.bridge("br1")];
      new KvmGuest(stack, "g", { host: kvmHost(stack), memory, nics });
    },
    'nics[1].id of "g": another NIC of the guest has the id "nic1" too, so both would get one MAC address.',
  ],
  [
    "a disk of another host",
    (stack) => {
      const host = kvmHost(stack);
      const far = new Volume(stack, "far", { host: kvmHost(stack, "kvm2"), size: memory });
      new KvmGuest(stack, "g", { host, memory, nics: [], disks: [Disk.volume(far)] });
    },
    'disks[0] of "g": is on "kvm2", and the guest on "kvm1".',
  ],
  [
    "a network of another host",
    (stack) => {
      const network = new NatNetwork(stack, "n", { host: kvmHost(stack, "kvm2") });
      new KvmGuest(stack, "g", { host: kvmHost(stack), memory, nics: [Nic.network(network)] });
    },
    'nics[0] of "g": is on a network of "kvm2", and the guest on "kvm1".',
  ],
  [
    "a volume of which Xen would not know the path",
    (stack) => {
      const host = xenHost(stack);
      const volume = Volume.fromExisting(StoragePool.fromExisting(host, "elsewhere"), "disk.img", {
        format: "raw",
      });
      const small = Memory.mebibytes(256);
      new XenHvmGuest(stack, "g", { host, memory: small, nics: [], disks: [Disk.volume(volume)] });
    },
    'disks[0] of "g": is a volume of which nothing says where it lies, and Xen reads volumes by their paths.',
  ],
  [
    "a size of the root disk without an image",
    (stack) => new KvmGuest(stack, "g", { host: kvmHost(stack), memory, nics: [], rootDiskSize: memory }),
    'rootDiskSize of "g": has no effect: no root disk is made of an image.',
  ],
  [
    "a size of the root disk beside an ISO",
    (stack) => {
      const image = Image.fromFile("/srv/install.iso");
      new KvmGuest(stack, "g", { host: kvmHost(stack), memory, nics: [], image, rootDiskSize: memory });
    },
    'rootDiskSize of "g": has no effect: no root disk is made of an image.',
  ],
  [
    "UEFI without a place",
    (stack) => {
      const host = new KvmHost(stack, "h", { connection: Connection.ssh("h") });
      new KvmGuest(stack, "g", { host, memory, nics: [], firmware: Firmware.uefi() });
    },
    'firmware of "g": UEFI firmware is needed, but nothing says where it lies on h (x86_64).',
  ],
  [
    "an object in cloud-config that YAML cannot say",
    (stack) => {
      const circle: Record<string, unknown> = {};
      circle.self = circle;
      const cloudInit = new CloudInit({ config: { circle } });
      new KvmGuest(stack, "g", { host: kvmHost(stack), memory, nics: [], cloudInit });
    },
    'cloudInit.config of "g": must be plain data: text, numbers, true and false, null, lists and objects of these, not an object.',
  ],
])("finds %s", (_, build, message) => {
  expect(findings(build)).toEqual([message]);
});

it("says an image's mistake once, however many volumes it takes", () => {
  const found = findings((stack) => {
    const image = Image.fromUrl(js(7));
    new KvmGuest(stack, "web", { host: kvmHost(stack), memory, nics: [], image });
  });
  expect(found).toEqual(['image.url of "web": must be text, not 7.']);
});

it("shows no secret of what it refuses", () => {
  const found = findings((stack) => {
    new KvmHost(stack, "a", { connection: Connection.uri("qemu ssh://root:hunter2@kvm1/system") });
    new KvmHost(stack, "b", { connection: Connection.ssh("root:hunter2@kvm1") });
    const cloudInit = new CloudInit(js({ config: ["hunter2"] }));
    new KvmGuest(
      stack,
      "c",
      js({ host: kvmHost(stack), memory, nics: [], cloudInit: { password: "hunter2" } }),
    );
    new KvmGuest(stack, "d", { host: kvmHost(stack, "kvm2"), memory, nics: [], cloudInit });
  });
  expect(found).toHaveLength(4);
  expect(found.join("\n")).not.toContain("hunter2");
});

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
