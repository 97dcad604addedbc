import fc from "fast-check";
import { list, mostly, object, type Part, toggle, VIRTIO_DRIVER, yesNo } from "./pieces";

const address = mostly(["127.0.0.1", "230.0.0.1"], ["", "x"]);
const local = object({}, { address: fc.constant("127.0.0.1"), port: fc.constant(5559) });
const port = mostly([5558, 1], [0, 65_536, 70_000]);

const source = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom<unknown>(
      { network: { network: "default" } },
      { bridge: { bridge: "br0" } },
      { user: {} },
    ),
  },
  {
    weight: 8,
    arbitrary: fc.oneof<fc.Arbitrary<unknown>[]>(
      object({
        network: object(
          { network: mostly(["default"], [""]) },
          { port_group: fc.constant("g"), bridge: fc.constant("b") },
        ),
      }),
      object({ bridge: object({ bridge: mostly(["br0"], [""]) }) }),
      object({
        direct: object(
          { dev: mostly(["eth0"], [""]) },
          { mode: mostly(["bridge", "vepa", "private", "passthrough"], ["x"]) },
        ),
      }),
      object({
        ethernet: object(
          {},
          {
            ip: list(
              object(
                { address: mostly(["10.0.0.1"], ["x"]) },
                {
                  prefix: mostly([24], [33]),
                  peer: fc.constant("10.0.0.2"),
                  family: mostly(["ipv4"], ["x"]),
                },
              ),
            ),
            route: fc.constant([{ address: "10.1.0.0", prefix: 16, gateway: "10.0.0.1", family: "ipv4" }]),
          },
        ),
      }),
      object({ server: object({}, { address, port }) }),
      object({ client: object({}, { address, port }) }),
      object({ mcast: object({}, { address, port }) }),
      object({ udp: object({}, { address, port, local }) }),
      object({ internal: object({ name: fc.constant("x") }) }),
      object({ user: object({}, { dev: fc.constant("eth0") }) }),
      object({
        vhost_user: object({
          dev: fc.constant("vhu0"),
          chardev: mostly(
            [
              { unix: { mode: "client", path: "/run/vhu.sock" } },
              { unix: { mode: "server", path: "/run/vhu.sock" } },
            ],
            [
              { unix: { path: "/run/vhu.sock" } },
              { unix: { mode: "client" } },
              { tcp: { mode: "connect", host: "h", service: "1" } },
            ],
          ),
        }),
      }),
      object({ vdpa: object({ device: mostly(["/dev/vhost-vdpa-0"], [""]) }) }),
      object({
        hostdev: fc.constantFrom<unknown>(
          { pci: { address: { domain: 0, bus: 7, slot: 0, function: 0 } } },
          { usb: { vendor: { id: "0x1234" }, product: { id: "0x5678" } } },
          { pci: {} },
        ),
      }),
      fc.constantFrom<unknown>({ null: true }, { vds: { switch_id: "s" } }, {}, undefined),
    ),
  },
);

const speed = object(
  {},
  {
    average: mostly([1000], [0]),
    peak: mostly([5000], [0, 10]),
    burst: mostly([5120], [0]),
    floor: mostly([200], [5000]),
  },
);

