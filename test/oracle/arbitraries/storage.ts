import fc from "fast-check";
import { list, mostly, object, type Part, toggle, VIRTIO_DRIVER, yesNo } from "./pieces";

/** Buses with a name of a disk on each. */
const TARGETS: readonly (readonly [string, string])[] = [
  ["virtio", "vd"],
  ["sata", "sd"],
  ["scsi", "sd"],
  ["usb", "sd"],
  ["ide", "hd"],
  ["fdc", "fd"],
];

const target = fc
  .oneof(
    {
      weight: 20,
      arbitrary: fc
        .tuple(fc.constantFrom(...TARGETS), fc.constantFrom("b", "c", "d", "e"))
        .map(([[bus, prefix], letter]) => ({
          bus,
          dev: `${prefix}${prefix === "fd" ? (letter === "b" ? "a" : "b") : letter}`,
        })),
    },
    {
      weight: 2,
      arbitrary: object({ dev: mostly(["vdb", "sdb", "hdb", "fda"], ["xvda", "vdb1", "", "disk"]) }),
    },
    {
      weight: 1,
      arbitrary: object({
        bus: mostly(["virtio", "sata"], ["xen", "nvme", "sd", "uml"]),
        dev: mostly(["vdb", "sdb"], ["mmcblk0"]),
      }),
    },
  )
  .chain((base) =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(base) },
      {
        weight: 1,
        arbitrary: object(
          {},
          {
            tray: mostly(["open", "closed"], ["ajar"]),
            removable: toggle,
            rotation_rate: mostly([7200, 1], [0, 1000, 65_535]),
          },
        ).map((more) => ({ ...base, ...more })),
      },
    ),
  );

const networkSource = object(
  {
    protocol: mostly(
      ["rbd", "nbd", "iscsi", "http", "https", "ftp", "ssh", "gluster", "nfs", "sheepdog"],
      ["smb", "vxhs"],
    ),
  },
  {
    name: mostly(["pool/image", "iqn.2013-07.com.example:iscsi-nopool/2"], ["", "noslash"]),
    hosts: fc.array(
      fc.oneof(
        object(
          { name: mostly(["store.example"], [""]) },
          { port: mostly(["6789", "10809"], ["70000", "x"]), transport: mostly(["tcp"], ["rdma", "udp"]) },
        ),
        object({ transport: fc.constant("unix") }, { socket: mostly(["/run/nbd.sock"], ["nbd.sock"]) }),
      ),
      { minLength: 1, maxLength: 2 },
    ),
    tls: yesNo,
    query: fc.constant("a=b"),
    snapshot: object({ name: fc.constant("s1") }),
    config: object({ file: fc.constant("/etc/ceph/ceph.conf") }),
    auth: object({
      username: mostly(["admin"], [""]),
      secret: mostly(
        [
          { type: "ceph", usage: "u" },
          { type: "iscsi", usage: "u" },
        ],
        [{ type: "ceph" }, { type: "volume", usage: "u" }],
      ),
    }),
    initiator: object({ iqn: object({ name: fc.constant("iqn.2013-07.com.example:host") }) }),
    identity: object(
      {},
      {
        user: fc.constant("u"),
        group: fc.constant("g"),
        user_name: fc.constant("n"),
        keyfile: fc.constant("/k"),
        agent_sock: fc.constant("/s"),
      },
    ),
    known_hosts: object({ path: fc.constant("/root/.ssh/known_hosts") }),
    reconnect: object({ delay: mostly(["10"], ["0", "x"]) }),
    tls_hostname: fc.constant("store.example"),
  },
).map((network) => ({ network }));

const source = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.constantFrom(
      { file: { file: "/srv/d.img" } },
      { block: { dev: "/dev/null" } },
      { volume: { pool: "default", volume: "v" } },
    ),
  },
  { weight: 5, arbitrary: networkSource },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      { file: {} },
      { file: { file: "" } },
      { dir: { dir: "/srv" } },
      { volume: { pool: "default" } },
      { volume: { pool: "default", volume: "v", mode: "direct" } },
      { volume: { pool: "default", volume: "v", mode: "host" } },
      { vhost_user: { unix: { mode: "client", path: "/run/v.sock" } } },
      { vhost_user: { unix: { mode: "server", path: "/run/v.sock" } } },
      { vhost_user: { unix: { path: "/run/v.sock" } } },
      { vhost_vdpa: { dev: "/dev/vhost-vdpa-0" } },
      undefined,
    ),
  },
);

const sourceSettings = object(
  {},
  {
    startup_policy: mostly(["mandatory", "requisite", "optional"], ["never"]),
    ssl: object({ verify: yesNo }),
    readahead: object({ size: mostly(["1024"], ["0"]) }),
    timeout: object({ seconds: mostly(["10"], ["0"]) }),
    data_store: fc.constant({ format: { type: "raw" } }),
  },
);

