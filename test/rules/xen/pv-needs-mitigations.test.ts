import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { pvNeedsMitigations } from "../../../lib/rules/xen/pv-needs-mitigations";
import { RuleTester } from "../../../lib/testing";

const captured = (host: string) => HostFacts.fromDirectory(join(__dirname, "../../data/host-facts", host));
const host = (commandLine: string, vendor?: string, features: string[] = []) => ({
  facts: {
    cpu: { vendor, features },
    xen: { capabilities: [], virtCaps: [], commandLine },
  },
});

RuleTester.run(pvNeedsMitigations, {
  fails: {
    "page tables that are not isolated": {
      plan: (t) => t.xenHost("xen1", host("loglvl=all xpti=off", "Intel")).xenPv({ name: "a" }),
      severity: "warning",
      message: '"xen1" runs Xen with xpti=off: PV guest "a" could read all its memory by Meltdown.',
      fix: /^boot Xen on xen1 without it, or run "a" as XenPvhGuest or XenHvmGuest$/,
      at: "os.type",
      places: ["a"],
    },
    "both, on a CPU that its features tell": {
      plan: (t) => t.xenHost("xen1", host("xpti=0 pv-l1tf=false", undefined, ["sse2", "tm2"])).xenPv(),
      message: "with xpti=off and pv-l1tf=off: PV guest",
    },
    "the guests alone": (t) => t.xenHost("xen1", host("xpti=dom0=on,domu=no", "Intel")).xenPv(),
    "another spelling": (t) => t.xenHost("xen1", host("no-xpti", "Intel")).xenPv(),
    "a system without PVH": {
      plan: (t) => t.xenHost("xen1", host("xpti=off", "Intel")).xenPv({ intent: { os: "windows-10" } }),
      fix: /as XenHvmGuest$/,
    },
  },
  passes: {
    "the defaults of Xen": (t) => t.xenPv().xenHost("x", host("", "Intel")).xenPv({ host: "x" }),
    "protection that is on in the end": (t) =>
      t.xenHost("xen1", host("xpti=off xpti=dom0=off,domu=on xpti=on pv-l1tf=domu", "Intel")).xenPv(),
    "CPUs of others, by vendor and by features": (t) =>
      t
        .xenHost("xen1", host("xpti=off", "AMD"))
        .xenPv()
        .xenHost("x", { facts: captured("xen-hvm") })
        .xenPv({ host: "x" }),
    "HVM and PVH": (t) => t.xenHost("xen1", host("xpti=off", "Intel")).xenHvm().xenPvh(),
    ARM: (t) => t.xenHost("xen1", host("xpti=off", "Intel")).xenPv({ os: { type_arch: "aarch64" } }),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.xenHost("xen1", { facts: null }).xenPv(),
      reason: 'needs facts of "xen1"',
    },
    "a CPU of unknown vendor": {
      plan: (t) => t.xenHost("xen1", host("xpti=off")).xenPv(),
      reason: 'whether the CPU of "xen1" is Intel\'s is not known',
    },
    "a late kind of guest": (t) =>
      t.xenHost("xen1", host("xpti=off", "Intel")).xenPv({ os: { type: "${var.type}" } }),
  },
});
