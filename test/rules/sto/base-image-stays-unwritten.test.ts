import { baseImageStaysUnwritten } from "../../../lib/rules/sto/base-image-stays-unwritten";
import { RuleTester } from "../../../lib/testing";
import { file, guest, READ_ONLY, SHAREABLE, volume } from "./images";

const overlay = (path: string) => ({ backing_store: { path, format: { type: "qcow2" } } });
const BASE = "${libvirt_volume.golden.path}";

RuleTester.run(baseImageStaysUnwritten, {
  fails: {
    "a base that a guest writes beside a guest on an overlay": {
      plan: (t) =>
        t
          .volume("golden")
          .volume("web", overlay(BASE))
          .kvm(guest("template", file("/srv/other.img"), volume("golden.qcow2")))
          .kvm(guest("web", volume("web.qcow2"))),
      message:
        '"template" can write to golden.qcow2, the base of web.qcow2: QEMU refuses to run it beside "web".',
      fix: 'give "template" an overlay on golden.qcow2 of its own, or attach golden.qcow2 read-only',
      severity: "error",
      at: "devices.disks[1].source",
      places: ["template", "web.qcow2", "web"],
    },
    "a base by its path, of two overlays": {
      plan: (t) =>
        t
          .pool("fast", { target: { path: "/srv/fast" } })
          .volume("golden", { pool: "fast" })
          .volume("one", overlay("/srv/fast/golden.qcow2"))
          .volume("two", overlay(BASE))
          .kvm(guest("template", file(BASE)))
          .kvm(guest("one", volume("one.qcow2")))
          .kvm(guest("two", volume("two.qcow2"))),
      message: 'the base of one.qcow2, two.qcow2: QEMU refuses to run it beside "one" and "two"',
    },
    "a base that the plan does not make": (t) =>
      t
        .volume("web", overlay("/srv/golden.img"))
        .kvm(guest("template", file("/srv/golden.img")))
        .kvm(guest("web", volume("web.qcow2"))),
    "a base that says shareable": (t) =>
      t
        .volume("golden")
        .volume("web", overlay(BASE))
        .kvm(guest("template", volume("golden.qcow2", SHAREABLE)))
        .kvm(guest("web", volume("web.qcow2"))),
    "base and overlay in one guest": {
      plan: (t) =>
        t
          .volume("golden")
          .volume("web", overlay(BASE))
          .kvm(guest("web", volume("golden.qcow2"), volume("web.qcow2"))),
      places: ["web", "web.qcow2"],
    },
    "a base of several instances and an overlay of no guest, as a warning": {
      plan: (t) =>
        t
          .volume("golden")
          .volume("web", overlay(BASE))
          .kvm({ ...guest("template", volume("golden.qcow2")), count: 2 }),
      severity: "warning",
    },
    "an overlay of a guest on another host, as a warning": {
      plan: (t) =>
        t
          .kvmHost("h1")
          .kvmHost("h2")
          .volume("golden", {}, "h1")
          .volume("web", overlay(BASE), "h1")
          .kvm({ ...guest("template", volume("golden.qcow2")), host: "h1" })
          .kvm({ ...guest("web", file("${libvirt_volume.web.path}")), host: "h2" }),
      severity: "warning",
      places: ["template", "web.qcow2"],
    },
    "an overlay of no guest, as a warning": {
      plan: (t) =>
        t
          .volume("golden")
          .volume("web", overlay(BASE))
          .kvm(guest("template", volume("golden.qcow2"))),
      severity: "warning",
      message: "the base of web.qcow2, which is destroyed as soon as it does.",
      places: ["template", "web.qcow2"],
    },
    "a base whose guest is switched off, as a warning": {
      plan: (t) =>
        t
          .volume("golden")
          .volume("web", overlay(BASE))
          .kvm({ ...guest("template", volume("golden.qcow2")), running: false })
          .kvm(guest("web", volume("web.qcow2"))),
      severity: "warning",
    },
    "Xen guests, which have no lock, as a warning": {
      plan: (t) =>
        t
          .xenHost("x1")
          .volume("golden")
          .volume("web", overlay(BASE))
          .xenPv(guest("template", file(BASE)))
          .xenPv(guest("web", file("${libvirt_volume.web.path}"))),
      severity: "warning",
    },
    "a guest with the base twice, once": (t) =>
      t
        .volume("golden")
        .volume("web", overlay(BASE))
        .kvm(guest("template", volume("golden.qcow2"), volume("golden.qcow2")))
        .kvm(guest("web", volume("web.qcow2"))),
  },
  passes: {
    "a base that is no disk": (t) =>
      t
        .volume("golden")
        .volume("web", overlay(BASE))
        .kvm(guest("web", volume("web.qcow2"))),
    "a base that a guest reads": (t) =>
      t
        .volume("golden")
        .volume("web", overlay(BASE))
        .kvm(guest("template", volume("golden.qcow2", READ_ONLY)))
        .kvm(guest("web", volume("web.qcow2"))),
    "a base on another host": (t) =>
      t
        .kvmHost("h1")
        .kvmHost("h2")
        .volume("web", overlay("/srv/golden.img"), "h1")
        .kvm({ ...guest("template", file("/srv/golden.img")), host: "h2" }),
    "a disk that is read, known only at apply": (t) =>
      t
        .volume("golden")
        .volume("web", overlay(BASE))
        .kvm(guest("web", file("${var.image}", READ_ONLY))),
    "a disk known only at apply where nothing has a base": (t) =>
      t.volume("golden").kvm(guest("web", file("${var.image}"))),
    "volumes without a base": (t) => t.volume("golden").kvm(guest("web", volume("golden.qcow2"))),
    "a guest without disks": (t) => t.volume("web", overlay("/srv/x")).kvm({ devices: { disks: null } }),
  },
  undetermined: {
    "one disk of several known only at apply": (t) =>
      t
        .volume("golden")
        .volume("web", overlay(BASE))
        .kvm(guest("web", volume("web.qcow2"), file("${var.image}"))),
    "a base known only at apply": {
      plan: (t) => t.volume("web", overlay("${var.base}")).kvm(guest("web", volume("web.qcow2"))),
      reason: "a disk or the base of a volume is known only at apply",
    },
    "a disk known only at apply": (t) =>
      t
        .volume("golden")
        .volume("web", overlay(BASE))
        .kvm(guest("web", file("${var.image}"))),
  },
});
