import fc from "fast-check";
import {
  characterSource,
  list,
  mostly,
  object,
  type Part,
  together,
  toggle,
  VIRTIO_DRIVER,
  yesNo,
} from "./pieces";

const devices = (part: fc.Arbitrary<Part>): fc.Arbitrary<Part> => part.map((some) => ({ devices: some }));

const port = mostly([5900, 5910, 65_535], [0, -1, 70_000]);
const listener = fc.constantFrom<unknown>(
  { address: { address: "127.0.0.1" } },
  { network: { network: "default" } },
  { socket: { socket: "/run/display.sock" } },
  { socket: {} },
  {},
);
const served = {
  port,
  auto_port: fc.boolean(),
  listen: mostly(["127.0.0.1", "0.0.0.0", "::1"], [""]),
  listeners: list(listener, 2),
  passwd: mostly(["secret"], ["much-too-long", ""]),
  passwd_valid_to: mostly(["2027-04-09T15:51:00"], ["tomorrow"]),
  keymap: fc.constant("de"),
  connected: mostly(["keep", "disconnect", "fail"], ["x"]),
};
const compression = (usual: string[]) => object({ compression: mostly(usual, ["x"]) });

const graphics = fc.oneof(
  object({
    vnc: object(
      {},
      {
        ...served,
        share_policy: mostly(["allow-exclusive", "force-shared", "ignore"], ["x"]),
        web_socket: mostly([5700, -1], [0, 70_000]),
        socket: fc.constant("/run/vnc.sock"),
        power_control: yesNo,
      },
    ),
  }),
  object({
    spice: object(
      {},
      {
        ...served,
        tls_port: mostly([5901, -1], [0, 70_000]),
        default_mode: mostly(["secure", "insecure", "any"], ["x"]),
        image: compression(["auto_glz", "off"]),
        jpeg: compression(["auto", "never"]),
        zlib: compression(["always"]),
        playback: compression(["on", "off"]),
        streaming: object({ mode: mostly(["filter", "all", "off"], ["x"]) }),
        mouse: object({ mode: mostly(["client", "server"], ["x"]) }),
        clip_board: object({ copy_paste: yesNo }),
        file_transfer: object({ enable: yesNo }),
        gl: object({ enable: yesNo }, { render_node: fc.constant("/dev/dri/renderD128") }),
        channel: list(
          object({
            name: mostly(["main", "display", "record"], ["x"]),
            mode: mostly(["secure", "insecure", "any"], ["x"]),
          }),
        ),
      },
    ),
  }),
  object({
    sdl: object(
      {},
      {
        display: fc.constant(":0"),
        xauth: fc.constant("/x"),
        full_screen: yesNo,
        gl: object({ enable: yesNo }),
      },
    ),
  }),
  object({
    egl_headless: object({}, { gl: object({}, { render_node: fc.constant("/dev/dri/renderD128") }) }),
  }),
  object({
    dbus: object({}, { p2p: yesNo, address: fc.constant("unix:path=/run/d"), gl: object({ enable: yesNo }) }),
  }),
  object({ desktop: fc.constant({}) }),
  object({ rdp: object({}, { port, auto_port: fc.boolean() }) }),
);

const video = object(
  {},
  {
    model: object(
      {
        type: mostly(
          ["virtio", "qxl", "vga", "cirrus", "bochs", "ramfb", "none", "vmvga"],
          ["xen", "gop", "vbox", "x", ""],
        ),
      },
      {
        vram: mostly([16_384, 65_536], [0, 1000, 16]),
        ram: mostly([65_536], [0, 1000]),
        vga_mem: mostly([16_384], [0, 1000]),
        vram64: mostly([0, 65_536], [1000]),
        heads: mostly([1, 2, 4], [0, 17]),
        primary: yesNo,
        blob: toggle,
        edid: toggle,
        accel: object(
          {},
          { accel3d: yesNo, accel2d: yesNo, render_node: fc.constant("/dev/dri/renderD128") },
        ),
        resolution: object({ x: mostly([1920], [0]), y: mostly([1080], [0]) }),
      },
    ),
    driver: object(
      {},
      {
        name: mostly(["qemu", "vhostuser"], ["x"]),
        vga_conf: mostly(["io", "on", "off"], ["x"]),
        ...VIRTIO_DRIVER,
      },
    ),
  },
);

