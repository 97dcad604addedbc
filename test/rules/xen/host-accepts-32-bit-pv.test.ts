import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { hostAccepts32BitPv } from "../../../lib/rules/xen/host-accepts-32-bit-pv";
import { RuleTester } from "../../../lib/testing";

const captured = HostFacts.fromDirectory(join(__dirname, "../../data/host-facts/xen-hvm"));
const offer = (arch: string) => ({
  osType: "xen",
  arch,
  domainTypes: ["xen"],
  machines: [{ name: "xenpv" }],
});
const pv32 = { name: "a", os: { type_arch: "i686" } };

RuleTester.run(hostAccepts32BitPv, {
  fails: {
    "the captured host": {
      plan: (t) => t.xenHost("xen1", { facts: captured }).xenPv(pv32),
      severity: "error",
      message: '"xen1" accepts no 32-bit PV guests, which "a" is: its Xen lists no xen-3.0-x86_32p.',
      fix: 'set os.typeArch to "x86_64" and use a 64-bit kernel, or use XenHvmGuest (on xen1)',
      at: "os.typeArch",
      places: ["a"],
    },
    "a host that accepts them, with a warning": {
      plan: (t) => t.xenHost("xen1", { facts: { guests: [offer("x86_64"), offer("i686")] } }).xenPv(pv32),
      severity: "warning",
      message: "which Xen supports with caveats only",
      fix: /use XenHvmGuest$/,
    },
  },
  passes: {
    "64 bits": (t) => t.xenHost("xen1", { facts: captured }).xenPv(),
    "HVM and PVH": (t) => t.xenHvm(pv32).xenPvh(pv32),
    "a host of ARM, of which another rule speaks": (t) =>
      t.xenHost("xen1", { facts: { arch: "aarch64", guests: [offer("aarch64")] } }).xenPv(pv32),
    "a KVM guest": (t) => t.kvm(pv32),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.xenHost("xen1", { facts: null }).xenPv(pv32),
      reason: 'needs facts of "xen1"',
    },
    "a late architecture": {
      plan: (t) => t.xenPv({ os: { type_arch: "${var.arch}" } }),
      reason: "the guest's architecture is known only at apply",
    },
    "a late kind of guest": (t) => t.xenPv({ os: { type: "${var.type}", type_arch: "i686" } }),
  },
});
