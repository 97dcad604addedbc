import { type TerraformStack, Token } from "cdktf";
import {
  CloudInit,
  Connection,
  Cpu,
  Disk,
  Graphics,
  GuestOs,
  HostFacts,
  Image,
  KvmGuest,
  type KvmGuestProps,
  KvmHost,
  Memory,
  Nic,
  StoragePool,
  Volume,
  XenBoot,
  XenHvmGuest,
  XenPvGuest,
  XenPvhGuest,
} from "../../lib";
import { type Attributes, errors, kvmHost, only, type Run, run, xenHost } from "../support/program";

/*
 * What each kind of guest asks of libvirt when its user says nothing: the forms that were seen to apply, to plan
 * empty afterwards and to boot.
 */

const memory = Memory.gibibytes(1);
const boot = XenBoot.kernel({ kernel: "/boot/vmlinuz", initrd: "/boot/initrd.img" });
const image = Image.fromUrl("https://images.example.net/debian-12.qcow2");

const kvm = (props: Partial<KvmGuestProps> = {}) =>
  run((stack) => new KvmGuest(stack, "web", { host: kvmHost(stack), memory, ...props }));
const pv = () => run((stack) => new XenPvGuest(stack, "pv", { ...xenProps(stack) }));
const pvh = () => run((stack) => new XenPvhGuest(stack, "pvh", { ...xenProps(stack), boot }));
const hvm = () => run((stack) => new XenHvmGuest(stack, "hvm", { ...xenProps(stack) }));
const xenProps = (stack: TerraformStack) => ({
  host: xenHost(stack),
  memory,
  os: GuestOs.DEBIAN_12,
  disks: [Disk.file("/srv/root.img", { format: "raw" }), Disk.file("/srv/data.qcow2")],
  nics: [Nic.bridge("xenbr0")],
});

const domainOf = (result: Run): Attributes => only(result, "libvirt_domain");

describe.each([
  ["a KVM guest", () => kvm({ os: GuestOs.DEBIAN_12, image, cloudInit: new CloudInit() })],
  ["a PV guest", pv],
  ["a PVH guest", pvh],
  ["an HVM guest", hvm],
])("%s", (_, make) => {
  const result = make();
  const domain = domainOf(result);

  it("has no errors", () => expect(errors(result)).toEqual([]));

  it("states what libvirt would otherwise fill in, and the provider call inconsistent", () => {
    expect(domain).toMatchObject({
      memory: 1,
      memory_unit: "GiB",
      vcpu: 1,
      running: true,
      autostart: false,
      on_poweroff: "destroy",
      on_reboot: "restart",
      on_crash: "restart",
      clock: { offset: "utc" },
    });
    expect(domain).not.toHaveProperty("uuid");
    expect(domain).not.toHaveProperty("hwuuid");
    for (const disk of domain.devices.disks) {
      expect(disk).toMatchObject({
        driver: { name: expect.any(String), type: expect.any(String) },
        target: { dev: expect.any(String), bus: expect.any(String) },
      });
    }
    for (const { mac } of domain.devices.interfaces) expect(mac.address).toMatch(/^52(:[0-9a-f]{2}){5}$/);
    for (const { model } of domain.devices.videos ?? [])
      expect(model).toMatchObject({ heads: 1, primary: "yes" });
    for (const { vnc } of domain.devices.graphics ?? []) {
      expect(vnc).toEqual({ auto_port: true, listen: "127.0.0.1" });
    }
    for (const serial of domain.devices.serials ?? []) expect(serial).not.toHaveProperty("source");
  });

  it("is shut down for a change, and destroyed without a shutdown that could fail", () => {
    expect(domain.update).toEqual({ shutdown: { timeout: 300 } });
    expect(domain.destroy).toEqual({ graceful: true });
  });

  it("names its operating system as virt-install does", () => {
    expect(domain.metadata.xml).toBe(
      '<libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0"><libosinfo:os id="http://debian.org/debian/12"/></libosinfo:libosinfo>',
    );
  });
});

