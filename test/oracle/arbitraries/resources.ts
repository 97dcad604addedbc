import fc from "fast-check";
import { list, mostly, object, type Part, together, yesNo } from "./pieces";

const ip = mostly(
  ["10.20.0.10", "10.20.0.20", "10.20.0.200"],
  ["10.21.0.5", "10.20.0.300", "10.20.0.0", "10.20.0.255", ""],
);
const mac = mostly(["52:54:00:00:00:01", "52:54:00:00:00:02"], ["52:54:00:00:00", "01:00:5e:00:00:01", ""]);
const lease = object(
  { expiry: mostly([24, 0], [1]) },
  { unit: mostly(["hours", "minutes", "seconds"], ["days", "x"]) },
);

const dhcp = object(
  {},
  {
    ranges: list(
      object(
        { start: ip, end: mostly(["10.20.0.100", "10.20.0.254"], ["10.20.0.1", "10.22.0.1", "x"]) },
        { lease },
      ),
    ),
    hosts: list(
      object(
        { ip },
        { mac, name: mostly(["web", "db"], ["a b", "1.2", ""]), id: fc.constant("00:03:00:01"), lease },
      ),
    ),
    bootp: list(object({ file: mostly(["pxelinux.0"], [""]) }, { server: mostly(["10.20.0.5"], ["x"]) }), 1),
  },
);

const address = fc.oneof(
  {
    weight: 8,
    arbitrary: object(
      { address: mostly(["10.20.0.1"], ["10.20.0.0", "10.20.0.1/24", "x", "0.0.0.0"]) },
      {
        prefix: mostly([24, 16], [0, 33, 31, 32]),
        netmask: mostly(["255.255.255.0"], ["255.0.255.0", "x"]),
        family: mostly(["ipv4"], ["ipv6", "x"]),
        dhcp,
        tftp: object({ root: mostly(["/srv/tftp"], [""]) }),
        local_ptr: yesNo,
      },
    ),
  },
  {
    weight: 2,
    arbitrary: object(
      { address: mostly(["fd00:20::1"], ["fd00::x"]), family: mostly(["ipv6"], ["ipv4"]) },
      {
        prefix: mostly([64], [129, 0]),
        dhcp: object(
          {},
          {
            ranges: list(
              object({
                start: mostly(["fd00:20::100"], ["10.20.0.2"]),
                end: mostly(["fd00:20::1ff"], ["fd00:21::1"]),
              }),
            ),
            hosts: list(
              object(
                { ip: mostly(["fd00:20::5"], ["x"]) },
                { name: fc.constant("six"), id: mostly(["0:3:0:1:0:16:3e:11:22:33"], [""]), mac },
              ),
            ),
          },
        ),
      },
    ),
  },
);

const speed = object(
  {},
  {
    average: mostly([1000], [0]),
    peak: mostly([5000], [0]),
    burst: mostly([5120], [0]),
    floor: mostly([200], [5000]),
  },
);
const tags = (odd: number[]) =>
  list(object({ id: mostly([42, 7], odd) }, { native_mode: mostly(["tagged", "untagged"], ["x"]) }));

