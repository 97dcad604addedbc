import type { PlanExample } from "../../lib/plan/example";
import { examplePlan } from "../../lib/plan/example";
import { type Topology, topologyOf } from "../../lib/topology/topology";

const topology = (example: (plan: PlanExample) => void, guestsPerHost?: number) =>
  topologyOf(examplePlan(example), { guestsPerHost });

/** The links of a host by the labels of their ends: `web - lan`. */
function linksOf({ hosts: [host] }: Topology, kind: string): string[] {
  const { networks, guests, pools, links } = host!;
  const nodes = [...networks, ...guests, ...pools.flatMap(({ volumes }) => volumes)];
  const label = (id: string) => nodes.find((node) => node.id === id)!.label;
  return links.filter((link) => link.kind === kind).map(({ from, to }) => `${label(from)} - ${label(to)}`);
}

const nic = (source: object) => ({ model: { type: "virtio" }, source });
const disk = (source: object, dev = "vda") => ({ target: { dev, bus: "virtio" }, source });

describe("guests", () => {
  test("have their kind, size and system, and resources with count are one", () => {
    const { hosts } = topology((plan) =>
      plan
        .kvmHost("kvm1", { facts: null })
        .kvm({ name: "web", vcpu: 2, memory: 3, intent: { os: "debian-12" } })
        .tcg({ name: "slow", count: 3 })
        .xenHost("xen1", { facts: null })
        .xenPv({ name: "pv" })
        .xenPvh({ name: "pvh" })
        .xenHvm({ name: "hvm" }),
    );
    expect(hosts.map(({ label, details }) => [label, ...details])).toEqual([
      ["kvm1", "KVM", "qemu+ssh://kvm1/system", "4 guests"],
      ["xen1", "Xen", "xen+ssh://xen1/system", "3 guests"],
    ]);
    expect(hosts.flatMap(({ guests }) => guests.map(({ label, kind }) => `${kind} ${label}`))).toEqual([
      "KVM web",
      "TCG slow × 3",
      "PV pv",
      "PVH pvh",
      "HVM hvm",
    ]);
    expect(hosts[0]!.guests[0]!.details).toEqual(["2 vCPU, 3 GiB", "Debian 12"]);
  });

  test("beyond so many are counted with what they need", () => {
    const { hosts, leftOut } = topology((plan) => {
      plan.kvmHost("kvm1");
      for (let index = 0; index < 25; index++) plan.kvm({ name: `n${index}`, vcpu: 2 });
    }, 4);
    expect(hosts[0]!.guests).toHaveLength(4);
    expect(hosts[0]!.more).toMatchObject({ label: "21 more guests", details: ["42 vCPU, 42 GiB"] });
    expect(leftOut).toEqual(["21 guests counted and not drawn: the picture has up to 4 of each host"]);
  });

  test("of many hosts are fewer, and hosts beyond so many are counted", () => {
    const { hosts, leftOut } = topology((plan) => {
      for (let index = 0; index < 50; index++) {
        plan.kvmHost(`kvm${index}`);
        for (let each = 0; each < 5; each++) plan.kvm({ name: `n${each}`, host: `kvm${index}` });
      }
    });
    expect(hosts).toHaveLength(30);
    expect(hosts[0]!.guests).toHaveLength(3);
    expect(leftOut).toEqual([
      "60 guests counted and not drawn: the picture has up to 3 of each host",
      "20 hosts not drawn, with 100 guests",
    ]);
  });

  test("whose size only apply knows", () => {
    const { hosts } = topology((plan) =>
      plan.kvm({ name: "${var.x}", memory: "${var.m}", vcpu: "${var.c}" }),
    );
    expect(hosts[0]!.guests[0]).toMatchObject({ details: ["? vCPU, ? GiB", "Debian 12"] });
  });
});

