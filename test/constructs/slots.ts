import type { TerraformStack } from "cdktf";
import {
  BridgedNetwork,
  CloudInit,
  Connection,
  Cpu,
  Disk,
  Firmware,
  Graphics,
  GuestOs,
  HostDevice,
  Image,
  IsolatedNetwork,
  KvmGuest,
  KvmHost,
  Memory,
  NatNetwork,
  Nic,
  RoutedNetwork,
  StoragePool,
  Volume,
  XenBoot,
  XenHost,
  XenHvmGuest,
  XenPvGuest,
  XenPvhGuest,
} from "../../lib";
import { facts, kvmHost, xenHost } from "../support/program";

/** One prop of a construct, or one argument of a value class. */
export interface Slot {
  /** A value that is right. */
  readonly literal: unknown;
  /** What kind of late value can stand for it; nothing where only an object of a class will do. */
  readonly takes: "text" | "number" | "boolean" | "list" | "memory" | "nothing";
  /** The value decides which resources there are, or what they are: a late one is refused. */
  readonly atSynth?: true;
  /** The value is for the rules and in no resource. */
  readonly unwritten?: true;
  /** Something is derived from the value now, which is another thing for one that is late. */
  readonly derived?: true;
  /** What a finding calls it. @default - its name */
  readonly called?: string;
  /** Code of the rule that refuses it on KVM, where these tests are. */
  readonly refusedBy?: string;
  /** What must be given with it. */
  readonly beside?: Readonly<Record<string, unknown>>;
  /** What it stands instead of, of what must be given otherwise. */
  readonly instead?: readonly string[];
}

type Slots = Readonly<Record<string, Slot>>;
// biome-ignore lint/suspicious/noExplicitAny: late values of every kind go where the types allow one
type Props = Record<string, any>;

/** Something that props or arguments are given to. */
export interface Target {
  readonly slots: Slots;
  /** Slots that a right program cannot do without. */
  readonly needs: readonly string[];
  make(stack: TerraformStack, props: Props): void;
}

const text = (literal: string): Slot => ({ literal, takes: "text" });
const number = (literal: number): Slot => ({ literal, takes: "number" });
const flag = (literal: boolean): Slot => ({ literal, takes: "boolean" });
const list = (...literal: unknown[]): Slot => ({ literal, takes: "list" });
const object = (literal: unknown): Slot => ({ literal, takes: "nothing" });
const memory: Slot = { literal: Memory.gibibytes(2), takes: "memory" };
const atSynth = (slot: Slot): Slot => ({ ...slot, atSynth: true });
const derived = (slot: Slot): Slot => ({ ...slot, derived: true });
const called = (name: string, slot: Slot): Slot => ({ ...slot, called: name });
const beside = (slot: Slot, props: Props): Slot => ({ ...slot, beside: props });
const instead = (slot: Slot, ...props: string[]): Slot => ({ ...slot, instead: props });
const unwritten = (slot: Slot): Slot => ({ ...slot, unwritten: true });

/** Made once in each stack, by the first slot that needs it. */
const shared =
  <T>(id: string, make: (stack: TerraformStack) => T) =>
  (stack: TerraformStack): T =>
    (stack.node.tryFindChild(id) as T | undefined) ?? make(stack);
export const kvm = shared("kvm1", (stack) => kvmHost(stack));
/** A host of which nothing is known. */
const plain = shared("kvm3", (stack) => new KvmHost(stack, "kvm3", { connection: Connection.ssh("kvm3") }));
export const xen = shared("xen1", (stack) => xenHost(stack));
const network = shared("lan", (stack) => new NatNetwork(stack, "lan", { host: kvm(stack) }));
const pool = shared("pool", (stack) => new StoragePool(stack, "pool", { host: kvm(stack) }));
const volume = shared(
  "volume",
  (stack) => new Volume(stack, "volume", { pool: pool(stack), size: Memory.gibibytes(1) }),
);

/** Stands for a construct of the stack in a table that is made before the stack. */
class InStack {
  constructor(readonly of: (stack: TerraformStack) => unknown) {}
}
export function inStack(stack: TerraformStack, value: unknown): unknown {
  return value instanceof InStack ? value.of(stack) : value;
}

