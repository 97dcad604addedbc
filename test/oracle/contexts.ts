import { isObject, type Json } from "../../lib/plan/json";

/**
 * What libvirt wants to see around an attribute before it looks at the attribute's value: the first context whose
 * pattern fits the attribute's place.
 */

const NUMA = { numa: { cell: [{ id: 0, cpus: "0", memory: 65536 }] } };
const VLAN = { tags: [{ id: 5 }] };
const SECRET = { type: "passphrase", uuid: "3c4cbd9b-4f0f-4b7b-9a7b-0d3a4b5d8a11" };
const LUKS = { format: "luks", engine: "qemu", secrets: [SECRET] };
const RBD = { protocol: "rbd", name: "pool/image", hosts: [{ name: "ceph1" }] };
const CEPH = { username: "guest", secret: { type: "ceph", usage: "ceph" } };
const PCI = { source: { address: { domain: 0, bus: 1, slot: 0, function: 0 } } };
const TARGET = { target: { dev: "vda", bus: "virtio" } };

const disk = (more: Json): Json => device("disks", { ...TARGET, ...more });
const device = (kind: string, config: Json): Json => ({ devices: { [kind]: [config] } });

const FIXED = { fixedSettings: "yes", mixingEngine: "yes", settings: { channels: 2, frequency: 44100 } };

