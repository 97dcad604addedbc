import { GuestOs } from "../../../lib/guest-os";
import { macosNeedsApple } from "../../../lib/rules/gos/macos-needs-apple";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(macosNeedsApple, {
  fails: {
    "a macOS guest": {
      plan: (t) => t.kvm({ name: "a", intent: { os: "macos-15" } }),
      message: 'macOS 15 of "a": Apple allows virtual machines only on Apple hardware',
      at: "os",
    },
    "on Xen": (t) => t.xenHvm({ intent: { os: "macos-13" } }),
  },
  passes: {
    "other systems": (t) => t.kvm().kvm({ intent: { os: "windows-11" } }),
    "one without such a licence": (t) =>
      t.kvm({ intent: { os: GuestOs.of({ id: "darwin", name: "PureDarwin", family: "macos" }) } }),
  },
  undetermined: {
    "no operating system": (t) =>
      t.resource("libvirt_domain", "a", { name: "a", type: "kvm", provider: "libvirt.kvm1" }),
  },
});