const image = Image.fromUrl("https://images.example.net/debian-12.qcow2");
const guest = (stack: TerraformStack, props: Props) =>
  new KvmGuest(stack, "web", {
    host: kvm(stack),
    memory: Memory.gibibytes(1),
    nics: [],
    ...props,
  });

const HOST: Slots = {
  connection: object(Connection.ssh("kvm2")),
  facts: object(facts("kvm-debian12")),
  arch: atSynth(text("x86_64")),
  reservedMemory: unwritten(memory),
  network: object(new InStack(network)),
  pool: object(new InStack(pool)),
  macSeed: atSynth(text("seed")),
  sleeps: atSynth(flag(false)),
  providerVersion: atSynth(text("~> 0.9.7")),
};

const GUEST: Slots = {
  name: text("web01"),
  os: object(GuestOs.DEBIAN_12),
  memory,
  currentMemory: memory,
  vcpus: number(2),
  topology: object({ sockets: 1, cores: 1 }),
  cpu: object(Cpu.hostModel()),
  image: object(image),
  rootDiskSize: beside(memory, { image }),
  disks: atSynth(list(Disk.file("/srv/data.qcow2"))),
  nics: atSynth(list(Nic.bridge("br0"))),
  cloudInit: object(new CloudInit()),
  graphics: object(Graphics.vnc()),
  hostDevices: atSynth(list(HostDevice.usbAddress(1, 2))),
  autostart: flag(true),
  running: flag(false),
  onChange: atSynth(text("replace")),
  migratable: atSynth(flag(false)),
  migratesTo: atSynth(list()),
  trusted: atSynth(flag(true)),
  description: text("the web server"),
};

const NETWORK: Slots = { host: object(new InStack(kvm)), name: text("net"), autostart: flag(true) };
const ADDRESSED: Slots = {
  ...NETWORK,
  bridge: text("virbr7"),
  domain: text("example.net"),
  subnet: text("10.30.0.0/24"),
  dhcp: object({ start: "10.87.0.10", end: "10.87.0.20" }),
};

const DISK: Slots = {
  bus: text("scsi"),
  target: derived(text("vdx")),
  readOnly: flag(true),
  shareable: derived(flag(false)),
  cache: text("none"),
  io: text("threads"),
  discard: text("unmap"),
  serial: text("S1"),
  bootOrder: number(1),
  backendDomain: { ...text("storage"), refusedBy: "VIRT-HYP-083" },
};

const NIC: Slots = {
  mac: text("52:54:00:00:00:01"),
  id: atSynth(text("front")),
  model: text("virtio"),
  bootOrder: number(1),
  mtu: number(1500),
  backendDomain: { ...text("net"), refusedBy: "VIRT-HYP-083" },
};

const { mtu: _mtu, ...withoutMtu } = NIC;

const SSH: Slots = {
  host: text("kvm2"),
  port: number(22),
  socket: text("/run/libvirt.sock"),
  user: text("root"),
  keyFile: text("/root/.ssh/id"),
  knownHosts: text("/root/.ssh/hosts"),
};

const onXen = { host: new InStack(xen), nics: [], memory: Memory.mebibytes(512) };

function mapValues(slots: Slots, map: (slot: Slot) => Slot): Slots {
  return Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, map(slot)]));
}

function target(slots: Slots, needs: readonly string[], make: Target["make"]): Target {
  return { slots, needs, make };
}

/** A disk of a guest. */
const disk = (slots: Slots, needs: string, make: (props: Props) => Disk) =>
  target(slots, [needs], (stack, props) => guest(stack, { disks: [make(props)] }));
const nic = (slots: Slots, needs: string, make: (props: Props) => Nic) =>
  target(slots, [needs], (stack, props) => guest(stack, { nics: [make(props)] }));
/** Its guests' MAC addresses start from it. */
const connection = (slots: Slots, needs: string[], make: (props: Props) => Connection) =>
  target(mapValues(slots, derived), needs, (stack, props) => {
    const host = new KvmHost(stack, "kvm2", { connection: make(props) });
    new KvmGuest(stack, "far", { host, memory: Memory.gibibytes(1) });
  });