const CONTEXTS: readonly (readonly [RegExp, Json | ((...parts: string[]) => Json)])[] = [
  [/\.clock\.basis/, { clock: { offset: "variable", adjustment: "0" } }],
  [/\.clock\.timer\./, { clock: { offset: "utc", timer: [{ name: "rtc" }] } }],
  [/\.cpu\.features/, { cpu: { mode: "custom", model: "qemu64", features: [{ name: "aes" }] } }],
  [/\.cpu\.numa\.cell\.caches/, numa({ caches: [{ level: 1, associativity: "none", policy: "none" }] })],
  [
    /\.cpu\.numa\.interconnects/,
    numa({}, { latencies: [{ initiator: 0, target: 1, type: "access", value: 5 }] }),
  ],
  [/\.cacheTune\./, { cpuTune: { cacheTune: [{ vcpus: "0", cache: [{ id: 0, level: 3, size: 3 }] }] } }],
  [/\.ioThreadSched\./, { ioThreads: 1, cpuTune: { ioThreadSched: [{ ioThreads: "1" }] } }],
  [/\.vcpuSched\./, { cpuTune: { vcpuSched: [{ vcpus: "0" }] } }],
  [/\.numaTune\.memory/, { numaTune: { memory: { nodeset: "0" } } }],
  [
    /\.vcpus\.vcpu/,
    {
      vcpu: 2,
      vcpus: {
        vcpu: [
          { id: 0, enabled: "yes" },
          { id: 1, enabled: "yes" },
        ],
      },
    },
  ],
  [/\.hyperV\.stimer\.direct/, { features: { hyperV: { stimer: { state: "on" } } } }],
  [/\.firmwareInfo\./, os({ firmware: "efi", firmwareInfo: { features: [{ name: "secure-boot" }] } })],
  [
    /\.audios\.(\w+)\.(input|output)\.settings\./,
    (backend, direction) => device("audios", { id: 1, [backend!]: { [direction!]: FIXED } }),
  ],
  [/\.audios\./, device("audios", { id: 1 })],
  [/\.channels\./, device("channels", { source: { unix: {} }, target: { virtIo: { name: "org.test.0" } } })],
  [/\.controllers\.type/, {}],
  [/\.controllers\./, device("controllers", { type: "pci" })],
  [/\.disks\.auth/, disk({ source: { network: RBD }, auth: CEPH })],
  [/\.disks\.source\.network\.auth/, disk({ source: { network: { ...RBD, auth: CEPH } } })],
  [/\.disks\.source\.network/, disk({ source: { network: RBD } })],
  [/\.disks\.source\.volume/, disk({ source: { volume: { pool: "default", volume: "a" } } })],
  [/\.disks\.source\.encryption/, disk({ source: { file: { file: "/a" }, encryption: LUKS } })],
  [/\.disks\.source\./, disk({})],
  [/\.disks\.encryption/, disk({ source: { file: { file: "/a" } }, encryption: LUKS })],
  [
    /\.disks\.backingStore/,
    disk({
      source: { file: { file: "/a" } },
      backingStore: { format: { type: "raw" }, source: { file: { file: "/b" } } },
    }),
  ],
  [/\.disks\./, disk({ source: { file: { file: "/a" } } })],
  [
    /\.filesystems\.binary/,
    {
      memoryBacking: { memorySource: { type: "memfd" }, memoryAccess: { mode: "shared" } },
      ...device("filesystems", {
        driver: { type: "virtiofs" },
        source: { mount: { dir: "/srv" } },
        target: { dir: "srv" },
      }),
    },
  ],
  [
    /\.filesystems\./,
    device("filesystems", {
      driver: { type: "path" },
      source: { mount: { dir: "/srv" } },
      target: { dir: "srv" },
    }),
  ],
  [/\.hostdevs\.(rom|subsysPci)/, device("hostdevs", { subsysPci: PCI })],
  [/\.hostdevs\.subsysMDev/, mediated()],
  [
    /\.hostdevs\.subsysScsiHost\./,
    device("hostdevs", { subsysScsiHost: { source: { protocol: "vhost", wwpn: "naa.5123456789abcde0" } } }),
  ],
  [
    /\.hostdevs\.subsysScsi\.(rawIo|sgio)/,
    device("hostdevs", {
      subsysScsi: {
        source: { host: { adapter: { name: "scsi_host0" }, address: { bus: 0, target: 0, unit: 0 } } },
      },
    }),
  ],
  [/\.inputs\.source/, device("inputs", { type: "evdev", source: { evDev: { dev: "/dev/input/event1" } } })],
  [/\.inputs\./, device("inputs", { type: "mouse", bus: "usb" })],
  [/\.interfaces\.mac/, nic({ mac: { address: "52:54:00:11:22:33" } })],
  [/\.interfaces\.vlan/, nic({ vlan: VLAN })],
  [/\.interfaces\.portForward\./, nic({ portForward: [{ proto: "tcp", ranges: [{ start: 80 }] }] })],
  [/\.interfaces\.source\./, device("interfaces", { model: { type: "virtio" } })],
  [/\.interfaces\./, nic({})],
  [/\.iommu\.driver\./, { ...os({}), devices: { iommu: { model: "intel" } } }],
  [/\.memBalloon\./, { devices: { memBalloon: { model: "virtio" } } }],
  [/\.spice\.channel\.mode/, device("graphics", { spice: { channel: [{ name: "main" }] } })],
  [/\.perf\.events\./, { perf: { events: [{ name: "cmt" }] } }],
  [/\.keyWrap\.ciphers\./, { keyWrap: { ciphers: [{ name: "aes" }] } }],
  [
    /\.memorydevs\./,
    {
      maximumMemory: 131072,
      maximumMemorySlots: 4,
      cpu: NUMA,
      ...device("memorydevs", { model: "dimm", target: { size: 1024, node: 0 } }),
    },
  ],
  [/\.panics\./, device("panics", { model: "isa" })],
  [/\.redirDevs\./, device("redirDevs", { bus: "usb" })],
  [
    /\.rngs\.backend\.egd/,
    device("rngs", {
      model: "virtio",
      backend: { egd: { source: { tcp: { mode: "connect", host: "h", service: "1" } } } },
    }),
  ],
  [/\.rngs\./, device("rngs", { model: "virtio", backend: { random: "/dev/urandom" } })],
  [/\.(serials|consoles|parallels)\.source/, {}],
  [/\.serials\./, device("serials", { source: { pty: {} } })],
  [/\.consoles\./, device("consoles", { source: { pty: {} } })],
  [/\.shmems\./, device("shmems", { name: "shared", model: { type: "ivshmem-plain" } })],
  [/\.sounds\./, device("sounds", { model: "ich9" })],
  [/\.tpms\.backend\./, device("tpms", { model: "tpm-crb" })],
  [/\.tpms\./, device("tpms", { model: "tpm-crb", backend: { emulator: { version: "2.0" } } })],
  [/\.videos\./, device("videos", { model: { type: "vga" } })],
  [/\.watchdogs\./, device("watchdogs", { model: "i6300esb", action: "reset" })],
  [/^network\.ips\.dhcp\.bootp/, { ips: [{ dhcp: { bootp: [{ file: "pxelinux.0" }] } }] }],
  [
    /^network\.portGroups/,
    {
      ips: null,
      forward: { mode: "bridge" },
      bridge: { name: "ovs0" },
      portGroups: [{ name: "lan", vlan: VLAN }],
    },
  ],
  [
    /^network\.vlan/,
    {
      ips: null,
      forward: { mode: "bridge" },
      bridge: { name: "ovs0" },
      vlan: VLAN,
      virtualPort: { type: "openvswitch", params: { openVSwitch: {} } },
    },
  ],
  [
    /^pool\.source\.auth/,
    { type: "rbd", target: null, source: { name: "p", host: [{ name: "h" }], auth: CEPH } },
  ],
  [/^pool\.source\.format/, { type: "fs", source: { device: [{ path: "/dev/sdx1" }] } }],
  [/^volume\.backingStore/, { backingStore: { path: "/b" } }],
  [
    /^volume\.target\.encryption/,
    { target: { format: { type: "raw" }, encryption: { format: "luks", secret: SECRET } } },
  ],
];

