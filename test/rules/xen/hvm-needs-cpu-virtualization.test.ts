import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { hvmNeedsCpuVirtualization } from "../../../lib/rules/xen/hvm-needs-cpu-virtualization";
import { RuleTester } from "../../../lib/testing";

const captured = (host: string) => HostFacts.fromDirectory(join(__dirname, "../../data/host-facts", host));
const pvOnly = { guests: [{ osType: "xen", arch: "x86_64", domainTypes: ["xen"], machines: [] }] };

RuleTester.run(hvmNeedsCpuVirtualization, {
  fails: {
    "an HVM guest on the captured host whose CPU has no extension": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: captured("xen-pv-only") })
          .xenHvm({ name: "erp", intent: { os: "windows-server-2022" } }),
      severity: "error",
      message:
        'HVM guest "erp" cannot run on Xen host "xen1": its CPU offers no virtualization (virt_caps: pv gnttab-v1 gnttab-v2).\n' +
        "Xen runs unmodified systems such as Windows Server 2022 only with VT-x or AMD-V.",
      fix: /^enable it in the firmware of xen1 and capture its facts again$/,
      at: "os.type",
      places: ["erp"],
    },
    "a PVH guest there": {
      plan: (t) => t.xenHost("xen1", { facts: captured("xen-pv-only") }).xenPvh({ name: "web" }),
      message: /^PVH guest "web" cannot run .*\nXen runs PVH guests only with VT-x or AMD-V\.$/,
      fix: ", or run Debian 12 as XenPvGuest",
    },
    "facts without virt_caps, and a guest whose system is not stated": {
      plan: (t) =>
        t.xenHost("xen1", { facts: { ...pvOnly, xen: undefined } }).resource("libvirt_domain", "erp", {
          ...{ name: "erp", type: "xen", os: { type: "hvm" } },
        }),
      message:
        "its CPU offers no virtualization.\nXen runs unmodified systems such as Windows only with VT-x or AMD-V.",
    },
    "an HVM guest, which a Xen host and a KVM host of the plan could take": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: pvOnly })
          .xenHost("xen2")
          .xenHost("xen3", { facts: captured("xen-hvm") })
          .kvmHost("kvm1")
          .xenHvm({ host: "xen1", name: "erp" }),
      fix: 'or place "erp" on xen2 or xen3 or kvm1',
    },
    "a PVH guest, which only the Xen host could take": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: pvOnly })
          .xenHost("xen2")
          .kvmHost("kvm1")
          .xenPvh({ host: "xen1", name: "web" }),
      fix: /or place "web" on xen2, or run/,
    },
    "a PVH guest, which a host without PVH could not": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: pvOnly })
          .xenHost("xen2", { facts: { guests: [{ ...pvOnly.guests[0]!, osType: "hvm" }] } })
          .xenPvh({ host: "xen1" }),
      fix: /capture its facts again, or run/,
    },
    "an HVM guest, which a host with nothing but PVH could not": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: pvOnly })
          .xenHost("xen2", { facts: { guests: [{ ...pvOnly.guests[0]!, osType: "xenpvh" }] } })
          .xenHvm({ host: "xen1" }),
      fix: /capture its facts again, or run/,
    },
    "guests that state no architecture": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: { ...pvOnly, arch: undefined } })
          .xenHost("xen2")
          .kvmHost("kvm1")
          .xenHvm({ host: "xen1", name: "erp", os: { type_arch: null } }),
      fix: 'or place "erp" on xen2 or kvm1',
    },
    "a guest of another architecture": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: pvOnly })
          .xenHost("xen2")
          .kvmHost("kvm1")
          .xenHvm({ host: "xen1", os: { type_arch: "i686" } }),
      fix: /^enable it in the firmware of xen1 and capture its facts again, or run/,
    },
    "xl info alone": (t) =>
      t
        .xenHost("xen1", {
          facts: { guests: undefined, xen: { capabilities: ["xen-3.0-x86_64"], virtCaps: ["pv"] } },
        })
        .xenHvm(),
    "a guest that is made several times, once": (t) =>
      t.xenHost("xen1", { facts: pvOnly }).xenHvm({ count: 3 }),
  },
  passes: {
    "HVM and PVH on the captured host with the extension": (t) =>
      t
        .xenHost("xen1", { facts: captured("xen-hvm") })
        .xenHvm()
        .xenPvh(),
    "a PV guest without the extension": (t) => t.xenHost("xen1", { facts: captured("xen-pv-only") }).xenPv(),
    "a PV guest on a host without facts": (t) => t.xenHost("xen1", { facts: null }).xenPv(),
    "ARM, which has no such guests at all: that is another rule's": (t) =>
      t.xenHost("xen1", { facts: { arch: "aarch64", ...pvOnly } }).xenHvm(),
    "a KVM guest": (t) => t.kvmHost("kvm1", { facts: null }).kvm(),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.xenHost("xen1", { facts: null }).xenHvm(),
      reason: 'needs facts of "xen1"',
    },
    "facts that do not tell": {
      plan: (t) => t.xenHost("xen1", { facts: { guests: undefined, xen: undefined } }).xenPvh(),
      reason: 'needs facts of "xen1"',
    },
    "a kind of guest that is known only at apply": {
      plan: (t) => t.xenHost("xen1", { facts: pvOnly }).xenHvm({ os: { type: "${var.type}" } }),
      reason: "the guest's type is known only at apply",
    },
  },
});
