import type { ExampleGuest, PlanExample } from "../../../lib/plan/example";
import type { Example } from "../../../lib/rule";

/*
 * What a rule says beyond its bad example: one question for each setting that a Xen guest is said to start without, and
 * for each that is said to be refused in another way. Each fails its rule.
 */

type Json = Record<string, unknown>;

const hvm =
  (changes: ExampleGuest): Example =>
  (plan: PlanExample) =>
    plan.xenHvm(changes);
const pv =
  (changes: ExampleGuest): Example =>
  (plan: PlanExample) =>
    plan.xenPv(changes);

const FILE = { file: { file: "/var/lib/libvirt/images/question.img" } };
const RAW = { name: "qemu", type: "raw" };
const disk = (changes: Json): ExampleGuest => ({
  devices: { disks: [{ source: FILE, target: { dev: "hda", bus: "ide" }, driver: RAW, ...changes }] },
});
const driver = (changes: Json): ExampleGuest => disk({ driver: { ...RAW, ...changes } });
const nic = (changes: Json): ExampleGuest => ({
  devices: {
    interfaces: [
      { mac: { address: "52:54:00:00:00:01" }, source: { bridge: { bridge: "xenbr0" } }, ...changes },
    ],
  },
});
const on = { state: "on" };
/** What the rule needs; a machine of the lab has its own. */
const NO_IOMMU = { iommu: false, xen: { capabilities: [], virtCaps: ["pv"] } };
const DEVICE = {
  managed: true,
  subsys_pci: { source: { address: { domain: 0, bus: 3, slot: 0, function: 0 } } },
};
const PASSTHROUGH = { xen: { passthrough: on } };

