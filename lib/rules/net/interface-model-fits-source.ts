import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { nicLabel, sourceKind } from "./interface-source";

/** A backend that speaks virtio has no other device to offer. */
export const interfaceModelFitsSource = defineRule({
  code: "VIRT-NET-010",
  slug: "interface-model-fits-source",
  severity: "error",
  stage: "define",
  title: "A vhost-user or vDPA interface must be of model virtio",
  why: "The process or device behind such an interface reads the virtio rings of the guest itself. libvirt refuses vhost-user without a model or with one that is not virtio, and vDPA with any but virtio.",
  fix: "Set the model of the interface to virtio.",
  sources: [
    "libvirt domain_validate.c virDomainNetDefValidate, qemu_validate.c qemuValidateDomainDeviceDefNetwork",
    "tried: libvirt 9.0.0 refuses vhostuser with e1000 and without model (requires the virtio-net* frontend) and vdpa with e1000 and virtio-non-transitional; it takes vhostuser with virtio-transitional and vdpa without model",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.interfaces[].source.vhostUser", "devices.interfaces[].source.vdpa"),
  *check(guest) {
    for (const [index, nic] of guest.interfaces.entries()) {
      const kind = sourceKind(nic);
      const model = nic.model?.type;
      if (kind !== "vhostUser" && kind !== "vdpa") yield notApplicable;
      else if (isLate(model)) yield undetermined("the model of an interface is known only at apply");
      else if (kind === "vdpa" ? model === undefined || model === "virtio" : model?.startsWith("virtio")) {
        yield pass;
      } else {
        yield fail({
          at: `devices.interfaces[${index}].model`,
          message: `The ${nicLabel(index)} of "${guest.label}" is ${kind === "vdpa" ? "vDPA" : "vhost-user"} ${
            model === undefined ? "without a model" : `of model ${model}`
          }; it must be virtio.`,
          fix: 'set model.type to "virtio"',
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { interfaces: [vdpa("e1000e")] } }),
    good: (plan) => plan.kvm({ devices: { interfaces: [vdpa("virtio")] } }),
  },
});

function vdpa(model: string): Record<string, unknown> {
  return { source: { vdpa: { device: "/dev/vhost-vdpa-0" } }, model: { type: model } };
}
