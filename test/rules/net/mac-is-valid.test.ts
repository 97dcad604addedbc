import { macIsValid } from "../../../lib/rules/net/mac-is-valid";
import { RuleTester } from "../../../lib/testing";

const nics = (...addresses: unknown[]) => ({
  name: "web",
  devices: { interfaces: addresses.map((address) => ({ mac: { address }, source: { user: {} } })) },
});

RuleTester.run(macIsValid, {
  fails: {
    "too few numbers": {
      plan: (t) => t.kvm(nics("52:54:00:00:00:01", "52:54:00:00:00")),
      severity: "error",
      message: 'MAC "52:54:00:00:00" of "web" is no MAC address.',
      fix: "use one such as 52:54:00:12:34:56, or leave mac out",
      at: "devices.interfaces[1].mac.address",
      places: ["web"],
    },
    dashes: { plan: (t) => t.kvm(nics("52-54-00-AB-00-01")), fix: /^write 52:54:00:ab:00:01$/ },
    "an empty address": (t) => t.kvm(nics("")),
    "a multicast address": {
      plan: (t) => t.kvm(nics("01:00:5e:00:00:01")),
      message: 'MAC 01:00:5e:00:00:01 of "web" is a multicast address: its first number is odd.',
      fix: "use one such as 52:00:5e:00:00:01",
    },
    "dashes and multicast": {
      plan: (t) => t.kvm(nics("01-00-5e-00-00-01")),
      fix: "use one such as 52:54:00:12:34:56",
    },
    "the address of an instance": {
      plan: (t) => t.kvm({ ...nics("52:54:00:00:00:0${each.key}"), for_each: { a: {}, g: {} } }),
      message: '"52:54:00:00:00:0g"',
    },
    "a literal in a number of instances known only at apply": (t) =>
      t.kvm({ ...nics("x"), count: "${var.n}" }),
    "a Xen guest": (t) => t.xenPv(nics("x")),
  },
  passes: {
    "addresses as libvirt reads them": (t) =>
      t.kvm(
        nics(
          "52:54:00:00:00:01",
          "52:54:0:0:0:1",
          "AA:BB:CC:DD:EE:FF",
          "00:00:00:00:00:00",
          "52:54:00:00:00:01 ",
        ),
      ),
    "no address": (t) => t.kvm({ devices: { interfaces: [{ source: { user: {} } }] } }),
    "instances with addresses of their own": (t) =>
      t.kvm({ ...nics("52:54:00:00:00:0${count.index}"), count: 2 }),
  },
  undetermined: {
    "an address known only at apply": {
      plan: (t) => t.kvm(nics("${var.mac}")),
      reason: "a MAC address is known only at apply",
    },
    "an address of one of several instances": (t) =>
      t.kvm({ ...nics("${each.value}"), for_each: { a: "52:54:00:00:00:01", b: {} } }),
    "instances in a number known only at apply": (t) =>
      t.kvm({ ...nics("52:54:00:00:00:0${count.index}"), count: "${var.n}" }),
  },
});
