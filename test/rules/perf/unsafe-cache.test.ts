import { unsafeCache } from "../../../lib/rules/perf/unsafe-cache";
import { RuleTester } from "../../../lib/testing";

const disk = (cache: string | undefined, more: Record<string, unknown> = {}) => ({
  name: "a",
  devices: {
    disks: [{ source: { file: { file: "/srv/a.img" } }, target: { dev: "vda" }, driver: { cache }, ...more }],
  },
});

RuleTester.run(unsafeCache, {
  fails: {
    "a disk that is written": {
      plan: (t) => t.kvm(disk("unsafe")),
      message: 'Disk vda of "a" has cache mode unsafe',
      fix: 'set cache to "none"',
      at: "devices.disks[0].driver.cache",
    },
    "an emulated guest": (t) => t.tcg(disk("unsafe")),
  },
  passes: {
    "other modes": (t) => t.kvm(disk("none")).kvm(disk("writeback")).kvm(disk(undefined)),
    "what is not written": (t) =>
      t.kvm(disk("unsafe", { read_only: true })).kvm(disk("unsafe", { device: "cdrom" })),
    "what is not kept": (t) => t.kvm(disk("unsafe", { transient: {} })),
    "a Xen guest, whose driver ignores it": (t) => t.xenPv(disk("unsafe")),
  },
  undetermined: { "a late mode": (t) => t.kvm(disk("${var.cache}")) },
});
