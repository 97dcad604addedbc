import { vlanTagsFit } from "../../../lib/rules/net/vlan-tags-fit";
import { RuleTester } from "../../../lib/testing";

const lan = (vlan: unknown) => ({ vlan });
const nic = (vlan: unknown) => ({
  name: "web",
  devices: { interfaces: [{ source: { bridge: { bridge: "br0" } }, vlan }] },
});

RuleTester.run(vlanTagsFit, {
  fails: {
    "a tag beyond 12 bits": {
      plan: (t) => t.network("lan", lan({ tags: [{ id: 20 }, { id: 4096 }] })),
      message: 'Network "lan" has VLAN tag 4096, which is not from 0 to 4095.',
      at: "vlan.tags[1].id",
    },
    "a tag below 0": (t) => t.network("lan", lan({ tags: [{ id: -1 }] })),
    "no tag": { plan: (t) => t.network("lan", lan({ trunk: "yes" })), message: "has a VLAN without a tag" },
    "two native tags of an interface": {
      plan: (t) =>
        t.kvm(
          nic({
            tags: [
              { id: 20, native_mode: "tagged" },
              { id: 30, native_mode: "untagged" },
            ],
          }),
        ),
      message: 'Interface 1 of "web" has the native VLAN tags 20 and 30',
      at: "devices.interfaces[0].vlan.tags",
    },
    "several tags that are no trunk": {
      plan: (t) => t.kvm(nic({ tags: [{ id: 20 }, { id: 30 }], trunk: "no" })),
      message: 'has 2 VLAN tags and trunk "no"',
      at: "devices.interfaces[0].vlan.trunk",
    },
    "a native tag that is no trunk": {
      plan: (t) => t.network("lan", lan({ tags: [{ id: 20, native_mode: "tagged" }], trunk: "no" })),
      message: 'has the native VLAN tag 20 and trunk "no"',
    },
    "a port group": {
      plan: (t) => t.network("lan", { port_groups: [{ name: "eng", vlan: { tags: [{ id: 5000 }] } }] }),
      message: 'Port group "eng" of network "lan" has VLAN tag 5000',
      at: "portGroups[0].vlan.tags[0].id",
    },
    "a port group without name": {
      plan: (t) => t.network("lan", { port_groups: [{ vlan: { tags: [{ id: 5000 }] } }] }),
      message: 'Port group 1 of network "lan"',
    },
  },
  passes: {
    "the limits": (t) => t.network("lan", lan({ tags: [{ id: 0 }, { id: 4095 }] })),
    "a trunk": (t) =>
      t.network("lan", lan({ tags: [{ id: 1 }, { id: 2, native_mode: "tagged" }], trunk: "yes" })),
    "one tag that is no trunk": (t) => t.kvm(nic({ tags: [{ id: 20 }], trunk: "no" })),
    "no VLAN": (t) => t.network("lan").kvm(),
  },
  undetermined: {
    "a late tag": {
      plan: (t) => t.network("lan", lan({ tags: [{ id: "${var.vlan}" }] })),
      reason: "VLAN tags are known only at apply",
    },
    "late interfaces": (t) => t.kvm({ devices: { interfaces: ["${var.nic}"] } }),
  },
});