describe("networks", () => {
  test("of the plan with subnet and mode, by name or by reference; two cards on one are one link", () => {
    const drawn = topology((plan) =>
      plan
        .kvm({
          name: "web",
          devices: {
            interfaces: [
              nic({ network: { network: "lan" } }),
              nic({ network: { network: "${libvirt_network.lan.name}" } }),
              nic({ network: { network: "elsewhere" } }),
              nic({ bridge: { bridge: "br0" } }),
              nic({ direct: { dev: "eth1" } }),
              {},
            ],
          },
        })
        .network("lan", { ips: [{ address: "10.20.0.1", prefix: 24 }] })
        .network("unused", { forward: null, ips: [] }),
    );
    expect(linksOf(drawn, "nic")).toEqual(["web - lan", "web - elsewhere", "web - br0", "web - eth1"]);
    expect(drawn.hosts[0]!.networks.map(({ kind, label, details }) => [kind, label, ...details])).toEqual([
      ["network", "lan", "10.20.0.0/24", "nat"],
      ["network", "elsewhere", "not of this plan"],
      ["bridge", "br0", "bridge of the host"],
      ["device", "eth1", "macvtap of the host"],
      ["network", "unused", "isolated"],
    ]);
  });

  test("that only the host knows have their subnet from its facts", () => {
    const networks = [{ name: "default", active: true, cidrs: ["192.168.122.1/24"] }];
    const { hosts } = topology((plan) => plan.kvmHost("kvm1", { facts: { networks } }).kvm());
    expect(hosts[0]!.networks).toMatchObject([{ label: "default", details: ["192.168.122.1/24"] }]);
  });
});

describe("storage", () => {
  test("is drawn from the disk to the last image, in pools", () => {
    const drawn = topology((plan) =>
      plan
        .pool("default", { target: { path: "/images" } })
        .volume("base", { capacity: null, target: { format: { type: "raw" } } })
        .volume("overlay", { backing_store: { path: "${libvirt_volume.base.path}" } })
        .volume("top", { backing_store: { path: "/images/overlay.qcow2" } })
        .volume("spare")
        .kvm({
          name: "web",
          devices: {
            disks: [
              disk({ volume: { pool: "default", volume: "top.qcow2" } }),
              disk({ file: { file: "/srv/data.img" } }, "vdb"),
              disk({ volume: { pool: "other", volume: "x" } }, "vdc"),
              { device: "cdrom", target: { dev: "sda", bus: "sata" } },
            ],
          },
        }),
    );
    expect(linksOf(drawn, "disk")).toEqual(["web - top.qcow2", "web - /srv/data.img", "web - x"]);
    expect(linksOf(drawn, "backing")).toEqual(["overlay.qcow2 - base.qcow2", "top.qcow2 - overlay.qcow2"]);
    const pools = drawn.hosts[0]!.pools.map(({ label, volumes }) => [
      label,
      volumes.map((volume) => [volume.depth, volume.label, ...volume.details].join(" ")),
    ]);
    expect(pools).toEqual([
      [
        "default",
        [
          "0 top.qcow2 qcow2 10 GiB",
          "1 overlay.qcow2 qcow2 10 GiB",
          "2 base.qcow2 raw",
          "0 spare.qcow2 qcow2 10 GiB",
        ],
      ],
      ["other", ["0 x not of this plan"]],
      ["in no pool", ["0 /srv/data.img"]],
    ]);
  });

  test("in a circle ends", () => {
    const drawn = topology((plan) =>
      plan
        .volume("a", { backing_store: { path: "${libvirt_volume.b.path}" } })
        .volume("b", { backing_store: { path: "${libvirt_volume.a.path}" } }),
    );
    expect(linksOf(drawn, "backing").sort()).toEqual(["a.qcow2 - b.qcow2", "b.qcow2 - a.qcow2"]);
  });
});

test("has no password in it", () => {
  const uri = "qemu+ssh://me:s3cr3t@kvm1/system";
  const drawn = topology((plan) => plan.kvmHost("kvm1", { uri }).kvm({ name: uri }));
  expect(JSON.stringify(drawn)).not.toContain("s3cr3t");
  expect(JSON.stringify(drawn)).toContain("qemu+ssh://me");
});
