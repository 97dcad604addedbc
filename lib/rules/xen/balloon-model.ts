import { isLate } from "../../plan/late";
import { defineRule, fail, notApplicable, pass, undetermined, xenGuests } from "../../rule";

/** Xen's balloon is part of the hypervisor's interface: no other device, and no guest without. */
export const balloonModel = defineRule({
  code: "VIRT-XEN-029",
  slug: "balloon-model",
  severity: "error",
  stage: "start",
  title: "A Xen guest's memory balloon is of model xen",
  why: "Xen moves memory between guests by itself. libvirt refuses to start a Xen guest with a virtio balloon, and one whose balloon is switched off.",
  fix: "Remove the balloon device, or set its model to xen.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDomBuildInfo",
    "tried: libvirt 9.0.0, Xen 4.17, start: unsupported balloon device model 'virtio'; model none: balloon device cannot be disabled",
  ],
  needs: ["guest"],
  on: xenGuests,
  check: ({ domain, label }) => {
    const model = domain.devices?.memBalloon?.model;
    if (model === undefined) return notApplicable;
    if (isLate(model)) return undetermined("the model of the memory balloon is known only at apply");
    if (model === "xen") return pass;
    return fail({
      at: "devices.memBalloon.model",
      message:
        model === "none"
          ? `"${label}" switches its memory balloon off, which a Xen guest cannot.`
          : `"${label}" asks for a memory balloon of model ${model}; Xen has model xen only.`,
      fix: 'remove devices.memBalloon, or set its model to "xen"',
    });
  },
  examples: {
    bad: (plan) => plan.xenHvm({ devices: { mem_balloon: { model: "virtio" } } }),
    good: (plan) => plan.xenHvm({ devices: { mem_balloon: { model: "xen" } } }),
  },
});
