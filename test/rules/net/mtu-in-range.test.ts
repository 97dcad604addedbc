import { mtuInRange } from "../../../lib/rules/net/mtu-in-range";
import { RuleTester } from "../../../lib/testing";

const nic = (size: unknown) => ({
  devices: {
    interfaces: [{ source: { bridge: { bridge: "br0" } }, model: { type: "virtio" }, mtu: { size } }],
  },
});

RuleTester.run(mtuInRange, {
  fails: {
    "less than IPv4 allows": {
      plan: (t) => t.kvm({ name: "web", ...nic(67) }),
      message: 'devices.interfaces[0].mtu.size of "web" is 67; the kernel takes 68 to 65521.',
      fix: "use 1500",
      at: "devices.interfaces[0].mtu.size",
    },
    "more than a tap device has": (t) => t.kvm(nic(65522)),
    "a network": {
      plan: (t) => t.network("lan", { mtu: { size: 65536 } }),
      message: "the kernel takes 68 to 65535",
    },
  },
  passes: {
    "the ends of the range": (t) =>
      t
        .kvm(nic(68))
        .kvm({ name: "b", ...nic(65521) })
        .network("lan", { mtu: { size: 65535 } }),
    none: (t) => t.kvm().network("lan"),
  },
  undetermined: { "a late MTU": (t) => t.kvm(nic("${var.mtu}")) },
});
