import { GuestOs } from "../../../lib/guest-os";
import { pvNeedsModifiedOs } from "../../../lib/rules/xen/pv-needs-modified-os";
import { RuleTester } from "../../../lib/testing";
import { fromMetadata } from "./metadata";

const WINDOWS_11 = GuestOs.WINDOWS_11.libosinfoId!;
const RHEL_9 = "http://redhat.com/rhel/9.4";

RuleTester.run(pvNeedsModifiedOs, {
  fails: {
    Windows: {
      plan: (t) => t.xenHost("xen1").xenPv({ name: "desk", intent: { os: "windows-11" } }),
      message: 'Windows 11 has no kernel for Xen PV, so "desk" cannot boot paravirtualized.',
      fix: /^use XenHvmGuest on a host with VT-x or AMD-V \(in this plan: xen1\), or KvmGuest$/,
      at: "os.type",
      places: ["desk"],
    },
    "Windows in metadata alone, whatever kernel file is named": {
      plan: fromMetadata(WINDOWS_11, { os: { type: "xen", kernel: "/boot/vmlinuz" } }),
      severity: "error",
      message: "Windows 11 has no kernel for Xen PV",
    },
    macOS: (t) => t.xenPv({ intent: { os: "macos-14" } }),
    "a Linux without PV, with the ways out": {
      plan: (t) => t.xenHost("xen1", { facts: null }).xenPv({ intent: { os: "rhel-9" } }),
      severity: "error",
      message:
        /^Red Hat Enterprise Linux 9 has no kernel for Xen PV, so "guest1" cannot boot paravirtualized\.$/,
      fix: "(in this plan: none is known), or KvmGuest; if it boots another kernel than Red Hat Enterprise Linux 9's own, state the system with GuestOs.of({ …, xen: { pv: true } })",
    },
    "a system with PVH instead": {
      plan: (t) => t.xenPv({ intent: { os: "amazon-linux-2023" } }),
      fix: /^use XenPvhGuest or XenHvmGuest on /,
    },
    "a Linux without PV in metadata, which boots from its disk": {
      plan: fromMetadata(RHEL_9, { os: { type: "xen" }, bootloader: "pygrub" }),
      severity: "error",
    },
    "a Linux without PV in metadata beside a kernel file, as a warning": {
      plan: fromMetadata(RHEL_9, { os: { type: "xen", kernel: "/boot/vmlinuz" } }),
      severity: "warning",
      message: "cannot boot paravirtualized unless /boot/vmlinuz is another system's kernel.",
    },
    "libvirt's older word for PV": (t) => t.xenPv({ os: { type: "linux" }, intent: { os: "windows-10" } }),
    "a guest without architecture on a host without facts, beside two others": {
      plan: (t) =>
        t
          .xenHost("xen1", { facts: null })
          .xenHost("xen2")
          .xenHost("xen3")
          .xenPv({ os: { type_arch: null }, intent: { os: "macos-14" } }),
      fix: /\(in this plan: xen2, xen3\), or KvmGuest$/,
    },
    "a guest of an architecture that no host takes": {
      plan: (t) => t.xenHost("xen1").xenPv({ os: { type_arch: "i686" }, intent: { os: "windows-10" } }),
      fix: "(in this plan: none is known)",
    },
  },
  passes: {
    "a system with a PV kernel": (t) => t.xenPv({ intent: { os: "debian-12" } }),
    "the same in metadata": fromMetadata(GuestOs.DEBIAN_12.libosinfoId!, { os: { type: "xen" } }),
    "a system with a PV kernel whose architecture is late": (t) =>
      t.xenPv({ os: { type_arch: "${var.arch}" }, intent: { os: "debian-12" } }),
    "Windows as HVM": (t) => t.xenHvm({ intent: { os: "windows-11" } }),
    "a PVH guest: that is another rule's": (t) => t.xenPvh({ intent: { os: "windows-11" } }),
    "Windows on KVM": (t) => t.kvm({ intent: { os: "windows-11" } }),
    "ARM, where the one type of guest is called PV": (t) =>
      t.xenPv({ os: { type_arch: "aarch64" }, intent: { os: "rhel-9" } }),
    "32-bit ARM, by its host": (t) =>
      t.xenHost("xen1", { arch: "armv7l" }).xenPv({ os: { type_arch: null }, intent: { os: "rhel-9" } }),
  },
  undetermined: {
    "a system of which it is not known": {
      plan: (t) => t.xenPv({ intent: { os: "rhel-7" } }),
      reason: /^whether Red Hat Enterprise Linux 7 has a kernel for Xen PV is not known \(the 3\.10 kernel/,
    },
    "no stated system": {
      plan: fromMetadata(undefined, { os: { type: "xen" } }),
      reason: "the guest's operating system is not stated",
    },
    "metadata of another kind": {
      plan: (t) =>
        t.xenHost().resource("libvirt_domain", "x", {
          ...{
            name: "x",
            type: "xen",
            os: { type: "xen" },
            metadata: { xml: "<app:a xmlns:app='http://x/'/>" },
          },
        }),
      reason: "the guest's operating system is not stated",
    },
    "a system that the catalogue does not have": {
      plan: fromMetadata("http://haiku-os.org/haiku/r1", { os: { type: "xen" } }),
      reason: "names an operating system that is not in the catalogue",
    },
    "metadata that is known only at apply": {
      plan: fromMetadata("${var.os}", { os: { type: "xen" } }),
      reason: "the metadata that would name the guest's operating system is known only at apply",
    },
    "a kind of guest that is known only at apply": {
      plan: (t) => t.xenPv({ os: { type: "${var.type}" }, intent: { os: "windows-11" } }),
      reason: "the guest's type is known only at apply",
    },
    "an architecture that is known only at apply": {
      plan: (t) => t.xenPv({ os: { type_arch: "${var.arch}" }, intent: { os: "windows-11" } }),
      reason: "the guest's architecture is known only at apply",
    },
  },
});