const amount = (unit: (amount: number) => Memory, host = kvm) =>
  target({ amount: called("memory", number(2)) }, ["amount"], (stack, props) =>
    guest(stack, { host: host(stack), hugePages: undefined, memory: unit(props.amount) }),
  );
const xenGuest = (extra: Slots, make: (stack: TerraformStack, props: Props) => void, base: Props = {}) => {
  const { nics: _, ...slots } = GUEST;
  return target(
    {
      ...slots,
      nics: atSynth(list()),
      host: object(new InStack(xen)),
      teardown: atSynth(text("provider")),
      cpuWeight: number(512),
      vcpuPins: atSynth(list("0-1")),
      maxGrantFrames: number(64),
      maxEventChannels: number(2048),
      deviceModelArgs: atSynth(list("-nodefaults")),
      ...extra,
    },
    [],
    (stack, props) => {
      const own = Object.entries(onXen).map(([key, value]) => [key, inStack(stack, value)]);
      make(stack, { ...Object.fromEntries(own), ...base, ...props });
    },
  );
};

const ofXen = (stack: TerraformStack) => ({ host: xen(stack), nics: [], memory: Memory.mebibytes(512) });

/** Everything that takes props or arguments, by its name in the library: a class, or a static method of one. */
export const TARGETS: Readonly<Record<string, Target>> = {
  KvmHost: target(HOST, ["connection"], (stack, props) => new KvmHost(stack, "kvm2", props as never)),
  XenHost: target(
    {
      ...HOST,
      connection: object(Connection.tls("xen2")),
      facts: object(facts("xen-hvm")),
      dom0: object({ memory: Memory.gibibytes(1), vcpus: 1 }),
      variant: atSynth(text("suse")),
      teardown: atSynth(text("provider")),
    },
    ["connection"],
    (stack, props) => new XenHost(stack, "xen2", props as never),
  ),
  KvmGuest: target(
    {
      ...GUEST,
      host: object(new InStack(kvm)),
      accelerator: atSynth(text("tcg")),
      arch: atSynth(text("x86_64")),
      machine: text("q35"),
      firmware: object(Firmware.uefi()),
      tpm: atSynth(flag(false)),
      virtioDrivers: atSynth(text("none")),
      video: atSynth(text("vga")),
      sound: text("ich9"),
      hugePages: { literal: Memory.mebibytes(2), takes: "memory" },
      sharedMemory: atSynth(flag(true)),
    },
    [],
    (stack, props) => guest(stack, props),
  ),
  XenPvGuest: xenGuest(
    { boot: object(XenBoot.pygrub()), e820Host: atSynth(flag(true)) },
    (stack, props) => new XenPvGuest(stack, "pv", props as never),
    { disks: [Disk.file("/srv/pv.img", { format: "raw" })] },
  ),
  XenHvmGuest: xenGuest(
    {
      video: derived(text("cirrus")),
      sound: text("ich6"),
      xenDrivers: atSynth(text("in-image")),
      numa: atSynth(list({ memory: Memory.mebibytes(512), vcpus: "0" })),
    },
    (stack, props) => new XenHvmGuest(stack, "hvm", props as never),
    { disks: [Disk.file("/srv/hvm.img", { format: "raw" })] },
  ),
  XenPvhGuest: xenGuest(
    { boot: object(XenBoot.kernel({ kernel: "/boot/vmlinuz" })) },
    (stack, props) => new XenPvhGuest(stack, "pvh", props as never),
    { boot: XenBoot.kernel({ kernel: "/boot/vmlinuz" }) },
  ),

  StoragePool: target(
    {
      host: object(new InStack(kvm)),
      name: text("fast"),
      path: text("/srv/fast"),
      autostart: flag(true),
      deleteOnDestroy: flag(true),
    },
    ["host"],
    (stack, props) => new StoragePool(stack, "fast", props as never),
  ),
  "StoragePool.fromExisting": target(
    { host: object(new InStack(kvm)), name: text("pool") },
    ["host", "name"],
    (stack, props) => {
      // The facts of the host list no pool, so that the plan makes it.
      pool(stack);
      const existing = StoragePool.fromExisting(props.host, props.name);
      new Volume(stack, "vol", { pool: existing, size: Memory.gibibytes(1) });
    },
  ),
  Volume: target(
    {
      pool: object(new InStack(pool)),
      host: object(new InStack(kvm)),
      name: text("data.qcow2"),
      size: memory,
      format: atSynth(text("raw")),
      image: instead(object(image), "size"),
      base: object(new InStack(volume)),
    },
    ["pool", "size"],
    (stack, props) => new Volume(stack, "data", props as never),
  ),
  "Volume.fromExisting": target(
    {
      pool: object(new InStack(pool)),
      name: text("old.qcow2"),
      format: text("raw"),
      path: text("/srv/old.qcow2"),
    },
    ["pool", "name"],
    (stack, { pool, name, ...options }) => {
      const base = Volume.fromExisting(pool, name, options);
      guest(stack, { disks: [Disk.volume(base)] });
      // An overlay names its base by the path.
      new Volume(stack, "overlay", { host: kvm(stack), base, size: Memory.gibibytes(1) });
    },
  ),

  NatNetwork: target(ADDRESSED, ["host"], (stack, props) => new NatNetwork(stack, "net", props as never)),
  RoutedNetwork: target(
    { ...ADDRESSED, forwardDevice: text("eth0") },
    ["host"],
    (stack, props) => new RoutedNetwork(stack, "net", props as never),
  ),
  IsolatedNetwork: target(
    ADDRESSED,
    ["host"],
    (stack, props) => new IsolatedNetwork(stack, "net", props as never),
  ),
  BridgedNetwork: target(
    { ...NETWORK, bridge: text("br0") },
    ["host", "bridge"],
    (stack, props) => new BridgedNetwork(stack, "net", props as never),
  ),
  ...Object.fromEntries(
    [NatNetwork, RoutedNetwork, IsolatedNetwork, BridgedNetwork].map((kind) => [
      `${kind.name}.fromExisting`,
      target({ host: object(new InStack(plain)), name: text("default") }, ["host", "name"], (stack, props) =>
        guest(stack, {
          host: plain(stack),
          nics: [Nic.network(kind.fromExisting(props.host, props.name))],
        }),
      ),
    ]),
  ),

  CloudInit: target(
    {
      hostname: text("web"),
      sshKeys: list("ssh-ed25519 AAAA"),
      users: object([{ name: "ada" }]),
      packages: list("nginx"),
      runcmd: list("echo done"),
      config: object({ timezone: "Europe/Berlin" }),
      networkConfig: object({ ethernets: {} }),
    },
    [],
    (stack, props) => guest(stack, { cloudInit: new CloudInit(props) }),
  ),
  "CloudInit.fromText": target(
    { userData: text("#cloud-config\n"), networkConfig: object({ ethernets: {} }) },
    ["userData"],
    (stack, props) => guest(stack, { cloudInit: CloudInit.fromText(props.userData, props.networkConfig) }),
  ),

  "Connection.local": connection({ socket: text("/run/libvirt.sock") }, [], (props) =>
    Connection.local(props),
  ),
  "Connection.unix": connection({ socket: text("/run/libvirt.sock") }, ["socket"], (props) =>
    Connection.unix(props.socket),
  ),
  "Connection.ssh": connection(SSH, ["host"], ({ host, ...options }) => Connection.ssh(host, options)),
  "Connection.sshCommand": connection(SSH, ["host"], ({ host, ...options }) =>
    Connection.sshCommand(host, options),
  ),
  "Connection.tls": connection(
    { host: text("kvm2"), port: number(16514), pkiPath: text("/etc/pki") },
    ["host"],
    ({ host, ...options }) => Connection.tls(host, options),
  ),
  "Connection.tcp": connection(
    { host: text("kvm2"), port: number(16509) },
    ["host"],
    ({ host, ...options }) => Connection.tcp(host, options),
  ),
  "Connection.uri": connection({ uri: text("qemu+ssh://kvm2/system") }, ["uri"], (props) =>
    Connection.uri(props.uri),
  ),

  "Memory.kibibytes": amount((given) => Memory.kibibytes(given)),
  "Memory.mebibytes": amount((given) => Memory.mebibytes(given)),
  "Memory.gibibytes": amount((given) => Memory.gibibytes(given)),
  "Memory.tebibytes": amount((given) => Memory.tebibytes(given), plain),

  "Image.fromUrl": target(
    { url: derived(text("https://images.example.net/debian-12.img")), format: atSynth(text("raw")) },
    ["url"],
    (stack, { url, ...options }) => guest(stack, { image: Image.fromUrl(url, options) }),
  ),
  "Image.fromFile": target(
    { path: derived(text("/srv/debian-12.img")), format: atSynth(text("raw")) },
    ["path"],
    (stack, { path, ...options }) => guest(stack, { image: Image.fromFile(path, options) }),
  ),

  "Disk.volume": disk({ volume: object(new InStack(volume)), ...DISK }, "volume", ({ volume, ...options }) =>
    Disk.volume(volume, options),
  ),
  "Disk.file": disk(
    { path: text("/srv/a.qcow2"), format: text("raw"), ...DISK },
    "path",
    ({ path, ...options }) => Disk.file(path, options),
  ),
  "Disk.block": disk({ device: text("/dev/vg/a"), ...DISK }, "device", ({ device, ...options }) =>
    Disk.block(device, options),
  ),
  "Disk.empty": disk(
    { size: memory, pool: object(new InStack(pool)), ...DISK },
    "size",
    ({ size, ...options }) => Disk.empty(size, options),
  ),
  "Disk.image": disk(
    { image: object(image), size: memory, pool: object(new InStack(pool)), ...DISK },
    "image",
    ({ image, ...options }) => Disk.image(image, options),
  ),
  "Disk.cdrom": disk(
    {
      source: text("/srv/install.iso"),
      pool: beside(object(new InStack(pool)), { source: Image.fromFile("/srv/install.iso") }),
      ...DISK,
    },
    "source",
    ({ source, ...options }) => Disk.cdrom(source, options),
  ),
  "Disk.emptyCdrom": target(DISK, [], (stack, options) =>
    guest(stack, { disks: [Disk.emptyCdrom(options)] }),
  ),

  "Nic.network": nic(
    { network: object(new InStack(network)), ...NIC, ip: text("10.87.0.50") },
    "network",
    ({ network, ...options }) => Nic.network(network, options),
  ),
  "Nic.bridge": nic(
    { bridge: text("br0"), script: text("vif-bridge"), ...NIC },
    "bridge",
    ({ bridge, ...options }) => Nic.bridge(bridge, options),
  ),
  "Nic.macvtap": nic(
    { device: text("eth0"), ...withoutMtu, mode: text("vepa") },
    "device",
    ({ device, ...options }) => Nic.macvtap(device, options),
  ),

  "Cpu.model": target(
    { name: text("Westmere"), features: object({ vmx: "disable" }) },
    ["name"],
    (stack, { name, ...options }) => guest(stack, { cpu: Cpu.model(name, options) }),
  ),
  "Cpu.hostModel": target({}, [], (stack) => guest(stack, { cpu: Cpu.hostModel() })),
  "Cpu.hostPassthrough": target({}, [], (stack) => guest(stack, { cpu: Cpu.hostPassthrough() })),
  "Cpu.maximum": target({}, [], (stack) => guest(stack, { accelerator: "tcg", cpu: Cpu.maximum() })),

  "Graphics.vnc": target({ listen: text("127.0.0.1") }, [], (stack, props) =>
    guest(stack, { graphics: Graphics.vnc(props) }),
  ),
  "Graphics.spice": target({ listen: text("127.0.0.1") }, [], (stack, props) =>
    guest(stack, { graphics: Graphics.spice(props) }),
  ),
  "Graphics.none": target({}, [], (stack) => guest(stack, { graphics: Graphics.none() })),

  "Firmware.bios": target({}, [], (stack) => guest(stack, { firmware: Firmware.bios() })),
  "Firmware.uefi": target(
    {
      loader: derived(text("/usr/share/OVMF/OVMF_CODE_4M.fd")),
      nvramTemplate: text("/usr/share/OVMF/OVMF_VARS_4M.fd"),
      nvram: text("/srv/web_VARS.fd"),
      secureBoot: atSynth(flag(true)),
    },
    [],
    (stack, props) => guest(stack, { firmware: Firmware.uefi(props) }),
  ),

  "HostDevice.pci": target(
    { address: atSynth(text("0000:00:05.0")), managed: flag(false), permissive: atSynth(flag(false)) },
    ["address"],
    (stack, { address, ...options }) =>
      guest(stack, { host: plain(stack), hostDevices: [HostDevice.pci(address, options)] }),
  ),
  "HostDevice.usb": target(
    { vendor: text("0x046d"), product: text("0xc52b") },
    ["vendor", "product"],
    (stack, props) =>
      guest(stack, { host: plain(stack), hostDevices: [HostDevice.usb(props.vendor, props.product)] }),
  ),
  "HostDevice.usbAddress": target({ bus: number(1), device: number(2) }, ["bus", "device"], (stack, props) =>
    guest(stack, { hostDevices: [HostDevice.usbAddress(props.bus, props.device)] }),
  ),

  "XenBoot.kernel": target(
    { kernel: text("/boot/vmlinuz"), initrd: text("/boot/initrd.img"), cmdline: text("console=hvc0") },
    ["kernel"],
    (stack, props) =>
      new XenPvGuest(stack, "pv", {
        host: xen(stack),
        memory: Memory.mebibytes(512),
        nics: [],
        boot: XenBoot.kernel(props as never),
      }),
  ),
  "XenBoot.bootloader": target(
    { path: text("/usr/lib/xen/bin/pygrub"), args: text("-q") },
    ["path"],
    (stack, props) =>
      new XenPvGuest(stack, "pv", {
        host: xen(stack),
        memory: Memory.mebibytes(512),
        nics: [],
        disks: [Disk.file("/srv/pv.img", { format: "raw" })],
        boot: XenBoot.bootloader(props.path, props.args),
      }),
  ),
  "XenBoot.pygrub": target({}, [], () => {}),
  "XenBoot.pvGrub": target(
    { path: text("/srv/grub.bin") },
    [],
    (stack, props) => new XenPvGuest(stack, "pv", { ...ofXen(stack), boot: XenBoot.pvGrub(props.path) }),
  ),
  "XenBoot.pvhGrub": target(
    { path: text("/srv/grub.bin") },
    [],
    (stack, props) => new XenPvhGuest(stack, "pvh", { ...ofXen(stack), boot: XenBoot.pvhGrub(props.path) }),
  ),

  CpuTopology: target(
    { sockets: number(1), dies: number(1), cores: number(1), threads: number(1) },
    [],
    (stack, props) => guest(stack, { topology: props }),
  ),
  Dom0Props: target(
    {
      memory: unwritten(memory),
      vcpus: unwritten(number(1)),
      pinned: unwritten(atSynth(flag(true))),
      xenParameters: unwritten(object({ sched: "credit2" })),
    },
    [],
    (stack, props) => new XenHost(stack, "xen2", { connection: Connection.tls("xen2"), dom0: props }),
  ),
  CloudInitUser: target(
    {
      name: text("ada"),
      sshKeys: list("ssh-ed25519 AAAA"),
      sudo: text("ALL=(ALL) ALL"),
      groups: list("wheel"),
      shell: text("/bin/bash"),
    },
    ["name"],
    (stack, props) => guest(stack, { cloudInit: new CloudInit({ users: [props as never] }) }),
  ),
  "AddressedNetworkProps.dhcp": target(
    { start: text("10.87.0.10"), end: text("10.87.0.20") },
    ["start", "end"],
    (stack, props) => new NatNetwork(stack, "net", { host: kvm(stack), dhcp: props as never }),
  ),
};
