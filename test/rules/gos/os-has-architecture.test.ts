import { osHasArchitecture } from "../../../lib/rules/gos/os-has-architecture";
import { RuleTester } from "../../../lib/testing";

const guest = (os: string, type_arch: string) => ({ name: "a", intent: { os }, os: { type_arch } });

RuleTester.run(osHasArchitecture, {
  fails: {
    "another architecture": {
      plan: (t) => t.kvm(guest("windows-server-2022", "aarch64")),
      message: 'Windows Server 2022 does not exist for aarch64, the architecture of "a".',
      at: "os.typeArch",
    },
    "a 32-bit guest of a 64-bit system": (t) => t.kvm(guest("windows-server-2022", "i686")),
    "an emulated guest": (t) => t.tcg(guest("omnios", "s390x")),
  },
  passes: {
    "its architecture": (t) => t.kvm(guest("debian-12", "x86_64")).tcg(guest("debian-12", "s390x")),
  },
  undetermined: {
    "a system of which nobody knows": (t) => t.kvm(guest("linux", "x86_64")),
    "a late architecture": (t) => t.kvm(guest("debian-12", "${var.arch}")),
    "no operating system": (t) =>
      t.resource("libvirt_domain", "a", { name: "a", type: "kvm", provider: "libvirt.kvm1" }),
  },
});