describe("a KVM guest on x86", () => {
  const domain = domainOf(kvm());

  it("is a Q35 machine with ACPI and APIC, and no firmware of its own", () => {
    expect(domain.type).toBe("kvm");
    expect(domain.os).toEqual({ type: "hvm", type_arch: "x86_64", type_machine: "q35" });
    expect(domain.features).toEqual({ acpi: true, apic: {} });
    expect(domain.cpu).toEqual({ mode: "host-model" });
  });

  it("has a serial console, entropy, an agent's channel, a balloon and a display", () => {
    expect(domain.devices).toMatchObject({
      serials: [{ target: { port: 0 } }],
      consoles: [{ target: { type: "serial", port: 0 } }],
      rngs: [{ model: "virtio", backend: { random: "/dev/urandom" } }],
      channels: [{ source: { unix: {} }, target: { virt_io: { name: "org.qemu.guest_agent.0" } } }],
      mem_balloon: { model: "virtio" },
      videos: [{ model: { type: "virtio", heads: 1, primary: "yes" } }],
      controllers: [{ type: "usb", model: "qemu-xhci" }],
      inputs: [{ type: "tablet", bus: "usb" }],
    });
  });

  it("has one NIC on a NAT network of its host, which is made for it", () => {
    const result = kvm();
    const network = only(result, "libvirt_network");
    expect(network).toMatchObject({ name: "kvm1-nat", forward: { mode: "nat" } });
    const [nic, ...others] = domainOf(result).devices.interfaces;
    expect(others).toEqual([]);
    const [address] = Object.keys(result.json.resource.libvirt_network!);
    expect(nic.source).toEqual({ network: { network: `\${libvirt_network.${address}.name}` } });
    expect(nic.model).toEqual({ type: "virtio" });
  });

  it("has virtio disks by pool and volume: root, own, first-boot seed", () => {
    const disks = [Disk.empty(Memory.gibibytes(5))];
    const result = kvm({ image, disks, cloudInit: new CloudInit() });
    const [root, data, seed] = domainOf(result).devices.disks;
    expect(root.target).toEqual({ dev: "vda", bus: "virtio" });
    expect(data.target).toEqual({ dev: "vdb", bus: "virtio" });
    expect(root.driver).toEqual({ name: "qemu", type: "qcow2" });
    for (const disk of [root, data, seed]) {
      expect(disk.source.volume.pool).toMatch(/^\$\{libvirt_pool\.\S+\.name\}$/);
      expect(disk.source.volume.volume).toMatch(/^\$\{libvirt_volume\.\S+\.name\}$/);
    }
    expect(seed).toMatchObject({
      device: "cdrom",
      read_only: true,
      target: { dev: "sda", bus: "sata" },
      driver: { name: "qemu", type: "raw" },
    });
  });

  it("can be emulated, and then sees everything that the emulator has", () => {
    const emulated = domainOf(kvm({ accelerator: "tcg" }));
    expect(emulated.type).toBe("qemu");
    expect(emulated.cpu).toEqual({ mode: "maximum" });
  });

  it("has no display device that nobody asked for", () => {
    const { devices } = domainOf(kvm({ graphics: Graphics.none() }));
    for (const device of ["graphics", "videos", "controllers", "inputs"]) {
      expect(devices).not.toHaveProperty(device);
    }
  });
});

const LOADER = "/usr/share/AAVMF/AAVMF_CODE.fd";
const hostOf = (arch: string, stack: TerraformStack) =>
  new KvmHost(stack, "h", {
    connection: Connection.ssh("h"),
    facts: HostFacts.fromJson({
      source: "test",
      arch,
      domainCapabilities: [
        { virtType: "kvm", arch, cpuModes: {}, cpuModels: [], devices: {}, features: {}, loaders: [LOADER] },
      ],
    }),
  });

