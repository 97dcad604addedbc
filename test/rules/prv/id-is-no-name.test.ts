import { idIsNoName } from "../../../lib/rules/prv/id-is-no-name";
import { RuleTester } from "../../../lib/testing";

const disk = (volume: object) => ({
  name: "web",
  devices: { disks: [{ source: { volume }, target: { dev: "vda", bus: "virtio" } }] },
});
const nic = (network: string) => ({
  name: "web",
  devices: { interfaces: [{ source: { network: { network } } }] },
});

RuleTester.run(idIsNoName, {
  fails: {
    "the id of a volume": {
      plan: (t) => t.volume("root").kvm(disk({ pool: "default", volume: "${libvirt_volume.root.id}" })),
      message:
        'devices.disks[0].source.volume.volume of "web" is the id of libvirt_volume.root, which is the path of the volume and not its name.',
      fix: "refer to libvirt_volume.root.name",
      at: "devices.disks[0].source.volume.volume",
      places: ["web"],
    },
    "the id of a pool in a guest": (t) =>
      t.pool("p").kvm(disk({ pool: "${libvirt_pool.p.id}", volume: "root.qcow2" })),
    "the id of a pool in a volume": {
      plan: (t) => t.pool("p").volume("root", { pool: "${libvirt_pool.p.id}" }),
      at: "pool",
    },
    "the id of a network": {
      plan: (t) => t.network("lan").kvm(nic("${libvirt_network.lan.id}")),
      message: "which is the UUID of the network",
    },
  },
  passes: {
    names: (t) =>
      t
        .pool("p")
        .volume("root", { pool: "${libvirt_pool.p.name}" })
        .kvm(disk({ pool: "${libvirt_pool.p.name}", volume: "${libvirt_volume.root.name}" })),
    literals: (t) => t.kvm(nic("default")),
    "an expression that points at nothing here": (t) => t.kvm(nic("${data.libvirt_network.lan.id}")),
  },
});