export const networks: fc.Arbitrary<Part> = object(
  { name: fc.constant("net") },
  {
    forward: object(
      {},
      {
        mode: mostly(
          ["nat", "route", "open", "bridge", "private", "vepa", "passthrough", "hostdev"],
          ["x", ""],
        ),
        dev: mostly(["eth0"], [""]),
        managed: fc.boolean(),
        nat: object(
          {},
          {
            addresses: list(
              object({ start: mostly(["1.2.3.4"], ["x"]), end: mostly(["1.2.3.10"], ["1.2.3.1", "x"]) }),
            ),
            ports: list(
              object({ start: mostly([500, 1024], [0]), end: mostly([1000, 65_535], [100, 70_000]) }),
            ),
            ipv6: yesNo,
          },
        ),
        interfaces: list(object({ dev: mostly(["eth0", "eth1"], [""]) })),
        pfs: list(object({ dev: mostly(["eth0"], [""]) })),
        addresses: list(object({ pci: fc.constant({ domain: 0, bus: 4, slot: 0, function: 1 }) })),
        driver: object({ name: mostly(["vfio"], ["kvm", "x"]) }),
      },
    ),
    bridge: object(
      {},
      {
        name: mostly(["virbr77", "br0"], ["a-bridge-of-a-long-name", "", "a/b"]),
        stp: mostly(["on", "off"], ["yes"]),
        delay: mostly(["0", "5"], ["x", "-1"]),
        mac_table_manager: mostly(["kernel", "libvirt"], ["x"]),
        zone: mostly(["trusted"], [""]),
      },
    ),
    ips: list(address),
    domain: object({}, { name: mostly(["example.lan"], ["", "a b"]), local_only: yesNo }),
    dns: object(
      {},
      {
        enable: yesNo,
        forward_plain_names: yesNo,
        forwarders: list(
          object({}, { addr: mostly(["8.8.8.8"], ["x", ""]), domain: mostly(["example.com"], [""]) }),
        ),
        host: list(
          object({
            ip: mostly(["10.20.0.7"], ["x", ""]),
            hostnames: fc.oneof(list(object({ hostname: mostly(["gw"], [""]) })), fc.constant([])),
          }),
        ),
        sr_vs: list(
          object(
            {},
            {
              service: mostly(["sip"], ["", "x".repeat(300)]),
              protocol: mostly(["tcp", "udp"], ["x", ""]),
              domain: fc.constant("example.com"),
              target: mostly(["."], [""]),
              port: mostly([5060], [0, 70_000]),
              priority: mostly([10], [0, 70_000]),
              weight: mostly([10], [0, 70_000]),
            },
          ),
        ),
        tx_ts: list(object({ name: mostly(["example"], ["", "a b"]), value: mostly(["value"], [""]) })),
      },
    ),
    mtu: object({ size: mostly([1500, 9000], [0, 67, 70_000]) }),
    mac: object({ address: mac }),
    bandwidth: object({}, { inbound: speed, outbound: speed }),
    routes: list(
      object(
        {
          address: mostly(["10.30.0.0"], ["10.30.0.1", "x"]),
          gateway: mostly(["10.20.0.9"], ["10.99.0.1", "x", ""]),
        },
        {
          prefix: mostly([24], [0, 33]),
          netmask: mostly(["255.255.255.0"], ["x"]),
          metric: mostly(["2"], ["0", "x"]),
          family: mostly(["ipv4"], ["ipv6", "x"]),
        },
      ),
    ),
    vlan: object({ tags: tags([0, 4095, 4096]) }, { trunk: yesNo }),
    virtual_port: object({
      params: fc.constantFrom<unknown>(
        { open_v_switch: {} },
        { mido_net: { interface_id: "09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f" } },
        { open_v_switch: { interface_id: "x" } },
        { vepa8021qbg: { manager_id: 11 } },
      ),
    }),
    port_groups: list(
      object(
        { name: mostly(["eng", "ops"], [""]) },
        { default: yesNo, vlan: object({ tags: tags([4096]) }), trust_guest_rx_filters: yesNo },
      ),
    ),
    port_options: object({ isolated: yesNo }),
    ipv6: yesNo,
    trust_guest_rx_filters: yesNo,
    dnsmasq_options: object({ option: list(object({ value: mostly(["log-queries"], [""]) })) }),
  },
);

const permissions = object(
  {},
  {
    mode: mostly(["0711", "755"], ["x", "999", "-1"]),
    owner: mostly(["0", "1000"], ["x", "-2"]),
    group: mostly(["0"], ["x"]),
    label: fc.constant("l"),
  },
);
const device = list(object({ path: mostly(["/dev/sdz"], [""]) }, { part_separator: yesNo }), 2);
const host = list(
  object({ name: mostly(["store.example"], [""]) }, { port: mostly(["3260"], ["x", "70000"]) }),
  2,
);

/** Pools that have what their type needs; of the others libvirt says nothing else. */
const POOLS: readonly Part[] = [
  { type: "dir", target: { path: "/srv/pool" } },
  { type: "fs", source: { device: [{ path: "/dev/sdz1" }] }, target: { path: "/srv/pool" } },
  {
    type: "netfs",
    source: { host: [{ name: "store.example" }], dir: { path: "/export" } },
    target: { path: "/srv/pool" },
  },
  { type: "logical", source: { name: "vg0" } },
  { type: "disk", source: { device: [{ path: "/dev/sdz" }] }, target: { path: "/dev" } },
  {
    type: "iscsi",
    source: { host: [{ name: "store.example" }], device: [{ path: "iqn.2013-06.com.example:target" }] },
    target: { path: "/dev/disk/by-path" },
  },
  {
    type: "scsi",
    source: { adapter: { type: "scsi_host", name: "scsi_host1" } },
    target: { path: "/dev/disk/by-path" },
  },
];