export const displays: fc.Arbitrary<Part> = devices(
  object({}, { graphics: list(graphics), videos: list(video) }),
);

const audio = fc.oneof(
  object({ id: mostly([1, 2], [0]), none: fc.constant({}) }),
  object({ id: fc.constant(1), spice: fc.constant({}) }),
  object({
    id: fc.constant(1),
    pulse_audio: object(
      {},
      {
        server_name: fc.constant("s"),
        input: object(
          {},
          {
            mixing_engine: yesNo,
            fixed_settings: yesNo,
            voices: mostly([1], [0]),
            buffer_length: mostly([100], [0]),
            settings: object(
              {},
              {
                frequency: mostly([44_100], [0]),
                channels: mostly([2], [0]),
                format: mostly(["s16"], ["x"]),
              },
            ),
          },
        ),
      },
    ),
  }),
  object({ id: fc.constant(1), file: object({ path: mostly(["audio.wav"], [""]) }) }),
  object({
    id: fc.constant(1),
    oss: object({}, { try_m_map: yesNo, exclusive: yesNo, dsp_policy: mostly([3], [-1]) }),
  }),
  object({ id: fc.constant(1), sdl: object({}, { driver: mostly(["alsa"], ["x"]) }) }),
  object({ id: fc.constant(1), jack: fc.constant({}), timer_period: fc.constant(100) }),
  object({ id: fc.constant(1), pipe_wire: fc.constant({}) }),
  object({ id: fc.constant(1), dbus: fc.constant({}) }),
);

const sound = object(
  { model: mostly(["ich6", "ich7", "ich9", "ac97", "es1370", "sb16", "usb", "pcspk"], ["virtio", "x"]) },
  {
    codec: list(object({ type: mostly(["duplex", "micro", "output"], ["x"]) })),
    audio: object({ id: mostly([1], [2, 0]) }),
    multi_channel: yesNo,
    streams: mostly([2], [0]),
    driver: object({}, VIRTIO_DRIVER),
  },
);

const input = object(
  { type: mostly(["tablet", "mouse", "keyboard"], ["passthrough", "evdev", "joystick"]) },
  {
    bus: mostly(["usb", "virtio", "ps2"], ["xen", "parallels", "none", "x"]),
    model: mostly(["virtio", "virtio-transitional"], ["x"]),
    source: mostly(
      [
        { ev_dev: { dev: "/dev/input/event1" } },
        { ev_dev: { dev: "/dev/input/event1", grab: "all", repeat: "on" } },
        { passthrough: { ev_dev: "/dev/input/event1" } },
      ],
      [],
    ),
    driver: object({}, VIRTIO_DRIVER),
  },
);

export const peripherals: fc.Arbitrary<Part> = devices(
  object({}, { audios: list(audio), sounds: list(sound), inputs: list(input) }),
);

const serial = object(
  {},
  {
    source: characterSource,
    target: object(
      {},
      {
        port: mostly([0, 1, 2], [4, -1]),
        type: mostly(
          ["isa-serial", "usb-serial", "pci-serial", "isa-debug"],
          ["spapr-vio-serial", "system-serial", "sclp-serial", "x"],
        ),
        model: object({
          name: mostly(["isa-serial", "usb-serial", "pci-serial", "isa-debugcon"], ["pl011", "16550a", "x"]),
        }),
      },
    ),
    log: object({ file: mostly(["/var/log/l"], [""]) }, { append: toggle }),
    protocol: mostly([{ type: "telnet" }, { type: "raw" }], [{ type: "x" }]),
  },
);
const console = object(
  {},
  {
    source: characterSource,
    target: object(
      {},
      { port: mostly([0, 1], [9]), type: mostly(["serial", "virtio"], ["xen", "sclp", "uml", "x"]) },
    ),
    log: object({ file: fc.constant("/var/log/l") }),
    tty: fc.constant("/dev/pts/1"),
  },
);
const channel = object(
  { source: characterSource },
  {
    target: fc.constantFrom<unknown>(
      { virt_io: { name: "org.qemu.guest_agent.0" } },
      { virt_io: { name: "com.redhat.spice.0" } },
      { virt_io: { name: "" } },
      { virt_io: {} },
      { virt_io: { name: "org.libguestfs.channel.0", state: "connected" } },
      { guest_fwd: { address: "10.0.2.1", port: "4600" } },
      { guest_fwd: { address: "10.0.2.1" } },
      { guest_fwd: { address: "x", port: "1" } },
      { guest_fwd: { address: "fd00::1", port: "4600" } },
      { xen: { name: "a" } },
    ),
  },
);