describe.each([
  ["aarch64", { machine: "virt", uefi: true, cpu: "host-passthrough", features: { acpi: true } }],
  ["riscv64", { machine: "virt", uefi: true, cpu: "host-passthrough", features: { acpi: true } }],
  ["s390x", { machine: "s390-ccw-virtio", uefi: false, cpu: "host-model", features: undefined }],
  ["ppc64le", { machine: "pseries", uefi: false, cpu: "host-model", features: undefined }],
])("a KVM guest on %s", (arch, expected) => {
  const domain = domainOf(
    run(
      (stack) =>
        new KvmGuest(stack, "g", {
          host: hostOf(arch, stack),
          memory,
          disks: [Disk.file("/srv/a.qcow2"), Disk.cdrom("/srv/a.iso")],
        }),
    ),
  );

  it("is the machine of that architecture, with its firmware", () => {
    expect(domain.os.type_arch).toBe(arch);
    expect(domain.os.type_machine).toBe(expected.machine);
    expect(domain.os.loader).toBe(expected.uefi ? LOADER : undefined);
    expect(domain.features).toEqual(expected.features);
    expect(domain.cpu.mode).toBe(expected.cpu);
  });

  it("has a text console and no display", () => {
    const [console] = domain.devices.consoles;
    expect(console.target.type).toBe(arch === "s390x" ? "sclp" : "serial");
    expect(domain.devices).not.toHaveProperty("graphics");
    expect(domain.devices).not.toHaveProperty("videos");
  });

  it("has its CD-ROM on SCSI, as it knows neither IDE nor SATA", () => {
    expect(domain.devices.disks.map(({ target }: Attributes) => target)).toEqual([
      { dev: "vda", bus: "virtio" },
      { dev: "sda", bus: "scsi" },
    ]);
  });
});

describe("Xen guests", () => {
  it.each([
    ["PV", pv, { type: "linux", type_machine: "xenpv" }],
    [
      "PVH",
      pvh,
      { type: "xenpvh", type_machine: "xenpvh", kernel: "/boot/vmlinuz", initrd: "/boot/initrd.img" },
    ],
  ])("%s: Xen's own console, no firmware, no emulated hardware", (_, make, os) => {
    const domain = domainOf(make());
    expect(domain.type).toBe("xen");
    expect(domain.os).toEqual({ type_arch: "x86_64", ...os });
    expect(domain).not.toHaveProperty("features");
    expect(domain).not.toHaveProperty("cpu");
    expect(domain.devices.consoles).toEqual([{ target: { type: "xen", port: 0 } }]);
    for (const device of ["serials", "videos", "graphics", "controllers", "inputs", "sounds"]) {
      expect(domain.devices).not.toHaveProperty(device);
    }
  });

  it("PV: boots by the menu inside its first disk", () => {
    expect(domainOf(pv()).bootloader).toBe("pygrub");
  });

  it("HVM: a serial console, a display, and ACPI and APIC, which Xen would leave off", () => {
    const domain = domainOf(hvm());
    expect(domain.os).toEqual({ type: "hvm", type_arch: "x86_64", type_machine: "xenfv" });
    expect(domain.features).toEqual({ acpi: true, apic: {} });
    expect(domain.devices.serials).toEqual([{ target: { port: 0 } }]);
    expect(domain.devices.consoles).toEqual([{ target: { type: "serial", port: 0 } }]);
    expect(domain.devices.videos[0].model.type).toBe("vga");
  });

  it.each([
    ["PV", pv],
    ["PVH", pvh],
    ["HVM", hvm],
  ])("%s: nothing of virtio, no entropy device, no agent's channel", (_, make) => {
    const { devices } = domainOf(make());
    for (const device of ["rngs", "channels", "mem_balloon", "tpms"])
      expect(devices).not.toHaveProperty(device);
    expect(JSON.stringify(devices)).not.toMatch(/virtio|virt_io/);
  });

  it.each([
    ["PV", pv],
    ["PVH", pvh],
    ["HVM", hvm],
  ])("%s: disks xvda and xvdb, by file and with a driver", (_, make) => {
    expect(domainOf(make()).devices.disks).toEqual([
      {
        driver: { name: "qemu", type: "raw" },
        source: { file: { file: "/srv/root.img" } },
        target: { bus: "xen", dev: "xvda" },
      },
      {
        driver: { name: "qemu", type: "qcow2" },
        source: { file: { file: "/srv/data.qcow2" } },
        target: { bus: "xen", dev: "xvdb" },
      },
    ]);
  });

  it("take a volume by its path, never by pool and name, and a block device with Xen's driver", () => {
    const result = run((stack) => {
      const host = xenHost(stack);
      const pool = new StoragePool(stack, "pool", { host });
      const volume = new Volume(stack, "volume", { pool, size: Memory.gibibytes(1) });
      new XenPvGuest(stack, "pv", {
        host,
        memory: Memory.mebibytes(256),
        nics: [],
        cloudInit: new CloudInit(),
        image,
        disks: [
          Disk.volume(volume),
          Disk.empty(Memory.gibibytes(1)),
          Disk.block("/dev/vg/data"),
          Disk.volume(Volume.fromExisting(pool, "old.img", { format: "raw" })),
        ],
      });
    });
    const { disks } = domainOf(result).devices;
    expect(disks.map(({ target }: Attributes) => target.dev)).toEqual([
      "xvda",
      "xvdb",
      "xvdc",
      "xvdd",
      "xvde",
      "xvdf",
    ]);
    expect(JSON.stringify(disks)).not.toContain('"volume":');
    expect(disks[1].source.file.file).toMatch(/^\$\{libvirt_volume\.volume_\w+\.path\}$/);
    expect(disks[3]).toMatchObject({
      driver: { name: "phy", type: "raw" },
      source: { block: { dev: "/dev/vg/data" } },
    });
    expect(disks[4].source.file.file).toBe("/var/lib/libvirt/images/pool/old.img");
    expect(errors(result)).toEqual([]);
  });

  it("HVM: CD-ROMs on IDE, in places that the emulator gives to no disk", () => {
    const disk = (name: string, target?: string) => Disk.file(`/srv/${name}.img`, { format: "raw", target });
    const devs = (...disks: Disk[]) => {
      const result = run((stack) => {
        new XenHvmGuest(stack, "hvm", { host: xenHost(stack), memory, nics: [], disks });
      });
      return domainOf(result).devices.disks.map(({ target }: Attributes) => `${target.dev} ${target.bus}`);
    };
    const iso = () => Disk.cdrom("/srv/install.iso");
    expect(devs(disk("a"), iso())).toEqual(["xvda xen", "hdc ide"]);
    expect(devs(disk("a"), disk("b"), disk("c"), disk("d"), iso(), iso())).toEqual([
      ...["xvda xen", "xvdb xen", "xvde xen", "xvdf xen"],
      ...["hdc ide", "hdd ide"],
    ]);
    // Emulated, xvdc and hdc are one disk.
    expect(devs(disk("a", "xvdc"), iso())).toEqual(["xvdc xen", "hdd ide"]);
  });
});

