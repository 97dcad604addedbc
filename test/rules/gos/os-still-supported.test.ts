import { osStillSupported } from "../../../lib/rules/gos/os-still-supported";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(osStillSupported, {
  fails: {
    "the day after all support": {
      plan: (t) => t.on("2033-07-01").kvm({ name: "a", intent: { os: "debian-12" } }),
      message:
        'Debian 12 of "a" gets no security updates any more: its support ended on 2026-07-11, LTS on 2028-06-30, ELTS on 2033-06-30.',
      at: "os",
    },
    "a system without longer support": (t) =>
      t.on("2024-06-01").xenHvm({ intent: { os: "centos-stream-8" } }),
  },
  passes: {
    "the last day of all support": (t) => t.on("2033-06-30").kvm({ intent: { os: "debian-12" } }),
    "a release that rolls": (t) => t.on("2050-01-01").kvm({ intent: { os: "arch-linux" } }),
  },
  undetermined: {
    "a system whose end nobody knows": {
      plan: (t) => t.kvm({ intent: { os: "macos-15" } }),
      reason: "until when macOS 15",
    },
    "no operating system": (t) =>
      t.resource("libvirt_domain", "a", { name: "a", type: "kvm", provider: "libvirt.kvm1" }),
  },
});