const driver = object(
  { name: mostly(["qemu"], ["phy", "tap"]) },
  {
    type: mostly(["raw", "qcow2", "vmdk", "vdi", "qed"], ["vhd", "iso", "img", "fat", "aio"]),
    cache: mostly(["none", "writeback", "writethrough", "directsync", "unsafe", "default"], ["off"]),
    io: mostly(["native", "threads", "io_uring"], ["aio"]),
    discard: mostly(["unmap", "ignore"], ["trim"]),
    detect_zeros: mostly(["on", "off", "unmap"], ["yes"]),
    error_policy: mostly(["stop", "report", "ignore", "enospace"], ["retry"]),
    rerror_policy: mostly(["stop", "report", "ignore"], ["enospace", "retry"]),
    copy_on_read: toggle,
    event_idx: toggle,
    io_event_fd: toggle,
    io_thread: mostly([1], [0, 3]),
    queues: mostly([1, 4], [0]),
    queue_size: mostly([256], [3, 0]),
    discard_no_unref: toggle,
    ...VIRTIO_DRIVER,
    metadata_cache: fc.constantFrom({ max_size: { value: 1, unit: "MiB" } }, {}),
  },
);

const limit = mostly([1000, 1_048_576], [0, -1]);
const ioTune = object(
  {},
  {
    total_bytes_sec: limit,
    read_bytes_sec: limit,
    write_bytes_sec: limit,
    total_iops_sec: limit,
    read_iops_sec: limit,
    total_bytes_sec_max: mostly([2_000_000], [10]),
    total_bytes_sec_max_length: mostly([10], [0]),
    read_bytes_sec_max: mostly([2_000_000], [10]),
    size_iops_sec: fc.constant(4096),
    group_name: mostly(["g1"], [""]),
  },
);

const disk = fc
  .tuple(
    object(
      { target },
      {
        device: mostly(["disk", "cdrom", "floppy", "lun"], ["tape"]),
        driver,
        read_only: fc.boolean(),
        shareable: fc.boolean(),
        serial: mostly(["WD-WMAP9A966149", "abc_1"], ["has space", "slash/", "ü", ""]),
        wwn: mostly(["5000c50015ea71ad"], ["5000", "5000c50015ea71ax"]),
        vendor: mostly(["SEAGATE", "12345678"], ["123456789", "ü"]),
        product: mostly(["ST3146707LC", "1234567890123456"], ["12345678901234567"]),
        snapshot: mostly(["no", "internal", "external", "manual"], ["auto"]),
        boot: object({ order: mostly([1, 2], [0]) }, { load_parm: mostly(["BOOT1"], ["too-long-parm"]) }),
        io_tune: ioTune,
        geometry: object(
          { cylinders: mostly([16383], [0]), headers: fc.constant(16), sectors: fc.constant(63) },
          { trans: mostly(["lba", "auto", "none"], ["x"]) },
        ),
        block_io: object(
          {},
          {
            logical_block_size: mostly([512, 4096], [0, 513]),
            physical_block_size: mostly([4096], [0, 5000]),
            discard_granularity: mostly([4096], [0]),
          },
        ),
        transient: mostly([{}, { share_backing: "yes" }], [{ share_backing: "x" }]),
        sgio: mostly(["filtered", "unfiltered"], ["raw"]),
        raw_io: yesNo,
        model: mostly(["virtio", "virtio-transitional", "virtio-non-transitional"], ["scsi"]),
        auth: object({
          username: fc.constant("u"),
          secret: mostly([{ type: "iscsi", usage: "x" }], [{ type: "x", usage: "x" }]),
        }),
        encryption: mostly(
          [
            {
              format: "luks",
              secrets: [{ type: "passphrase", uuid: "f52a81b2-424e-490c-823d-6bd4235bc572" }],
            },
            { format: "luks2", secrets: [] },
          ],
          [
            { format: "aes", secrets: [] },
            { format: "qcow", secrets: [] },
          ],
        ),
        backing_store: mostly(
          [{}, { format: { type: "qcow2" }, source: { file: { file: "/srv/base.img" } } }],
          [{ format: { type: "x" }, source: { file: { file: "/srv/base.img" } } }],
        ),
        throttle_filters: object({ throttle_filter: list(object({ group: fc.constant("limit0") })) }),
      },
    ),
    source,
    fc.oneof({ weight: 8, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: sourceSettings }),
  )
  .map(([one, from, more]) => ({
    ...one,
    ...(from !== undefined && { source: { ...(from as Part), ...more } }),
  }));

export const disks: fc.Arbitrary<Part> = object(
  { devices: object({ disks: list(disk) }) },
  { io_threads: fc.constant(2) },
);

const index = mostly([0, 1, 2], [31, -1]);
const scsiDriver = object(
  {},
  {
    queues: mostly([4], [0]),
    cmd_per_lun: mostly([50], [0]),
    max_sectors: mostly([512], [0]),
    io_event_fd: toggle,
    io_thread: mostly([1], [5]),
    ...VIRTIO_DRIVER,
  },
);

