import type { PlanExample } from "../../../lib/plan/example";
import { seedStaysWithGuest } from "../../../lib/rules/prv/seed-stays-with-guest";
import { RuleTester } from "../../../lib/testing";

const ISO = "${libvirt_cloudinit_disk.iso.path}";
const seed = (t: PlanExample, lifecycle: unknown, url = ISO) =>
  t
    .resource("libvirt_cloudinit_disk", "iso", { name: "iso", user_data: "", meta_data: "" })
    .volume("seed", { capacity: null, target: null, create: { content: { url } }, lifecycle });

RuleTester.run(seedStaysWithGuest, {
  fails: {
    "a volume that follows its ISO": {
      plan: (t) => seed(t, {}),
      message: /^Volume "seed.qcow2" is made of libvirt_cloudinit_disk\.iso, which is made anew/,
      fix: 'set lifecycle.ignore_changes to ["create"]',
      at: "create.content.url",
      severity: "warning",
      places: ["seed.qcow2", "iso"],
    },
    "a volume that ignores something else": {
      plan: (t) => seed(t, { ignore_changes: ["permissions"] }),
      message: /which is made anew/,
    },
  },
  passes: {
    "a volume that ignores what it is made of": (t) => seed(t, { ignore_changes: ["create"] }),
    "a volume that ignores everything": (t) => seed(t, { ignore_changes: "all" }),
    "a plan that does not tell": (t) => seed(t, null),
    "a volume of another image": (t) => seed(t, {}, "/srv/seed.iso"),
    "a late image": (t) => seed(t, {}, "${var.image}"),
    "a volume that is made empty": (t) => t.volume("data", { lifecycle: {} }),
  },
});