const nic = fc
  .tuple(
    object(
      {},
      {
        model: object({
          type: mostly(
            [
              "virtio",
              "e1000",
              "e1000e",
              "rtl8139",
              "virtio-transitional",
              "virtio-non-transitional",
              "ne2k_pci",
              "pcnet",
              "i82551",
            ],
            ["netfront", "rtl9999", "", "e 1000", "vmxnet3", "usb-net", "igb"],
          ),
        }),
        mac: object(
          {
            address: mostly(
              ["52:54:00:12:34:56", "52-54-00-12-34-56"],
              ["52:54:00:12:34", "01:00:5e:00:00:01", "ff:ff:ff:ff:ff:ff", "xx:54:00:12:34:56", ""],
            ),
          },
          { type: mostly(["static", "generated"], ["x"]), check: yesNo },
        ),
        mtu: object({ size: mostly([1500, 9000], [0, 70_000]) }),
        link: object({ state: mostly(["up", "down"], ["on"]) }),
        target: object(
          { dev: mostly(["tap0", "vnet7"], ["", "a-name-that-is-too-long", "a/b"]) },
          { managed: fc.boolean() },
        ),
        guest: object({}, { dev: fc.constant("eth0"), actual: fc.constant("eth1") }),
        driver: object(
          {},
          {
            name: mostly(["vhost", "qemu"], ["kvm"]),
            queues: mostly([1, 4], [0]),
            rx_queue_size: mostly([256, 1024], [100, 2048]),
            tx_queue_size: mostly([256, 1024], [100]),
            tx_mode: mostly(["iothread", "timer"], ["x"]),
            io_event_fd: toggle,
            event_idx: toggle,
            rss: toggle,
            rss_hash_report: toggle,
            ...VIRTIO_DRIVER,
            host: object({}, { csum: toggle, gso: toggle, tso4: toggle, mrg_rx_buf: toggle }),
            guest: object({}, { csum: toggle, tso4: toggle, ufo: toggle }),
          },
        ),
        bandwidth: object({}, { inbound: speed, outbound: speed }),
        boot: object({ order: mostly([1, 2], [0]) }),
        rom: object({}, { bar: toggle, file: fc.constant("/r.rom"), enabled: yesNo }),
        filter_ref: object(
          { filter: mostly(["clean-traffic"], ["", "no-such-filter"]) },
          {
            parameters: list(
              object({ name: mostly(["IP"], ["", "a b"]), value: mostly(["10.0.0.1"], [""]) }),
            ),
          },
        ),
        vlan: object(
          {
            tags: fc.array(
              object(
                { id: mostly([42, 7, 0], [4096, 4095]) },
                { native_mode: mostly(["tagged", "untagged"], ["x"]) },
              ),
              { minLength: 1, maxLength: 2 },
            ),
          },
          { trunk: yesNo },
        ),
        virtual_port: object({
          params: fc.constantFrom<unknown>(
            { open_v_switch: {} },
            { open_v_switch: { interface_id: "09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f" } },
            { open_v_switch: { interface_id: "x" } },
            { mido_net: { interface_id: "09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f" } },
            {
              vepa8021qbg: {
                manager_id: 11,
                type_id: 1193047,
                type_id_version: 2,
                instance_id: "09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f",
              },
            },
            { vepa8021qbg: { manager_id: 300 } },
            { vn_tag8011qbh: { profile_id: "finance" } },
            { any: {} },
          ),
        }),
        teaming: mostly(
          [{ type: "persistent" }, { type: "transient", persistent: "ua-backup0" }],
          [{ type: "persistent", persistent: "ua-x" }, { type: "transient" }, { type: "x" }],
        ),
        port_options: object({ isolated: yesNo }),
        trust_guest_rx_filters: yesNo,
        coalesce: fc.constantFrom({ rx: { frames: { max: 7 } } }, { rx: {} }),
        backend: object(
          {},
          {
            type: mostly(["passt", "default"], ["x"]),
            log_file: fc.constant("/l"),
            tap: mostly(["/dev/net/tun"], ["tun"]),
            vhost: mostly(["/dev/vhost-net"], [""]),
          },
        ),
        port_forward: list(
          object(
            { proto: mostly(["tcp", "udp"], ["x"]) },
            {
              address: mostly(["127.0.0.1"], ["x"]),
              dev: fc.constant("eth0"),
              ranges: list(
                object(
                  { start: mostly([2022], [0, 70_000]) },
                  { to: mostly([22], [0]), end: mostly([2030], [100]), exclude: yesNo },
                ),
              ),
            },
          ),
        ),
        ip: list(
          object(
            { address: mostly(["10.0.0.5", "fd00::5"], ["x", ""]) },
            {
              prefix: mostly([24], [33, 200]),
              family: mostly(["ipv4", "ipv6"], ["x"]),
              peer: fc.constant("10.0.0.9"),
            },
          ),
        ),
        route: list(
          object(
            { address: mostly(["10.1.0.0"], ["x"]), gateway: mostly(["10.0.0.1"], ["", "x"]) },
            {
              prefix: mostly([16], [40]),
              netmask: fc.constant("255.255.0.0"),
              metric: mostly([3], [0]),
              family: mostly(["ipv4"], ["ipv6"]),
            },
          ),
        ),
        script: object({ path: mostly(["/etc/qemu-ifup"], [""]) }),
        down_script: object({ path: mostly(["/etc/qemu-ifdown"], [""]) }),
        tune: object({ snd_buf: mostly([1600], [0]) }),
        managed: fc.boolean(),
        backend_domain: object({ name: fc.constant("dom") }),
      },
    ),
    source,
  )
  .map(([settings, from]) => ({ ...settings, ...(from !== undefined && { source: from }) }));

export const interfaces: fc.Arbitrary<Part> = object(
  { devices: object({ interfaces: list(nic) }) },
  { memory_backing: fc.constant({ memory_source: { type: "memfd" }, memory_access: { mode: "shared" } }) },
);
