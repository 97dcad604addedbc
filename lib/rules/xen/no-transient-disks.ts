import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, undetermined, xenGuests } from "../../rule";

/** A disk that forgets what was written needs an overlay, which nobody makes on Xen. */
export const noTransientDisks = defineRule({
  code: "VIRT-XEN-061",
  slug: "no-transient-disks",
  severity: "error",
  stage: "start",
  title: "A Xen guest's disks are not transient",
  why: "Under KVM libvirt lets a transient disk write to an overlay that is removed with the guest. Its Xen driver has no such thing, and refuses to start the guest.",
  fix: "Remove transient; give the guest an overlay of its own (qemu-img create -b), and remove that with it.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDisk",
    "tried: Xen 4.17, libvirt 9.0.0, HVM: start refused, libxenlight does not support transient disks",
  ],
  needs: ["guest"],
  on: having(xenGuests, "devices.disks[].transient"),
  *check(guest): Generator<Outcome> {
    for (const [index, { transient, target }] of guest.disks.entries()) {
      if (transient === undefined) continue;
      if (isLate(transient)) {
        yield undetermined("whether a disk is transient is known only at apply");
        continue;
      }
      yield fail({
        at: `devices.disks[${index}].transient`,
        message: `disk ${target?.dev ?? index} of "${guest.label}" is transient, which no disk of a Xen guest can be.`,
        fix: `remove devices.disks[${index}].transient, and let an overlay that is removed with the guest take what it writes`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.xenPv({ devices: { disks: [{ ...disk, transient: {} }] } }),
    good: (plan) => plan.xenPv({ devices: { disks: [disk] } }),
  },
});

const disk = {
  source: { file: { file: "/var/lib/libvirt/images/root.img" } },
  target: { dev: "xvda", bus: "xen" },
  driver: { name: "qemu", type: "raw" },
};