describe("an ISO image", () => {
  it("makes a volume without a format, which libvirt finds by itself, in a raw CD-ROM", () => {
    const result = kvm({ image: Image.fromFile("/srv/install.iso") });
    const volume = only(result, "libvirt_volume");
    expect(volume).not.toHaveProperty("target");
    expect(volume.create).toEqual({ content: { url: "/srv/install.iso" } });
    expect(domainOf(result).devices.disks).toEqual([
      expect.objectContaining({ device: "cdrom", driver: { name: "qemu", type: "raw" }, read_only: true }),
    ]);
  });

  it("is what a CD-ROM holds, whatever its name says", () => {
    const result = kvm({ disks: [Disk.cdrom(Image.fromUrl("https://example.net/boot"))] });
    expect(only(result, "libvirt_volume")).not.toHaveProperty("target");
  });

  it("of a first boot has no format either", () => {
    expect(only(kvm({ cloudInit: new CloudInit() }), "libvirt_volume")).not.toHaveProperty("target");
  });
});

describe("a Windows guest", () => {
  const windows = (props: Partial<KvmGuestProps> = {}) =>
    domainOf(kvm({ os: GuestOs.WINDOWS_SERVER_2022, image, memory: Memory.gibibytes(4), ...props }));

  it("gets hardware that it has drivers for, and a clock in local time", () => {
    const domain = windows();
    expect(domain.devices.disks[0].target).toEqual({ dev: "sda", bus: "sata" });
    expect(domain.devices.interfaces[0].model).toEqual({ type: "e1000e" });
    expect(domain.clock.offset).toBe("localtime");
  });

  it.each(["in-image", "iso"] as const)("gets virtio once its drivers are there (%s)", (virtioDrivers) => {
    const { devices } = windows({ virtioDrivers });
    expect(devices.disks[0].target).toEqual({ dev: "vda", bus: "virtio" });
    expect(devices.interfaces[0].model).toEqual({ type: "virtio" });
  });

  it("keeps what its user chooses", () => {
    const disks = [Disk.file("/srv/w.qcow2", { bus: "virtio" })];
    const nics = [Nic.bridge("br0", { model: "virtio" })];
    const { devices } = windows({ image: undefined, disks, nics });
    expect(devices.disks[0].target).toEqual({ dev: "vda", bus: "virtio" });
    expect(devices.interfaces[0].model).toEqual({ type: "virtio" });
  });

  it("on a PC has its disks on IDE", () => {
    expect(windows({ machine: "pc" }).devices.disks[0].target).toEqual({ dev: "hda", bus: "ide" });
    expect(windows({ machine: "pc-i440fx-7.2" }).devices.disks[0].target.bus).toBe("ide");
    expect(windows({ machine: "pc-q35-7.2" }).devices.disks[0].target.bus).toBe("sata");
    expect(windows({ machine: "${var.machine}" }).devices.disks[0].target.bus).toBe("sata");
  });

  it("has its vCPUs in one socket where it would leave some unused", () => {
    const client = (props: Partial<KvmGuestProps>) => windows({ os: GuestOs.WINDOWS_10, ...props });
    const oneSocket = { sockets: 1, dies: 1, cores: 8, threads: 1 };
    expect(client({ vcpus: 8 }).cpu).toEqual({ mode: "host-model", topology: oneSocket });
    expect(client({ vcpus: 8, cpu: Cpu.hostPassthrough() }).cpu).toEqual({
      mode: "host-passthrough",
      topology: oneSocket,
    });
    expect(client({ vcpus: 8, topology: { sockets: 2, cores: 4 } }).cpu.topology.sockets).toBe(2);
    expect(client({ vcpus: 2 }).cpu).toEqual({ mode: "host-model" });
    expect(windows({ vcpus: 8 }).cpu).toEqual({ mode: "host-model" });
    expect(client({ vcpus: Token.asNumber("${var.vcpus}") }).cpu).toEqual({
      mode: "host-model",
    });
  });
});

