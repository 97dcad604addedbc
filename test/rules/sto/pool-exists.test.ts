import { join } from "node:path";
import { HostFacts } from "../../../lib/host-facts";
import { poolExists } from "../../../lib/rules/sto/pool-exists";
import { RuleTester } from "../../../lib/testing";
import { file, guest, volume } from "./images";

const captured = HostFacts.fromDirectory(join(__dirname, "../../data/host-facts/kvm-debian12"));

RuleTester.run(poolExists, {
  fails: {
    "a volume in a pool that is nowhere": {
      plan: (t) => t.kvmHost("h1").pool("slow").volume("root", { pool: "fast" }),
      severity: "error",
      message:
        'Pool "fast" of "root.qcow2" is neither made by this plan nor active on "h1" (there: slow, default).',
      fix: "make the pool in this plan on h1, or name one that is there",
      at: "pool",
      places: ["root.qcow2"],
    },
    "a disk in a pool that is nowhere": {
      plan: (t) => t.kvm(guest("web", file("/x"), volume("root", {}, "defualt"))),
      message: 'Pool "defualt" of "web"',
      fix: 'did you mean "default"?',
      at: "devices.disks[1].source.volume.pool",
    },
    "a captured host without pools": {
      plan: (t) => t.kvmHost("h1", { facts: captured }).volume("root"),
      message: 'nor active on "h1" (it has no active pool)',
    },
    "a pool that is defined and not active": {
      plan: (t) => t.kvmHost("h1", { facts: { pools: [{ name: "default", active: false }] } }).volume("root"),
      message: 'Pool "default" of "root.qcow2" is defined on "h1" but not active',
      fix: "virsh pool-start default, and virsh pool-autostart default",
    },
    "a pool on another host": {
      plan: (t) =>
        t.kvmHost("h1").kvmHost("h2").pool("fast", {}, "h2").volume("root", { pool: "fast" }, "h1"),
      message: 'Pool "fast" of "root.qcow2" is made on h2, but "root.qcow2" is on "h1".',
      places: ["root.qcow2", "fast"],
    },
  },
  passes: {
    "pools that the host has and that the plan makes": (t) =>
      t
        .pool("fast")
        .volume("a")
        .volume("b", { pool: "fast" })
        .kvm(guest("web", volume("b", {}, "fast"))),
    "a pool by reference": (t) =>
      t.pool("fast", { name: "${var.name}" }).volume("b", { pool: "${libvirt_pool.fast.name}" }),
    "disks that are no volumes": (t) =>
      t.kvmHost("h1", { facts: null }).kvm(guest("web", file("/srv/x.img"))),
    "a volume without a pool: that is another rule's": (t) => t.volume("root", { pool: null }),
  },
  undetermined: {
    "a host without facts": {
      plan: (t) => t.kvmHost("h1", { facts: null }).volume("root"),
      reason: 'needs facts of "h1"',
    },
    "a pool known only at apply": {
      plan: (t) => t.volume("root", { pool: "${var.pool}" }),
      reason: "which pool a resource uses is known only at apply",
    },
    "a name that a pool of the plan may turn out to have": {
      plan: (t) => t.kvmHost("h1").pool("fast", { name: "${var.name}" }).volume("root", { pool: "slow" }),
      reason: 'the name of a pool of "h1" is known only at apply',
    },
  },
});