export const QUESTIONS: Readonly<Record<string, Readonly<Record<string, Example>>>> = {
  "VIRT-PRV-007": {
    "HVM, by volume": hvm(disk({ source: { volume: { pool: "default", volume: "question.img" } } })),
  },
  "VIRT-XEN-008": { PVH: (plan) => plan.xenPvh({ vcpu: 129 }) },
  "VIRT-XEN-007": { "no device": (plan) => plan.xenPvh({ features: PASSTHROUGH }) },
  "VIRT-XEN-014": {
    PVH: (plan) =>
      plan.xenPvh({
        ...{ memory: 2, memory_unit: "GiB", current_memory: 1, current_memory_unit: "GiB" },
        cpu: { numa: { cell: [{ cpus: "0", memory: 2, unit: "GiB" }] } },
      }),
    "HVM, passthrough": hvm({ current_memory: 512, current_memory_unit: "MiB", features: PASSTHROUGH }),
  },
  "VIRT-XEN-015": {
    PV: (plan) => plan.xenHost("xen1", { facts: NO_IOMMU }).xenPv({ devices: { hostdevs: [DEVICE] } }),
    "PV, no device": (plan) => plan.xenHost("xen1", { facts: NO_IOMMU }).xenPv({ features: PASSTHROUGH }),
  },
  "VIRT-XEN-018": { "PV, loader": pv({ os: { loader: "/nowhere" } }) },
  "VIRT-XEN-022": {
    "sda, bus sata": hvm(disk({ target: { dev: "sda", bus: "sata" } })),
    "sda, bus usb": hvm(disk({ target: { dev: "sda", bus: "usb" } })),
    "CD-ROM sda, bus sata": hvm(disk({ device: "cdrom", target: { dev: "sda", bus: "sata" } })),
    "xvda, bus virtio": pv(disk({ target: { dev: "xvda", bus: "virtio" } })),
    floppy: hvm(disk({ device: "floppy", target: { dev: "fda", bus: "fdc" } })),
  },
  "VIRT-XEN-023": { "HVM, virtio": hvm(nic({ model: { type: "virtio" } })) },
  "VIRT-XEN-024": { user: hvm(nic({ source: { user: {} } })) },
  "VIRT-XEN-025": { "driver tap": pv(driver({ name: "tap" })) },
  "VIRT-XEN-026": { hda: hvm(driver({ name: undefined, type: "qcow2" })) },
  "VIRT-XEN-028": { sdq: hvm(disk({ target: { dev: "sdq", bus: "scsi" } })) },
  "VIRT-XEN-029": { none: hvm({ devices: { mem_balloon: { model: "none" } } }) },
  "VIRT-XEN-032": {
    bochs: hvm({ devices: { videos: [{ model: { type: "bochs" } }] } }),
    none: hvm({ devices: { videos: [{ model: { type: "none" } }] } }),
    "vga of 8 MiB": hvm({ devices: { videos: [{ model: { type: "vga", vram: 8192 } }] } }),
  },
  "VIRT-XEN-033": {
    "piix3-uhci": hvm({ devices: { controllers: [{ type: "usb", model: "piix3-uhci" }] } }),
    "40 ports": hvm({ devices: { controllers: [{ type: "usb", model: "qusb2", usb: { port: 40 } }] } }),
  },
  "VIRT-XEN-034": {
    pit: hvm({ clock: { offset: "utc", timer: [{ name: "pit", tick_policy: "delay", present: "yes" }] } }),
  },
  "VIRT-XEN-035": {
    topology: hvm({
      vcpu: 8,
      cpu: { mode: "host-passthrough", topology: { sockets: 2, cores: 2, threads: 2 } },
    }),
    cache: hvm({ cpu: { mode: "host-passthrough", cache: { mode: "passthrough" } } }),
    "address width": hvm({
      cpu: { mode: "host-passthrough", max_phys_addr: { mode: "emulate", bits: 42 } },
    }),
  },
  "VIRT-XEN-036": {
    TPM: hvm({
      devices: { tpms: [{ model: "tpm-crb", backend: { emulator: { version: "2.0" } } }] },
    }),
    watchdog: hvm({ devices: { watchdogs: [{ model: "i6300esb", action: "reset" }] } }),
    vsock: hvm({ devices: { vsock: { model: "virtio", cid: { auto: "yes" } } } }),
    filesystem: hvm({
      devices: {
        filesystems: [
          { access_mode: "passthrough", source: { mount: { dir: "/srv" } }, target: { dir: "data" } },
        ],
      },
    }),
    "shared memory": hvm({
      devices: { shmems: [{ name: "room", model: { type: "ivshmem-plain" }, size: 4, size_unit: "MiB" }] },
    }),
    IOMMU: hvm({ devices: { iommu: { model: "intel" } } }),
    panic: hvm({ devices: { panics: [{ model: "isa" }] } }),
    "smart card": hvm({ devices: { smartcards: [{ host: true }] } }),
    crypto: hvm({
      devices: { crypto: [{ model: "virtio", type: "qemu", backend: { built_in: true, queues: 1 } }] },
    }),
    "virtio keyboard": hvm({ devices: { inputs: [{ type: "keyboard", bus: "virtio" }] } }),
    "PV, RNG": pv({ devices: { rngs: [{ model: "virtio", backend: { random: "/dev/urandom" } }] } }),
    "PV, watchdog": pv({ devices: { watchdogs: [{ model: "i6300esb", action: "reset" }] } }),
  },
  "VIRT-XEN-037": {
    "HVM, bus xen": hvm({ devices: { inputs: [{ type: "mouse", bus: "xen" }] } }),
    "HVM, keyboard on usb": hvm({ devices: { inputs: [{ type: "keyboard", bus: "usb" }] } }),
  },
  "VIRT-XEN-047": {
    "HVM, hda": hvm(
      disk({
        encryption: {
          format: "luks",
          secrets: [{ type: "passphrase", uuid: "0a81f5b2-8403-4b23-c8d6-21ccc2f80d6f" }],
        },
      }),
    ),
  },
  "VIRT-XEN-048": { hda: hvm(disk({ read_only: true })) },
  "VIRT-XEN-051": {
    "eight enlightenments": hvm({
      features: {
        hyper_v: {
          ...{ relaxed: on, vapic: on, vp_index: on, runtime: on, synic: on, reset: on },
          spinlocks: { ...on, retries: 8191 },
          vendor_id: { ...on, value: "Xen" },
        },
      },
    }),
    viridian: hvm({ features: { viridian: true } }),
    SMM: hvm({ features: { smm: on } }),
    "generation id": hvm({ gen_id: "43dc0cf8-809b-4adb-9bea-a9abb5f3d90e" }),
    "SMBIOS values": hvm({
      sys_info: [{ smbios: { bios: { entry: [{ name: "vendor", value: "ACME" }] } } }],
    }),
    "KVM hidden": hvm({ features: { kvm: { hidden: on } } }),
    PMU: hvm({ features: { pmu: on } }),
    "PV spinlocks": hvm({ features: { pv_spinlock: on } }),
    "I/O APIC": hvm({ features: { ioapic: { driver: "qemu" } } }),
    vmcoreinfo: hvm({ features: { vm_core_info: on } }),
    NVRAM: hvm({ os: { firmware: "efi", nv_ram: { nv_ram: "/var/lib/xen/question.fd" } } }),
    "boot menu": hvm({ os: { boot_menu: { enable: "yes", timeout: 3000 } } }),
    "ban on suspend": hvm({ pm: { suspend_to_mem: { enabled: "no" }, suspend_to_disk: { enabled: "no" } } }),
    "VMware port": hvm({ features: { vm_port: on } }),
  },
  "VIRT-XEN-052": {
    "set of CPUs": hvm({ vcpu_cpuset: "1" }),
    "PV, set of CPUs": pv({ vcpu_cpuset: "1" }),
    "soft limit": hvm({ memory_tune: { soft_limit: 1, soft_limit_unit: "GiB" } }),
    "block I/O weight": hvm({ block_io_tune: { weight: 500 } }),
    "NUMA placement": hvm({ numa_tune: { memory: { mode: "strict", nodeset: "0" } } }),
    "huge pages": hvm({ memory_backing: { memory_huge_pages: {} } }),
    "source of memory": hvm({ memory_backing: { memory_source: { type: "memfd" } } }),
    "shared memory": hvm({ memory_backing: { memory_access: { mode: "shared" } } }),
    "I/O threads": hvm({ io_threads: 2 }),
    period: hvm({ cpu_tune: { period: 100_000 } }),
    quota: hvm({ cpu_tune: { quota: 50_000 } }),
    "emulator pin": hvm({ cpu_tune: { emulator_pin: { cpu_set: "0" } } }),
    "vCPU scheduler": hvm({
      cpu_tune: { vcpu_sched: [{ vcpus: "0", scheduler: "batch" }] },
    }),
    "PV, hard limit": pv({ memory_tune: { hard_limit: 2, hard_limit_unit: "GiB" } }),
    "PV, quota": pv({ cpu_tune: { quota: 50_000 } }),
  },
  "VIRT-XEN-053": {
    "cache unsafe": hvm(driver({ cache: "unsafe" })),
    "I/O mode": hvm(driver({ io: "native" })),
    "detection of zeroes": hvm(driver({ detect_zeros: "unmap" })),
    "error policy": hvm(driver({ error_policy: "stop" })),
    "read error policy": hvm(driver({ rerror_policy: "ignore" })),
    "copy on read": hvm(driver({ copy_on_read: "on" })),
    "serial number": hvm(disk({ serial: "S-1", target: { dev: "sda", bus: "scsi" } })),
    "world wide name": hvm(disk({ wwn: "5000c50015ea71ac", target: { dev: "sda", bus: "scsi" } })),
    vendor: hvm(disk({ vendor: "ACME", target: { dev: "sda", bus: "scsi" } })),
    product: hvm(disk({ product: "DISK", target: { dev: "sda", bus: "scsi" } })),
    "I/O limit": hvm(disk({ io_tune: { total_bytes_sec: 1_000_000 } })),
    shareable: hvm(disk({ shareable: true })),
    "block sizes": hvm(disk({ block_io: { logical_block_size: 4096, physical_block_size: 4096 } })),
  },
  "VIRT-XEN-055": {
    "link down": hvm(nic({ link: { state: "down" } })),
    "network filter": hvm(nic({ filter_ref: { filter: "no-such-filter" } })),
    "PV, network filter": pv(nic({ filter_ref: { filter: "no-such-filter" } })),
    isolated: hvm(nic({ port_options: { isolated: "yes" } })),
    queues: hvm(nic({ driver: { queues: 4 }, model: { type: "e1000" } })),
    "boot ROM": hvm(nic({ rom: { file: "/nowhere.rom" } })),
    "inbound limit": hvm(nic({ bandwidth: { inbound: { average: 500 } } })),
    "PV, inbound limit": pv(nic({ bandwidth: { inbound: { average: 500 } } })),
  },
  "VIRT-XEN-056": { pc: hvm({ os: { type_machine: "pc" } }) },
  "VIRT-XEN-057": {
    "PCI Express": hvm({ devices: { controllers: [{ type: "pci", model: "pcie-root" }] } }),
    "disk on virtio-scsi": hvm({
      devices: {
        controllers: [{ type: "scsi", model: "virtio-scsi" }],
        disks: [{ source: FILE, target: { dev: "sda", bus: "scsi" }, driver: RAW }],
      },
    }),
  },
  "VIRT-XEN-063": {
    "page tables of a PV guest": pv({ features: { xen: { passthrough: { ...on, mode: "share_pt" } } } }),
    "page tables that the IOMMU cannot read": hvm({
      features: { xen: { passthrough: { ...on, mode: "share_pt" } } },
    }),
  },
  "VIRT-XEN-060": {
    PV: pv({ devices: { graphics: [{ vnc: { auto_port: true, passwd: "secret" } }] } }),
  },
};