describe("a guest's own words", () => {
  it("are written as they are", () => {
    const domain = domainOf(
      kvm({
        name: "db",
        vcpus: 4,
        topology: { sockets: 1, cores: 2, threads: 2 },
        currentMemory: Memory.mebibytes(512),
        description: "the database",
        autostart: true,
        running: false,
        sound: "ich9",
        video: "vga",
        hugePages: Memory.mebibytes(2),
        sharedMemory: true,
        tpm: true,
      }),
    );
    expect(domain).toMatchObject({
      name: "db",
      vcpu: 4,
      // The default mode of the CPU stays beside a topology.
      cpu: { mode: "host-model", topology: { sockets: 1, dies: 1, cores: 2, threads: 2 } },
      current_memory: 512,
      current_memory_unit: "MiB",
      description: "the database",
      autostart: true,
      running: false,
      memory_backing: {
        memory_huge_pages: { hugepages: [{ size: 2048, unit: "KiB" }] },
        memory_source: { type: "memfd" },
        memory_access: { mode: "shared" },
      },
      devices: {
        sounds: [{ model: "ich9" }],
        videos: [{ model: { type: "vga" } }],
        tpms: [{ model: "tpm-crb", backend: { emulator: { version: "2.0" } } }],
      },
    });
  });

  it("name the domain, or its id does", () => {
    const result = run((stack) => {
      const guest = new KvmGuest(stack, "a/b", { host: kvmHost(stack), memory, nics: [] });
      expect(guest.guestName).toBe("a--b");
    });
    expect(domainOf(result).name).toBe("a--b");
  });
});