const bareType = mostly(
  ["dir", "fs", "netfs", "logical", "disk", "iscsi", "scsi", "mpath", "rbd", "gluster", "iscsi-direct"],
  ["vstorage", "zfs", "sheepdog", "x"],
);

export const pools: fc.Arbitrary<Part> = together(
  fc.constant({ name: "pool" }),
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...POOLS) },
    { weight: 1, arbitrary: object({ type: bareType }) },
  ),
  object(
    {},
    {
      target: object(
        {},
        {
          path: mostly(["/srv/pool", "/dev/vg0", "/dev/disk/by-path"], ["", "relative", "/srv/pool/"]),
          permissions,
        },
      ),
      source: object(
        {},
        {
          host,
          device,
          dir: object({ path: mostly(["/export", "/"], [""]) }),
          name: mostly(["vg0"], ["", "a/b"]),
          format: object({
            type: mostly(["auto", "nfs", "ext4", "lvm2", "gpt", "dos", "glusterfs", "cifs"], ["x"]),
          }),
          auth: object(
            { type: mostly(["chap", "ceph"], ["x"]), username: mostly(["u"], [""]) },
            {
              secret: mostly(
                [{ usage: "u" }, { uuid: "f52a81b2-424e-490c-823d-6bd4235bc572" }],
                [{}, { uuid: "x" }],
              ),
            },
          ),
          adapter: mostly(
            [
              { type: "scsi_host", name: "scsi_host1" },
              { type: "fc_host", wwnn: "20000000c9831b4b", wwpn: "10000000c9831b4b" },
            ],
            [
              { type: "fc_host" },
              { type: "scsi_host" },
              { type: "x", name: "host1" },
              { type: "fc_host", wwnn: "x", wwpn: "y" },
            ],
          ),
          initiator: object({
            iqn: object({ name: fc.constant("iqn.2013-06.com.example:iscsi-initiator") }),
          }),
          protocol: object({ version: mostly(["3", "4"], ["x"]) }),
          vendor: object({ name: fc.constant("v") }),
          product: object({ name: fc.constant("p") }),
        },
      ),
      refresh: object({ volume: object({ allocation: mostly(["default", "capacity"], ["x"]) }) }),
      features: object({ cow: object({ state: yesNo }) }),
      fs_commandline: fc.constant({ options: [{ name: "noatime" }] }),
      rbd_commandline: fc.constant({ options: [{ name: "client_mount_timeout", value: "45" }] }),
    },
  ),
);

export const volumes: fc.Arbitrary<Part> = object(
  {
    name: mostly(["vol.img"], ["a/b", "", ".."]),
    pool: fc.constant("pool"),
    capacity: mostly([1, 64], [0, -1, null]),
  },
  {
    capacity_unit: mostly(["MiB", "bytes", "KiB", "M"], ["x", ""]),
    allocation_unit: fc.constant("bytes"),
    type: mostly(["file"], ["block", "x"]),
    target: object(
      {},
      {
        format: object({
          type: mostly(
            ["raw", "qcow2", "vmdk", "vdi", "qed", "iso", "dir", "vpc", "bochs", "cloop", "cow"],
            ["x", "luks", "vhd", "img", "fat"],
          ),
        }),
        permissions,
        compat: mostly(["1.1", "0.10"], ["2", "x"]),
        cluster_size: mostly([64], [1, 3]),
        cluster_size_unit: fc.constant("KiB"),
        encryption: mostly(
          [{ format: "luks", secret: { type: "passphrase", uuid: "f52a81b2-424e-490c-823d-6bd4235bc572" } }],
          [{ format: "x" }],
        ),
      },
    ),
    backing_store: object(
      { path: mostly(["/dev/null"], [""]) },
      { format: object({ type: mostly(["raw"], ["qcow2", "x"]) }) },
    ),
  },
);