export const characterDevices: fc.Arbitrary<Part> = devices(
  object(
    {},
    {
      serials: list(serial),
      consoles: list(console),
      channels: list(channel),
      parallels: list(object({}, { source: characterSource, target: object({ port: mostly([0, 1], [9]) }) })),
      redir_devs: list(
        object(
          { source: characterSource },
          { bus: mostly(["usb"], ["x"]), boot: object({ order: mostly([4], [0]) }) },
        ),
      ),
      redir_filters: list(
        object({
          usb: list(
            object(
              { allow: yesNo },
              {
                class: mostly([8], [256, -1]),
                vendor: mostly([0x1234], [70_000]),
                product: mostly([0xbeef], [-1]),
                version: mostly(["2.56", "-1"], ["x", "200"]),
              },
            ),
          ),
        }),
      ),
      smartcards: list(
        fc.oneof(
          object({ host: fc.constant(true) }),
          object(
            {
              host_certs: fc.constantFrom(
                [{ file: "a" }, { file: "b" }, { file: "c" }],
                [{ file: "a" }],
                [{ file: "" }, { file: "b" }, { file: "c" }],
              ),
            },
            { database: mostly(["/etc/pki/nssdb"], ["nssdb"]) },
          ),
          object({ passthrough: characterSource }),
        ),
      ),
    },
  ),
);

const tpm = object(
  {},
  {
    model: mostly(["tpm-tis", "tpm-crb"], ["tpm-spapr", "spapr-tpm-proxy", "tpm-tis-device", "x"]),
    backend: fc.oneof(
      object({
        emulator: object(
          {},
          {
            version: mostly(["1.2", "2.0"], ["3.0"]),
            persistent_state: yesNo,
            active_pcr_banks: fc.constantFrom({ sha256: true }, { sha1: true, sha256: true }, {}),
            debug: fc.constant(3),
            encryption: mostly([{ secret: "f52a81b2-424e-490c-823d-6bd4235bc572" }], [{ secret: "x" }]),
            profile: fc.constant({ name: "null" }),
            source: fc.constantFrom({ dir: { path: "/var/lib/tpm" } }, { file: { path: "/t" } }),
          },
        ),
      }),
      object({ passthrough: object({ device: object({ path: mostly(["/dev/tpm0"], [""]) }) }) }),
      object({
        external: fc.constantFrom<unknown>(
          { source: { unix: { mode: "connect", path: "/run/tpm.sock" } } },
          { source: { unix: { path: "/run/tpm.sock" } } },
          { source: { unix: { mode: "bind", path: "/run/tpm.sock" } } },
          { source: { tcp: { mode: "connect", host: "h", service: "1" } } },
          {},
        ),
      }),
    ),
  },
);

const rng = object(
  { model: mostly(["virtio", "virtio-transitional", "virtio-non-transitional"], ["x"]) },
  {
    backend: fc.oneof(
      object({ random: mostly(["/dev/urandom", "/dev/random", "/dev/hwrng"], ["", "/dev/sda"]) }),
      object({ built_in: fc.constant(true) }),
      object({ egd: object({ source: characterSource }, { protocol: fc.constant({ type: "raw" }) }) }),
      fc.constant({}),
    ),
    rate: object({ bytes: mostly([1234], [0]) }, { period: mostly([2000], [0]) }),
    driver: object({}, VIRTIO_DRIVER),
  },
);

