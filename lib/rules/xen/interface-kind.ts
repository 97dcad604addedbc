import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";

/** Kinds of source that libvirt's Xen driver cannot connect, and what people call them. */
const UNSUPPORTED = {
  user: "user networking",
  direct: "macvtap",
  vhostUser: "vhost-user",
  vdpa: "vDPA",
  udp: "a UDP tunnel",
  mcast: "a multicast tunnel",
  client: "a TCP tunnel",
  server: "a TCP tunnel",
  internal: "an internal network",
  null: "no connection",
  vds: "a vSphere switch",
} as const;

/** A virtual interface of Xen ends in dom0, where it is put on a bridge. */
export const interfaceKind = defineRule({
  code: "VIRT-XEN-024",
  slug: "interface-kind",
  severity: "error",
  stage: "start",
  title: "A Xen guest's network interface is on a bridge, a libvirt network or a device of the host",
  why: "Xen connects a guest by an interface in dom0, which a script adds to a bridge. What QEMU offers besides (user networking, macvtap, vhost-user and tunnels) has no counterpart, and libvirt refuses to start the guest.",
  fix: "Connect the interface to a bridge or to a libvirt network.",
  sources: [
    "libvirt libxl_conf.c libxlMakeNic",
    "tried: libvirt 9.0.0, Xen 4.17, HVM with type user: start refused, unsupported interface type user",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    for (const [index, { source }] of guest.interfaces.entries()) {
      if (source === undefined) continue;
      if (isLate(source)) {
        yield undetermined("the source of a network interface is known only at apply");
        continue;
      }
      const kind = (Object.keys(UNSUPPORTED) as (keyof typeof UNSUPPORTED)[]).find(
        (each) => source[each] !== undefined && source[each] !== false,
      );
      if (kind === undefined) continue;
      yield fail({
        at: `devices.interfaces[${index}].source.${kind}`,
        message: `An interface of "${guest.label}" is of kind ${kind} (${UNSUPPORTED[kind]}), which Xen guests do not have.`,
        fix: 'connect it to a bridge (source.bridge.bridge: "xenbr0") or to a libvirt network',
      });
    }
  },
  examples: {
    bad: (plan) => plan.xenPv({ devices: { interfaces: [{ mac, source: { direct: { dev: "eth0" } } }] } }),
    good: (plan) =>
      plan.xenPv({ devices: { interfaces: [{ mac, source: { bridge: { bridge: "xenbr0" } } }] } }),
  },
});

const mac = { address: "52:54:00:00:00:01" };