const controller = fc.oneof(
  object(
    { type: fc.constant("scsi") },
    {
      index,
      model: mostly(
        [
          "virtio-scsi",
          "lsilogic",
          "lsisas1068",
          "lsisas1078",
          "vmpvscsi",
          "auto",
          "virtio-transitional",
          "virtio-non-transitional",
          "buslogic",
        ],
        ["am53c974", "dc390", "ibmvscsi", "xyz"],
      ),
      driver: scsiDriver,
    },
  ),
  object(
    { type: fc.constant("usb") },
    {
      index,
      model: mostly(
        [
          "qemu-xhci",
          "nec-xhci",
          "piix3-uhci",
          "piix4-uhci",
          "ehci",
          "ich9-ehci1",
          "ich9-uhci1",
          "vt82c686b-uhci",
          "pci-ohci",
          "none",
        ],
        ["qusb1", "xhci", "usb3"],
      ),
      usb: object(
        {},
        { port: mostly([8, 15, 4], [0, 16]), master: object({ start_port: mostly([0, 2, 4], [9]) }) },
      ),
    },
  ),
  object(
    { type: fc.constant("pci") },
    {
      index,
      model: mostly(
        [
          "pci-root",
          "pcie-root",
          "pcie-root-port",
          "pci-bridge",
          "dmi-to-pci-bridge",
          "pcie-to-pci-bridge",
          "pcie-switch-upstream-port",
          "pcie-switch-downstream-port",
          "pci-expander-bus",
          "pcie-expander-bus",
        ],
        ["pcie-hole"],
      ),
      pci: object(
        {},
        {
          hole64: mostly([1], [0]),
          hole64_unit: fc.constant("GiB"),
          model: object({
            name: mostly(
              ["pcie-root-port", "ioh3420", "pci-bridge", "x3130-upstream", "pxb", "pxb-pcie"],
              ["spapr-pci-host-bridge", "x"],
            ),
          }),
        },
      ),
    },
  ),
  object(
    { type: fc.constant("virtio-serial") },
    {
      index,
      model: mostly(["virtio", "virtio-transitional"], ["x"]),
      virt_io_serial: object({}, { ports: mostly([16, 31], [0, 32, -1]), vectors: mostly([4], [0, -1]) }),
      driver: object({}, VIRTIO_DRIVER),
    },
  ),
  object(
    { type: mostly(["sata", "ide", "fdc", "ccid"], ["nvme", "xenbus", "isa", "raid"]) },
    { index, model: mostly(["piix3", "piix4", "ich6", "auto"], ["x"]), driver: scsiDriver },
  ),
);

export const controllers: fc.Arbitrary<Part> = object(
  { devices: object({ controllers: list(controller, 3) }) },
  { io_threads: fc.constant(2) },
);

const filesystem = object(
  {
    target: object({ dir: mostly(["share", "tag"], [""]) }),
    source: mostly(
      [{ mount: { dir: "/srv" } }, { mount: { socket: "/run/fs.sock" } }],
      [
        { mount: { dir: "" } },
        { bind: { dir: "/srv" } },
        { template: { name: "t" } },
        { file: { file: "/f" } },
        { block: { dev: "/dev/null" } },
        { ram: { usage: 1, units: "MiB" } },
        { volume: { pool: "p", volume: "v" } },
        undefined,
      ],
    ),
  },
  {
    access_mode: mostly(["passthrough", "mapped", "squash"], ["open"]),
    model: mostly(["virtio", "virtio-transitional", "virtio-non-transitional"], ["x"]),
    multi_devs: mostly(["default", "remap", "forbid", "warn"], ["x"]),
    fmode: mostly(["0644", "644"], ["888", "x", ""]),
    dmode: mostly(["0755"], ["x"]),
    read_only: fc.boolean(),
    driver: object(
      { type: mostly(["path", "virtiofs", "handle"], ["loop", "nbd", "x"]) },
      {
        format: mostly(["raw"], ["x"]),
        wr_policy: mostly(["immediate"], ["x"]),
        name: fc.constant("n"),
        queue: mostly([1024], [0]),
        ...VIRTIO_DRIVER,
      },
    ),
    binary: object(
      {},
      {
        path: fc.constant("/usr/lib/qemu/virtiofsd"),
        xattr: toggle,
        cache: object({ mode: mostly(["none", "always"], ["auto"]) }),
        sandbox: object({ mode: mostly(["namespace", "chroot"], ["none"]) }),
        lock: object({}, { posix: toggle, flock: toggle }),
        thread_pool: object({ size: mostly([16], [0, -1]) }),
      },
    ),
    space_hard_limit: fc.constant(1),
    space_soft_limit: fc.constant(1),
    id_map: fc.constant({ uid: [{ start: 0, target: 1000, count: 10 }] }),
    boot: object({ order: mostly([3], [0]) }),
  },
);

export const filesystems: fc.Arbitrary<Part> = object(
  { devices: object({ filesystems: list(filesystem) }) },
  { memory_backing: fc.constant({ memory_source: { type: "memfd" }, memory_access: { mode: "shared" } }) },
);
