import { interfaceKind } from "../../../lib/rules/xen/interface-kind";
import { type PlanExample, RuleTester } from "../../../lib/testing";

const nics = (...sources: unknown[]) => ({ devices: { interfaces: sources.map((source) => ({ source })) } });
const kinds: Record<string, [source: object, what: string]> = {
  user: [{ user: {} }, "user networking"],
  direct: [{ direct: { dev: "eth0" } }, "macvtap"],
  vhostUser: [{ vhost_user: {} }, "vhost-user"],
  vdpa: [{ vdpa: { dev: "/dev/vhost-vdpa-0" } }, "vDPA"],
  udp: [{ udp: {} }, "a UDP tunnel"],
  mcast: [{ mcast: {} }, "a multicast tunnel"],
  client: [{ client: {} }, "a TCP tunnel"],
  server: [{ server: {} }, "a TCP tunnel"],
  internal: [{ internal: {} }, "an internal network"],
  null: [{ null: true }, "no connection"],
  vds: [{ vds: {} }, "a vSphere switch"],
};

RuleTester.run(interfaceKind, {
  fails: {
    ...Object.fromEntries(
      Object.entries(kinds).map(([kind, [source, what]]) => [
        kind,
        {
          plan: (t: PlanExample) => t.xenHvm({ name: "a", ...nics({ bridge: { bridge: "br0" } }, source) }),
          severity: "error" as const,
          message: `An interface of "a" is of kind ${kind} (${what}), which Xen guests do not have.`,
          fix: 'connect it to a bridge (source.bridge.bridge: "xenbr0") or to a libvirt network',
          at: `devices.interfaces[1].source.${kind}`,
          places: ["a"],
        },
      ]),
    ),
    "PV and PVH guests": { plan: (t) => t.xenPv(nics({ user: {} })).xenPvh(nics({ user: {} })), count: 2 },
    "each of several": { plan: (t) => t.xenPv(nics({ user: {} }, { direct: {} })), count: 2 },
  },
  passes: {
    "bridge, network, ethernet and a device of the host": (t) =>
      t.xenHvm(
        nics(
          { bridge: { bridge: "br0" } },
          { network: { network: "default" } },
          { ethernet: {} },
          { hostdev: { pci: {} } },
        ),
      ),
    "a kind that is switched off": (t) => t.xenHvm(nics({ bridge: { bridge: "br0" }, null: false })),
    "no source: that is another rule's": (t) => t.xenHvm(nics(undefined)),
    "any kind on KVM": (t) => t.kvm(nics({ user: {} }, { direct: { dev: "eth0" } })),
  },
  undetermined: {
    "a late source": {
      plan: (t) => t.xenPv(nics("${var.source}")),
      reason: "the source of a network interface is known only at apply",
    },
    "late interfaces": (t) => t.xenPv({ devices: { interfaces: "${var.nics}" } }),
  },
});