function nic(more: Json): Json {
  return device("interfaces", {
    source: { network: { network: "default" } },
    model: { type: "virtio" },
    ...more,
  });
}

function os(more: Json): Json {
  return { os: { typeMachine: "q35", ...more } };
}

function mediated(): Json {
  return device("hostdevs", {
    subsysMDev: { model: "vfio-pci", source: { address: { uuid: SECRET.uuid } } },
  });
}

function numa(cell: Json, interconnects?: Json): Json {
  const sized = { line: { value: "8", unit: "B" }, size: { value: "8", unit: "KiB" } };
  const caches = (cell.caches as Json[] | undefined)?.map((cache) => ({ ...cache, ...sized }));
  return {
    vcpu: 2,
    cpu: {
      numa: {
        cell: [
          { id: 0, cpus: "0", memory: 32768, ...(caches && { caches }) },
          { id: 1, cpus: "1", memory: 32768 },
        ],
        ...(interconnects && { interconnects }),
      },
    },
  };
}

const BASES: Readonly<Record<string, Json>> = {
  domain: { type: "qemu", memory: 65536, vcpu: 1, os: { type: "hvm" } },
  network: { ips: [{ address: "10.199.1.1", prefix: 24 }] },
  pool: { type: "dir", target: { path: "/nowhere" } },
  volume: { capacity: 1048576 },
};

/** A configuration in which libvirt looks at the value of the attribute, which `own` brings. */
export function around(place: string, own: Json): Json {
  const [kind] = place.split(".");
  const [pattern, given = {}] = CONTEXTS.find(([pattern]) => pattern.test(place)) ?? [];
  const context = typeof given === "function" ? given(...pattern!.exec(place)!.slice(1)) : given;
  return merge(merge(BASES[kind!]!, context), own) as Json;
}

/** The second wins; null takes away. Lists merge element by element. */
function merge(first: unknown, second: unknown): unknown {
  if (Array.isArray(first) && Array.isArray(second)) {
    return Array.from({ length: Math.max(first.length, second.length) }, (_, index) =>
      merge(first[index], second[index]),
    );
  }
  if (!isObject(first) || !isObject(second)) return second === undefined ? first : second;
  const merged: Json = { ...first };
  for (const [key, value] of Object.entries(second)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}
