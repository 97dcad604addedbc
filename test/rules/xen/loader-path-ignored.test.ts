import { loaderPathIgnored } from "../../../lib/rules/xen/loader-path-ignored";
import { RuleTester } from "../../../lib/testing";

const loader = (path: string, type?: string) => ({ os: { loader: path, loader_type: type } });
const offer = {
  virtType: "xen",
  arch: "x86_64",
  machine: "xenfv",
  loaders: ["/usr/share/qemu/ovmf-xen.bin"],
  cpuModes: {},
  cpuModels: [],
  devices: {},
  features: {},
};

RuleTester.run(loaderPathIgnored, {
  fails: {
    "a BIOS of one's own": {
      plan: (t) => t.xenHvm({ name: "a", ...loader("/opt/seabios.bin", "rom") }),
      severity: "warning",
      message:
        'HVM guest "a" names the loader /opt/seabios.bin: Xen would start its own hvmloader with SeaBIOS instead.',
      fix: /^remove os\.loader$/,
      at: "os.loader",
      places: ["a"],
    },
    "a UEFI image": {
      plan: (t) => t.xenHvm(loader("/usr/share/OVMF/OVMF_CODE.fd", "pflash")),
      message: "the OVMF that it was built with, if the host has it, instead",
      fix: 'remove os.loader and set os.firmware to "efi"',
    },
    "one that the host does not list": (t) =>
      t
        .xenHost("x", { facts: { domainCapabilities: [offer] } })
        .xenHvm(loader("/usr/share/qemu/other.bin", "pflash")),
  },
  passes: {
    "Xen's own images": (t) =>
      t
        .xenHvm(loader("/usr/lib/xen/boot/hvmloader", "rom"))
        .xenHvm(loader("/usr/lib/xen/boot/ovmf.bin", "pflash"))
        .xenHvm(loader("/usr/share/ovmf/OVMF.fd", "pflash"))
        .xenHvm(loader("hvmloader")),
    "an image that the host lists": (t) =>
      t
        .xenHost("x", { facts: { domainCapabilities: [offer] } })
        .xenHvm(loader("/usr/share/qemu/ovmf-xen.bin", "pflash")),
    "no loader": (t) => t.xenHvm().xenHvm({ os: { firmware: "efi" } }),
    "PV and PVH guests, of which another rule speaks": (t) => t.xenPv(loader("/x")).xenPvh(loader("/x")),
    "a KVM guest": (t) => t.kvm(loader("/x", "pflash")),
  },
  undetermined: {
    "a late path": {
      plan: (t) => t.xenHvm(loader("${var.loader}")),
      reason: "the guest's loader is known only at apply",
    },
    "a late kind of guest": {
      plan: (t) => t.xenHvm({ os: { type: "${var.type}", loader: "/x" } }),
      reason: "the guest's type is known only at apply",
    },
  },
});
