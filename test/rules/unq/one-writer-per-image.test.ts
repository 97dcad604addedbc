import { oneWriterPerImage } from "../../../lib/rules/unq/one-writer-per-image";
import { RuleTester } from "../../../lib/testing";
import { block, CDROM, file, guest, network, READ_ONLY, SHAREABLE, volume } from "../sto/images";

RuleTester.run(oneWriterPerImage, {
  fails: {
    "a file in two guests": {
      plan: (t) =>
        t.kvm(guest("a", file("/srv/own.img"), file("/srv/x.img"))).kvm(guest("b", file("/srv/x.img"))),
      message: 'Image /srv/x.img is a writable disk of "a" and "b", and only one can write to it.',
      fix: "an overlay on a common base",
      severity: "error",
      at: "devices.disks[1].source",
      places: ["a", "b"],
    },
    "a block device of one driver domain in two guests": (t) =>
      t
        .xenPv(guest("a", block("/dev/vg/x", { backend_domain: { name: "storage" } })))
        .xenPv(guest("b", block("/dev/vg/x", { backend_domain: { name: "storage" } }))),
    "a block device in two guests": (t) =>
      t.kvm(guest("a", block("/dev/vg/x"))).kvm(guest("b", block("/dev/vg/x"))),
    "a volume of the plan by pool and name, by reference and by path": {
      plan: (t) =>
        t
          .pool("fast", { target: { path: "/srv/fast/" } })
          .volume("root", { pool: "fast" })
          .kvm(guest("a", volume("root.qcow2", {}, "fast")))
          .kvm(guest("b", file("${libvirt_volume.root.path}")))
          .kvm(guest("c", file("/srv/fast/root.qcow2")))
          .kvm(guest("d", volume("${libvirt_volume.root.name}", {}, "${libvirt_pool.fast.name}"))),
      message: 'Image root.qcow2 is a writable disk of "a", "b", "c" and "d"',
      places: ["a", "b", "c", "d"],
    },
    "a volume of the plan whose name is known only at apply": {
      plan: (t) =>
        t
          .volume("root", { name: "${var.name}" })
          .kvm(guest("a", volume("${libvirt_volume.root.name}")))
          .kvm(guest("b", volume("${libvirt_volume.root.name}"))),
      message: "Image example/libvirt_volume.root is",
    },
    "a volume that the plan does not make, by name and by path": (t) =>
      t.kvm(guest("a", volume("x.img"))).kvm(guest("b", file("/var/lib/libvirt/images/x.img"))),
    "a volume of a pool of which nothing is known": (t) =>
      t.kvm(guest("a", volume("x.img", {}, "p"))).kvm(guest("b", volume("x.img", {}, "p"))),
    "an image that only one shares": (t) =>
      t.kvm(guest("a", file("/srv/x.img"))).kvm(guest("b", file("/srv/x.img", SHAREABLE))),
    "a writer and a reader": {
      plan: (t) => t.kvm(guest("a", file("/srv/x.img", READ_ONLY))).kvm(guest("b", file("/srv/x.img"))),
      message:
        'Image /srv/x.img is a writable disk of "b" and also a disk of "a", which would see it change.',
      places: ["a", "b"],
    },
    "a writer that shares and a reader that does not": (t) =>
      t.kvm(guest("a", file("/srv/x.img", SHAREABLE))).kvm(guest("b", file("/srv/x.img", READ_ONLY))),
    "a writer and a CD-ROM": (t) =>
      t.kvm(guest("a", file("/srv/x.img"))).kvm(guest("b", file("/srv/x.img", CDROM))),
    "an image twice in one guest": {
      plan: (t) => t.kvm(guest("a", file("/srv/x.img"), file("/srv/x.img"))),
      message: 'is a writable disk of "a" 2 times',
      fix: "remove all but one of its disks",
      places: ["a"],
    },
    "instances of one guest": {
      plan: (t) => t.kvm({ ...guest("a", file("/srv/x.img")), count: 3 }),
      message: 'is a writable disk of 3 instances of "a"',
      fix: "give each instance a volume of its own",
    },
    "instances of one guest on a volume of the plan": (t) =>
      t.volume("root").kvm({ ...guest("a", volume("root.qcow2")), count: 2 }),
    "an instance of a volume, by its number and by the instance's": (t) =>
      t
        .volume("root", { name: "root-${count.index}", count: 2 })
        .kvm({ ...guest("a", volume("${libvirt_volume.root[count.index].name}")), count: 2 })
        .kvm(guest("b", file("${libvirt_volume.root[1].path}"))),
    "an instance of a volume by its key": (t) =>
      t
        .volume("root", { name: "root-${each.key}", for_each: { x: {}, y: {} } })
        .kvm({ ...guest("a", file("${libvirt_volume.root[each.key].path}")), for_each: { x: {} } })
        .kvm(guest("b", file('${libvirt_volume.root["x"].path}'))),
    "an instance's file and another guest's": {
      plan: (t) =>
        t
          .kvm({ ...guest("a", file("/srv/${count.index}.img")), count: 2 })
          .kvm(guest("b", file("/srv/1.img"))),
      message: 'is a writable disk of "a" and "b"',
      fix: "give each guest an image of its own",
    },
    "an instance's volume, made under a name of its own": (t) =>
      t
        .volume("one", { name: "web-1" })
        .kvm({ ...guest("a", volume("web-${count.index}")), count: 2 })
        .kvm(guest("b", volume("${libvirt_volume.one.name}"))),
    "an instance's volume in a pool of which nothing is known": (t) =>
      t
        .volume("one", { name: "web-1", pool: "far" })
        .kvm({ ...guest("a", volume("web-${count.index}", {}, "far")), count: 2 })
        .kvm(guest("b", file("${libvirt_volume.one.path}"))),
    "an image on the network, from two hosts": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvmHost("h2")
          .kvm({ ...guest("a", network("rbd", "vms/x")), host: "h1" })
          .kvm({ ...guest("b", network("rbd", "vms/x")), host: "h2" }),
      message: 'Image vms/x is a writable disk of "a" and "b"',
    },
    "an image on the network by a socket": (t) =>
      t
        .kvm(guest("a", network("nbd", "x", {}, { hosts: [{ transport: "unix", socket: "/run/nbd" }] })))
        .kvm(guest("b", network("nbd", "x", {}, { hosts: [{ transport: "unix", socket: "/run/nbd" }] }))),
    "two Xen guests": (t) => t.xenPv(guest("a", file("/srv/x.img"))).xenHvm(guest("b", file("/srv/x.img"))),
    "a disk thrown away at shutdown that is not shared": (t) =>
      t
        .kvm(guest("a", file("/srv/x.img", { transient: {} })))
        .kvm(guest("b", file("/srv/x.img", { transient: {} }))),
    "a Xen writer and a reader, whom nothing stops, as a warning": {
      plan: (t) => t.xenPv(guest("a", file("/srv/x.img"))).xenPv(guest("b", file("/srv/x.img", READ_ONLY))),
      severity: "warning",
    },
    "a writer and a reader on the network, as a warning": {
      plan: (t) => t.kvm(guest("a", network("rbd", "x"))).kvm(guest("b", network("rbd", "x", READ_ONLY))),
      severity: "warning",
    },
    "guests of which all but one are switched off, as a warning": {
      plan: (t) =>
        t.kvm(guest("a", file("/srv/x.img"))).kvm({ ...guest("b", file("/srv/x.img")), running: false }),
      severity: "warning",
      message: "and only one can write to it: they cannot run at the same time.",
    },
  },
  passes: {
    "one path in two driver domains": (t) =>
      t
        .xenPv(guest("a", block("/dev/vg/x", { backend_domain: { name: "storage1" } })))
        .xenPv(guest("b", block("/dev/vg/x", { backend_domain: { name: "storage2" } })))
        .xenPv(guest("c", block("/dev/vg/x"))),
    "images of their own": (t) => t.kvm(guest("a", file("/srv/a.img"))).kvm(guest("b", file("/srv/b.img"))),
    "readers alone": (t) =>
      t
        .kvm(guest("a", file("/srv/x.iso", CDROM)))
        .kvm(guest("b", file("/srv/x.iso", CDROM), file("/srv/x.iso", READ_ONLY))),
    "guests that all share": (t) =>
      t.kvm(guest("a", file("/srv/x.img", SHAREABLE))).kvm(guest("b", file("/srv/x.img", SHAREABLE))),
    "a writer and a reader that both share": (t) =>
      t
        .kvm(guest("a", file("/srv/x.img", SHAREABLE)))
        .kvm(guest("b", file("/srv/x.img", { ...SHAREABLE, ...READ_ONLY }))),
    "disks thrown away at shutdown that share their backing": (t) =>
      t
        .kvm(guest("a", file("/srv/x.img", { transient: { share_backing: "yes" } })))
        .kvm(guest("b", file("/srv/x.img", { transient: { share_backing: "yes" } }))),
    "one path on two hosts": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2")
        .kvm({ ...guest("a", file("/srv/x.img")), host: "h1" })
        .kvm({ ...guest("b", file("/srv/x.img")), host: "h2" }),
    "one name in two pools": (t) =>
      t.kvm(guest("a", volume("x.img", {}, "p1"))).kvm(guest("b", volume("x.img", {}, "p2"))),
    "sockets that differ": (t) =>
      t
        .kvm(guest("a", network("nbd", "x", {}, { hosts: [{ socket: "/run/a" }] })))
        .kvm(guest("b", network("nbd", "x", {}, { hosts: [{ socket: "/run/b" }] }))),
    "images on the network that differ in one thing": (t) =>
      t
        .kvm(guest("a", network("rbd", "vms/x")))
        .kvm(guest("b", network("rbd", "vms/y")))
        .kvm(guest("c", network("gluster", "vms/x")))
        .kvm(guest("d", network("rbd", "vms/x", {}, { hosts: [{ name: "mon2", port: "6789" }] })))
        .kvm(guest("e", network("rbd", "vms/x", {}, { hosts: [{ name: "mon1", port: "3300" }] })))
        .kvm(guest("f", network("rbd", "vms/x", {}, { snapshot: { name: "s" } }))),
    "images that a web or file server gives out": (t) => {
      for (const protocol of ["http", "https", "ftp", "ftps", "tftp"]) {
        t.kvm(guest(`a-${protocol}`, network(protocol, "x.iso")));
        t.kvm(guest(`b-${protocol}`, network(protocol, "x.iso")));
      }
    },
    "instances with images of their own": (t) =>
      t.kvm({ ...guest("a", file("/srv/${count.index}.img")), count: 3 }),
    "instances with volumes of their own": (t) =>
      t
        .volume("root", { name: "root-${count.index}", count: 2 })
        .kvm({ ...guest("a", volume("${libvirt_volume.root[count.index].name}")), count: 2 }),
    "two instances of a volume": (t) =>
      t
        .volume("root", { name: "root-${count.index}", count: 2 })
        .kvm(guest("a", file("${libvirt_volume.root[0].path}")))
        .kvm(guest("b", file("${libvirt_volume.root[1].path}"))),
    "no instance of a second guest": (t) =>
      t.kvm(guest("a", file("/srv/x.img"))).kvm({ ...guest("b", file("/srv/x.img")), count: 0 }),
    "a single image known only at apply": (t) => t.kvm(guest("a", file("${var.image}"))),
    "a CD-ROM known only at apply": (t) =>
      t.kvm(guest("a", file("/srv/a.img"))).kvm(guest("b", file("${var.iso}", CDROM))),
    "empty drives and no disks": (t) =>
      t
        .kvm({ devices: { disks: [{ device: "cdrom", target: { dev: "sda" } }] } })
        .kvm({ devices: { disks: [{ device: "cdrom", target: { dev: "sda" } }] } })
        .kvm({ devices: { disks: null } }),
  },
  undetermined: {
    "an image known only at apply beside another": {
      plan: (t) => t.kvm(guest("a", file("/srv/x.img"))).kvm(guest("b", file("${var.image}"))),
      reason: "the image of a disk is known only at apply",
    },
    "a pool known only at apply": (t) =>
      t.kvm(guest("a", file("/srv/x.img"))).kvm(guest("b", volume("x.img", {}, "${var.pool}"))),
    "an image on the network known only at apply": (t) =>
      t.kvm(guest("a", network("rbd", "x"))).kvm(guest("b", network("rbd", "${var.x}"))),
    "a server known only at apply": (t) =>
      t
        .kvm(guest("a", network("rbd", "x")))
        .kvm(guest("b", network("rbd", "x", {}, { hosts: [{ name: "${var.m}" }] }))),
    "disks known only at apply": (t) =>
      t.kvm(guest("a", file("/srv/x.img"))).kvm({ name: "b", devices: { disks: "${var.disks}" } }),
    "instances in a number known only at apply": {
      plan: (t) => t.kvm({ ...guest("a", file("/srv/x.img")), count: "${var.n}" }),
      reason: "which guests run together is known only at apply",
    },
    "running known only at apply": (t) =>
      t.kvm(guest("a", file("/srv/x.img"))).kvm({ ...guest("b", file("/srv/x.img")), running: "${var.on}" }),
    "read-only known only at apply": (t) =>
      t.kvm(guest("a", file("/srv/x.img"))).kvm(guest("b", file("/srv/x.img", { read_only: "${var.ro}" }))),
    "shareable known only at apply": (t) =>
      t.kvm(guest("a", file("/srv/x.img"))).kvm(guest("b", file("/srv/x.img", { shareable: "${var.s}" }))),
    "a kind known only at apply": (t) =>
      t.kvm(guest("a", file("/srv/x.img"))).kvm(guest("b", file("/srv/x.img", { device: "${var.kind}" }))),
  },
});