const pciAddress = object(
  { bus: mostly([0, 6], [256]), slot: mostly([2, 31], [32]), function: mostly([0, 5], [8]) },
  { domain: fc.constant(0) },
);
const usbAddress = object({ bus: mostly([1], [0]), device: mostly([3], [0]) });

const hostdev = fc.oneof(
  object(
    {
      subsys_pci: object(
        { source: mostly([{ address: { domain: 0, bus: 6, slot: 2, function: 0 } }], [{}]) },
        {
          driver: object({ name: mostly(["vfio"], ["kvm", "xen", "x"]) }, { model: fc.constant("m") }),
          teaming: mostly([{ type: "transient", persistent: "ua-n" }], [{ type: "persistent" }]),
          display: toggle,
          ram_fb: toggle,
        },
      ),
    },
    {
      managed: fc.boolean(),
      boot: object({ order: mostly([1, 9], [0]) }),
      rom: object({}, { bar: toggle, file: mostly(["/r"], [""]), enabled: yesNo }),
    },
  ),
  object(
    { subsys_pci: object({ source: object({ address: pciAddress }, { write_filtering: yesNo }) }) },
    { managed: fc.boolean() },
  ),
  object(
    {
      subsys_usb: object({
        source: fc.oneof(
          object(
            {
              vendor: object({ id: mostly(["0x1234"], ["0x0", "x", "0x12345"]) }),
              product: object({ id: mostly(["0xbeef"], ["0x0", ""]) }),
            },
            {
              start_up_policy: mostly(["optional", "mandatory", "requisite"], ["x"]),
              guest_reset: mostly(["on", "off", "uninitialized"], ["x"]),
            },
          ),
          object({ address: usbAddress }),
          fc.constantFrom({}, { vendor: { id: "0x1234" } }, { product: { id: "0x1" } }),
        ),
      }),
    },
    { managed: fc.boolean(), boot: object({ order: mostly([1], [0]) }) },
  ),
  object(
    {
      subsys_scsi: object(
        {
          source: mostly(
            [
              { host: { adapter: { name: "scsi_host0" }, address: { bus: 0, target: 0, unit: 0 } } },
              {
                iscsi: {
                  name: "iqn.2014-08.com.example:iscsi-nopool/1",
                  host: [{ name: "example.com", port: "3260" }],
                },
              },
            ],
            [{ host: { adapter: { name: "" } } }, { iscsi: { name: "", host: [] } }],
          ),
        },
        {
          sgio: mostly(["filtered", "unfiltered"], ["x"]),
          raw_io: yesNo,
          read_only: fc.boolean(),
          shareable: fc.boolean(),
        },
      ),
    },
    { managed: fc.boolean() },
  ),
  object({
    subsys_scsi_host: object(
      {
        source: mostly(
          [{ protocol: "vhost", wwpn: "naa.5123456789abcde0" }],
          [
            { protocol: "vhost", wwpn: "x" },
            { protocol: "x", wwpn: "naa.5123456789abcde0" },
            { protocol: "vhost" },
          ],
        ),
      },
      { model: mostly(["virtio", "virtio-transitional", "virtio-non-transitional"], ["x"]) },
    ),
  }),
  object(
    {
      subsys_m_dev: object(
        {
          model: mostly(["vfio-pci"], ["vfio-ccw", "vfio-ap", "x"]),
          source: mostly(
            [{ address: { uuid: "c2177883-f1bb-47f0-914d-32a22e3a8804" } }],
            [{}, { address: { uuid: "x" } }],
          ),
        },
        { display: toggle, ram_fb: toggle },
      ),
    },
    { managed: fc.boolean() },
  ),
  object({ caps_net: fc.constant({ source: { interface: "eth0" } }) }),
  object({ caps_storage: fc.constant({ source: { block: "/dev/null" } }) }),
);

export const hostDevices: fc.Arbitrary<Part> = devices(object({ hostdevs: list(hostdev) }));

