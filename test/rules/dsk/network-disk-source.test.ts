import { networkDiskSource } from "../../../lib/rules/dsk/network-disk-source";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const HOSTS = [{ name: "store1" }];
const on = (network: object) =>
  withDisks(disk("vda", { source: { network: { hosts: HOSTS, name: "vms/a", ...network } } }));
const auth = (type: string) => ({ username: "u", secret: { type, usage: "k" } });

RuleTester.run(networkDiskSource, {
  fails: {
    "no protocol": { plan: (t) => t.kvm(on({})), at: "devices.disks[0].source.network.protocol" },
    tftp: (t) => t.kvm(on({ protocol: "tftp" })),
    "no name": {
      plan: (t) => t.kvm(on({ protocol: "iscsi", name: undefined })),
      message: 'Network disk vda of "web" has no name, which iscsi needs.',
      at: "devices.disks[0].source.network.name",
    },
    "an RBD image without its pool": {
      plan: (t) => t.kvm(on({ protocol: "rbd", name: "a" })),
      message: 'is named "a"; rbd needs a pool, a slash and an image',
      fix: 'set name to "…/a"',
    },
    "a gluster image without its volume": {
      plan: (t) => t.kvm(on({ protocol: "gluster", name: "a" })),
      message: "gluster needs a volume",
    },
    "authentication where there is none": {
      plan: (t) => t.kvm(on({ protocol: "nbd", auth: auth("iscsi") })),
      message: "has auth, which nbd does not know",
    },
    "a secret of another kind": {
      plan: (t) => t.kvm(on({ protocol: "iscsi", auth: auth("ceph") })),
      message: "authenticates with a secret of type ceph; iscsi takes type iscsi",
      fix: 'use a secret of type "iscsi"',
    },
    "two NFS hosts": {
      plan: (t) => t.kvm(on({ protocol: "nfs", hosts: [...HOSTS, ...HOSTS] })),
      message: "names 2 hosts; nfs takes exactly one",
    },
    "no NFS host": (t) => t.kvm(on({ protocol: "nfs", hosts: undefined })),
    "NFS by a socket": (t) =>
      t.kvm(on({ protocol: "nfs", hosts: [{ transport: "unix", socket: "/run/nfs" }] })),
    "a host without name": {
      plan: (t) => t.kvm(on({ protocol: "rbd", hosts: [{ port: "6789" }] })),
      message: "has a host without a name",
      at: "devices.disks[0].source.network.hosts[0]",
    },
    "a socket that is missing": (t) => t.kvm(on({ protocol: "nbd", hosts: [{ transport: "unix" }] })),
    "a socket over TCP": {
      plan: (t) => t.kvm(on({ protocol: "nbd", hosts: [{ socket: "/run/nbd" }] })),
      message: "has a socket with transport tcp",
    },
    "auth without a secret": {
      plan: (t) =>
        t.kvm({
          name: "web",
          devices: {
            disks: [
              {
                source: {
                  network: { protocol: "http", name: "a", hosts: [{ name: "h" }], auth: { username: "u" } },
                },
                target: { dev: "vda" },
              },
              { source: { file: { file: "/a" } }, auth: { username: "u" }, target: { dev: "vdb" } },
            ],
          },
        }),
      count: 2,
      message: 'Disk vda of "web" authenticates without a secret.',
      at: "devices.disks[0].source.network.auth.secret",
    },
  },
  passes: {
    "RBD with its secret": (t) => t.kvm(on({ protocol: "rbd", auth: auth("ceph") })),
    "RBD without hosts, which ceph.conf names": (t) => t.kvm(on({ protocol: "rbd", hosts: undefined })),
    "NBD without name": (t) => t.kvm(on({ protocol: "nbd", name: undefined })),
    "NBD by a socket": (t) =>
      t.kvm(on({ protocol: "nbd", hosts: [{ transport: "unix", socket: "/run/nbd" }] })),
    "https with a secret of any kind": (t) => t.kvm(on({ protocol: "https", auth: auth("iscsi") })),
    "NFS at one host": (t) => t.kvm(on({ protocol: "nfs" })),
    "a name that is late": (t) => t.kvm(on({ protocol: "rbd", name: "${var.name}" })),
    "a disk of a file": (t) => t.kvm(withDisks(disk("vda"))),
    "a Xen guest": (t) => t.xenHvm(on({ protocol: "tftp" })),
  },
  undetermined: {
    "a protocol that is late": (t) => t.kvm(on({ protocol: "${var.protocol}" })),
    "a source that is late": (t) => t.kvm(withDisks(disk("vda", { source: { network: "${var.network}" } }))),
  },
});
