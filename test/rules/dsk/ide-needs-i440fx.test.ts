import { ideNeedsI440fx } from "../../../lib/rules/dsk/ide-needs-i440fx";
import { RuleTester } from "../../../lib/testing";
import { disk, withDisks } from "./disk";

const ide = (dev: string) => disk(dev, { target: { dev, bus: "ide" } });
const on = (machine: string | null, arch: string | null, ...disks: ReturnType<typeof disk>[]) => ({
  ...withDisks(...disks),
  os: { type_machine: machine, type_arch: arch },
});
const controllers = (machine: string, ...list: object[]) => ({
  name: "web",
  os: { type_machine: machine },
  devices: { disks: [], controllers: list },
});

RuleTester.run(ideNeedsI440fx, {
  fails: {
    "an IDE disk on q35": {
      plan: (t) => t.kvm(on("q35", "x86_64", disk("sda"), ide("hda"))),
      message: 'Disk hda of "web" is on IDE, but machine q35 has no IDE controller.',
      fix: 'use bus "sata" with target sdb or "virtio" with vda, or machine "pc"',
      severity: "error",
      at: "devices.disks[1].target.bus",
      places: ["web"],
    },
    "a disk on q35 whose target alone says IDE": {
      plan: (t) => t.kvm(on("pc-q35-7.2", "x86_64", disk("hdb"))),
      message: "machine pc-q35-7.2",
      at: "devices.disks[0].target.dev",
    },
    "an IDE disk on ARM virt": (t) => t.kvm(on("virt", "aarch64", ide("hda"))),
    "an IDE disk on pseries": (t) => t.kvm(on("pseries-7.2", "ppc64le", ide("hda"))),
    "an IDE disk on s390": (t) => t.kvm(on("s390-ccw-virtio", "s390x", ide("hda"))),
    "an IDE disk on microvm": (t) => t.kvm(on("microvm", "x86_64", ide("hda"))),
    "an IDE disk on the default machine of ARM": {
      plan: (t) => t.tcg(on(null, "aarch64", ide("hda"))),
      message: "machine of aarch64 by default has no IDE controller",
    },
    "the fifth device on pc": {
      plan: (t) => t.kvm(on("pc", "x86_64", ide("hdd"), ide("hde"))),
      message: 'Disk hde of "web" would be IDE device 5, but the only IDE controller takes 4: hda to hdd.',
      fix: "hda to hdd",
      at: "devices.disks[1].target.dev",
    },
    "the fifth place under another prefix": {
      plan: (t) => t.kvm(on("pc-i440fx-7.2", "x86_64", ide("sde"))),
      message: "IDE device 5",
    },
    "the fifth device on the default machine of x86": (t) => t.kvm(on(null, "x86_64", ide("hde"))),
    "the fifth device on malta": (t) => t.tcg(on("malta", "mips", ide("hde"))),
    "an IDE controller on q35": {
      plan: (t) => t.kvm(controllers("q35", { type: "sata" }, { type: "ide", index: 0 })),
      message: '"web" has an IDE controller, but machine q35 takes none.',
      fix: "remove the controller",
      at: "devices.controllers[1]",
    },
    "two IDE controllers on pc": {
      plan: (t) => t.kvm(controllers("pc", { type: "ide", index: 0 }, { type: "ide", index: 1 })),
      message: '"web" has a second IDE controller, but machine pc has one and takes no other.',
      at: "devices.controllers[1]",
    },
    "two IDE controllers without index on pc": (t) =>
      t.kvm(controllers("pc", { type: "ide" }, { type: "ide" })),
    "a single IDE controller of index 1 on pc": {
      plan: (t) => t.kvm(controllers("pc", { type: "ide", index: 1 })),
      at: "devices.controllers[0]",
    },
    "a disk and a controller, each on its own": {
      plan: (t) =>
        t.kvm({
          os: { type_machine: "q35" },
          devices: { disks: [ide("hda")], controllers: [{ type: "ide", index: 0 }] },
        }),
      count: 2,
    },
  },
  passes: {
    "four IDE devices on pc": (t) =>
      t.kvm(on("pc", "x86_64", ide("hda"), ide("hdb"), ide("hdc"), ide("hdd"))),
    "IDE on the default machine of x86": (t) => t.kvm(on(null, "x86_64", ide("hda"))),
    "IDE on the default machine of i686": (t) => t.tcg(on(null, "i686", ide("hda"))),
    "IDE on old versions of pc": (t) =>
      t.kvm(on("pc-0.14", "x86_64", ide("hda"))).kvm(on("pc-1.3", "x86_64", ide("hda"))),
    "IDE on RHEL's own version of pc": (t) => t.kvm(on("rhel6.6.0", "x86_64", ide("hda"))),
    "IDE on the Power Mac and the Sun": (t) =>
      t.tcg(on("g3beige", "ppc", ide("hda"))).tcg(on("sun4u", "sparc64", ide("hda"))),
    "IDE on the default machines of sparc64, MIPS and 32-bit PowerPC": (t) => {
      for (const arch of ["sparc64", "mips", "mipsel", "mips64", "mips64el", "ppc"]) {
        t.tcg(on(null, arch, ide("hda")));
      }
    },
    "IDE on malta": (t) => t.tcg(on("malta", "mips", ide("hda"))),
    "an IDE disk without a target on pc: that is another rule's": (t) =>
      t.kvm(on("pc", "x86_64", disk("hda", { target: { bus: "ide" } }))),
    "no IDE on q35": (t) => t.kvm(on("q35", "x86_64", disk("sda"), disk("vde"))),
    "one IDE controller on pc": (t) => t.kvm(controllers("pc", { type: "ide", index: 0 })),
    "one IDE controller without index on pc": (t) => t.kvm(controllers("pc", { type: "ide" })),
    "a bus known only at apply on pc": (t) =>
      t.kvm(on("pc", "x86_64", disk("sda", { target: { dev: "sda", bus: "${var.bus}" } }))),
    "a controller of another kind on q35": (t) => t.kvm(controllers("q35", { type: "scsi", index: 1 })),
    "a machine known only at apply without IDE": (t) => t.kvm(on("${var.machine}", "x86_64", disk("vda"))),
    "a Xen guest": (t) => t.xenHvm(withDisks(ide("hde"))),
  },
  undetermined: {
    "an IDE disk on a machine known only at apply": {
      plan: (t) => t.kvm(on("${var.machine}", "x86_64", ide("hda"))),
      reason: "the machine of a guest with IDE disks",
    },
    "an IDE disk on a default machine of an unknown architecture": (t) =>
      t.kvmHost("h1", { facts: null }).kvm(on(null, null, ide("hda"))),
    "an IDE disk on a default machine of a late architecture": (t) =>
      t.kvm(on(null, "${var.arch}", ide("hda"))),
    "a bus known only at apply on q35": {
      plan: (t) => t.kvm(on("q35", "x86_64", disk("sda", { target: { dev: "sda", bus: "${var.bus}" } }))),
      reason: "the bus of a disk is known only at apply",
    },
    "a bus known only at apply on a machine known only at apply": (t) =>
      t.kvm(on("${var.machine}", "x86_64", disk("sda", { target: { dev: "sda", bus: "${var.bus}" } }))),
    "an IDE disk on pc whose target is known only at apply": {
      plan: (t) => t.kvm(on("pc", "x86_64", ide("${var.dev}"))),
      reason: "the target of an IDE disk",
    },
    "an IDE controller on a machine known only at apply": {
      plan: (t) => t.kvm(controllers("${var.machine}", { type: "ide" })),
      reason: "the machine of a guest with an IDE controller",
    },
    "an IDE controller of an index known only at apply beside one of another kind": (t) =>
      t.kvm(controllers("pc", { type: "ide", index: "${var.index}" }, { type: "scsi", index: 0 })),
    "an IDE controller of an index known only at apply on pc": {
      plan: (t) => t.kvm(controllers("pc", { type: "ide", index: "${var.index}" })),
      reason: "the index of an IDE controller",
    },
  },
});
