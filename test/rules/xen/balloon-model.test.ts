import { balloonModel } from "../../../lib/rules/xen/balloon-model";
import { RuleTester } from "../../../lib/testing";

const balloon = (model: string) => ({ devices: { mem_balloon: { model } } });

RuleTester.run(balloonModel, {
  fails: {
    "a virtio balloon": {
      plan: (t) => t.xenHvm({ name: "a", ...balloon("virtio") }),
      severity: "error",
      message: '"a" asks for a memory balloon of model virtio; Xen has model xen only.',
      fix: 'remove devices.memBalloon, or set its model to "xen"',
      at: "devices.memBalloon.model",
      places: ["a"],
    },
    "a balloon that is switched off": {
      plan: (t) => t.xenPv({ name: "a", ...balloon("none") }),
      message: '"a" switches its memory balloon off, which a Xen guest cannot.',
    },
    "on PVH": (t) => t.xenPvh(balloon("virtio-transitional")),
  },
  passes: {
    "model xen": (t) => t.xenHvm(balloon("xen")),
    "no balloon device": (t) => t.xenPv(),
    "virtio and none on KVM": (t) => t.kvm(balloon("virtio")).kvm(balloon("none")),
  },
  undetermined: {
    "a late model": {
      plan: (t) => t.xenPv(balloon("${var.model}")),
      reason: "the model of the memory balloon is known only at apply",
    },
    "a late balloon": (t) => t.xenPv({ devices: { mem_balloon: "${var.balloon}" } }),
  },
});
