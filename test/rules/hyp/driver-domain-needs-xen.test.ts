import { driverDomainNeedsXen } from "../../../lib/rules/hyp/driver-domain-needs-xen";
import { RuleTester } from "../../../lib/testing";

const disk = (backend_domain: unknown) => ({
  devices: {
    disks: [
      {
        source: { file: { file: "/srv/a.img" } },
        target: { dev: "vda", bus: "virtio" },
        driver: { name: "qemu", type: "raw" },
        backend_domain,
      },
    ],
  },
});

RuleTester.run(driverDomainNeedsXen, {
  fails: {
    "a disk": {
      plan: (t) => t.kvm({ name: "web", ...disk({ name: "storage" }) }),
      severity: "error",
      message: '"web" would not be served by "storage", but by the host: only Xen has driver domains.',
      fix: "remove backendDomain, and name a path of the host",
      at: "devices.disks[0].backendDomain",
      places: ["web"],
    },
    "an emulated guest": (t) => t.kvm({ type: "qemu", ...disk({ name: "storage" }) }),
    "a late name": (t) => t.kvm(disk({ name: "${var.storage}" })),
  },
  passes: {
    "no driver domain": (t) => t.kvm(disk(null)),
    "a Xen guest": (t) => t.xenPv(disk({ name: "storage" })),
  },
  undetermined: {
    "a late driver domain": {
      plan: (t) => t.kvm(disk("${var.storage}")),
      reason: "a driver domain is known only at apply",
    },
  },
});
