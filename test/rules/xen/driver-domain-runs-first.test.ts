import { driverDomainRunsFirst } from "../../../lib/rules/xen/driver-domain-runs-first";
import { RuleTester } from "../../../lib/testing";

const served = (name: string, mac = "52:54:00:00:00:10") => ({
  mac: { address: mac },
  source: { bridge: { bridge: "xenbr0" } },
  backend_domain: { name },
});
const nic = (name: string) => ({ devices: { interfaces: [served(name)] } });
const after = (...dependsOn: string[]) => ({ lifeCycle: { dependsOn } });

RuleTester.run(driverDomainRunsFirst, {
  fails: {
    "a guest that is switched off": {
      plan: (t) => t.xenPv({ name: "net", running: false }).xenPv({ name: "web", ...nic("net") }),
      severity: "error",
      message: '"web" is served by "net", which this plan leaves switched off: Xen refuses to start "web".',
      fix: 'set running of "net" to true',
      at: "devices.interfaces[0].backendDomain.name",
      places: ["web"],
    },
    "a guest that nobody asks to run": (t) => t.xenPv({ name: "net", running: null }).xenPv(nic("net")),
    "the guest itself": {
      plan: (t) => t.xenPv({ name: "web", ...nic("web") }),
      severity: "error",
      message: "by itself",
    },
    "a guest that Terraform starts at the same time": {
      plan: (t) => t.xenPv({ name: "net" }).xenPv({ name: "web", ...nic("net"), ...after() }),
      severity: "warning",
      message: "nothing makes Terraform start",
      fix: "depends_on = [libvirt_domain.net]",
    },
    "a disk, and another dependency": {
      severity: "warning",
      plan: (t) =>
        t.xenPv({ name: "net" }).xenHvm({
          devices: {
            disks: [
              {
                source: { file: { file: "/srv/a.img" } },
                target: { dev: "xvda", bus: "xen" },
                driver: { name: "qemu", type: "raw" },
                backend_domain: { name: "net" },
              },
            ],
          },
          ...after("libvirt_network.a", "libvirt_domain.nett"),
        }),
    },
  },
  passes: {
    "a guest that is started first": (t) =>
      t.xenPv({ name: "net" }).xenPv({ ...nic("net"), ...after("libvirt_domain.net") }),
    "one of several instances": (t) =>
      t.xenPv({ name: "net" }).xenPv({ ...nic("net"), ...after("libvirt_domain.net[0]") }),
    "a reference to its name": (t) =>
      t.xenPv({ name: "net" }).xenPv({ ...nic("${libvirt_domain.net.name}"), ...after() }),
    "something else that may wait for it": (t) =>
      t.xenPv({ name: "net" }).xenPv({ ...nic("net"), ...after("time_sleep.net") }),
    "a source that says nothing of the order": (t) => t.xenPv({ name: "net" }).xenPv(nic("net")),
    "a guest of the host that is not in the plan": (t) => t.xenPv({ ...nic("net"), ...after() }),
    "a guest of the same name on another host": (t) =>
      t
        .xenHost("a")
        .xenHost("b")
        .xenPv({ host: "a", name: "net", running: false })
        .xenPv({ host: "b", ...nic("net") }),
    "guests that nobody starts": (t) =>
      t.xenPv({ name: "net", running: false }).xenPv({ ...nic("net"), running: false }),
  },
  undetermined: {
    "a late name": {
      plan: (t) => t.xenPv(nic("${var.net}")),
      reason: "the name of a driver domain is known only at apply",
    },
    "whether it runs": (t) => t.xenPv({ name: "net", running: "${var.run}" }).xenPv(nic("net")),
  },
});