export const platform: fc.Arbitrary<Part> = devices(
  object(
    {},
    {
      tpms: list(tpm, 2),
      rngs: list(rng, 2),
      watchdogs: list(
        object(
          { model: mostly(["i6300esb", "ib700", "itco"], ["diag288", "x"]) },
          {
            action: mostly(
              ["reset", "shutdown", "poweroff", "pause", "none", "dump", "inject-nmi"],
              ["explode"],
            ),
          },
        ),
        2,
      ),
      vsock: object(
        {},
        {
          model: mostly(["virtio", "virtio-transitional", "virtio-non-transitional"], ["x"]),
          cid: object(
            {},
            { auto: yesNo, address: mostly(["3", "4294967295"], ["2", "0", "x", "4294967296"]) },
          ),
          driver: object({}, VIRTIO_DRIVER),
        },
      ),
      mem_balloon: object(
        { model: mostly(["virtio", "none", "virtio-transitional", "virtio-non-transitional"], ["xen", "x"]) },
        {
          auto_deflate: toggle,
          free_page_reporting: toggle,
          stats: object({ period: mostly([10], [0, -1]) }),
          driver: object({}, VIRTIO_DRIVER),
        },
      ),
      panics: list(object({}, { model: mostly(["isa", "hyperv", "pvpanic"], ["pseries", "s390", "x"]) }), 2),
      shmems: list(
        object(
          { name: mostly(["shm0"], ["a/b", ".", "..", ""]) },
          {
            model: object({ type: mostly(["ivshmem-plain", "ivshmem-doorbell", "ivshmem"], ["x"]) }),
            size: mostly([4], [3, 0]),
            size_unit: mostly(["MiB"], ["B", "x"]),
            role: mostly(["master", "peer"], ["x"]),
            server: object({}, { path: fc.constant("/run/ivshmem.sock") }),
            msi: object({}, { vectors: mostly([32], [0]), io_event_fd: toggle, enabled: yesNo }),
          },
        ),
      ),
      iommu: object(
        { model: mostly(["intel", "virtio"], ["smmuv3", "x"]) },
        {
          driver: object(
            {},
            {
              int_remap: toggle,
              caching_mode: toggle,
              eim: toggle,
              iotlb: toggle,
              aw_bits: mostly([39, 48], [0, 40]),
              passthrough: toggle,
            },
          ),
        },
      ),
      hubs: list(object({ type: mostly(["usb"], ["x"]) })),
      nvram: fc.constant({}),
      leases: list(
        object(
          { lockspace: mostly(["s"], [""]), key: mostly(["k"], [""]) },
          { target: object({ path: mostly(["/l"], [""]) }, { offset: fc.constant(1024) }) },
        ),
      ),
      crypto: list(
        object(
          { model: mostly(["virtio"], ["x"]), type: mostly(["qemu"], ["x"]) },
          { backend: fc.constantFrom<unknown>({ built_in: true, queues: 1 }, { lkcf: true }, {}) },
        ),
      ),
      pstore: object({ backend: fc.constant("acpi-erst"), path: mostly(["/p"], [""]), size: fc.constant(8) }),
      emulator: mostly(["/usr/bin/qemu-system-x86_64"], ["/usr/bin/no-such-qemu", "qemu"]),
    },
  ),
);

const alias = mostly(["ua-one", "ua-two"], ["one", "ua-", "ua-a b"]);
const ownAddress = mostly([{}], []);
export const aliases: fc.Arbitrary<Part> = devices(
  together(
    object({ serials: list(object({ alias: object({ name: alias }) })) }),
    object(
      {},
      {
        inputs: list(
          object({ type: fc.constant("tablet"), bus: fc.constant("usb"), alias: object({ name: alias }) }),
        ),
        sounds: list(
          object({
            model: fc.constant("ich9"),
            alias: object({ name: alias }),
            acpi: object({}, { index: mostly([1, 5], [0, 20_000]) }),
          }),
        ),
        hubs: list(object({ type: fc.constant("usb"), address: ownAddress })),
      },
    ),
  ),
);
