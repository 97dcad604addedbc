import { isLate } from "../../plan/late";
import { defineRule, qemuGuests } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

/** Names of tap devices that libvirt hands out itself. */
const OWN_TAP = /^(?:vnet|vif|macvtap|macvlan)\d+$/;

/** Some names are libvirt's to give. */
export const namesOfLibvirt = defineRule({
  code: "VIRT-PRV-012",
  slug: "names-of-libvirt",
  severity: "error",
  stage: "apply",
  title: "Names that libvirt gives itself must not be stated",
  why: WHY,
  fix: "Leave out the bridge of a network source; give a tap device a name of your own, and an alias the prefix ua-.",
  sources: [
    `${MEASURED}: source.network.bridge comes back as the network's bridge on a guest that runs and as null on one that is off; target.dev vnet5 as the next free number; alias nic0 as net0 on a guest that runs`,
    "tried with the provider: the network's own bridge, target.dev rctap1 and alias ua-nic0 are kept",
  ],
  needs: ["guest"],
  on: qemuGuests,
  *check(guest) {
    const { domain, interfaces } = guest;
    const running = domain.running === true;
    for (const [index, { alias, source, target }] of interfaces.entries()) {
      const at = `devices.interfaces[${index}]`;
      const bridge = source?.network?.bridge;
      if (bridge !== undefined && !isLate(source)) {
        yield readBack(
          guest,
          `${at}.source.network.bridge`,
          bridge,
          "as the bridge that the network has",
          "remove bridge: the network brings its own",
        );
      }
      const dev = target?.dev;
      if (running && dev !== undefined && !isLate(dev) && OWN_TAP.test(dev)) {
        const fix = "remove target, or use a name of another form";
        yield readBack(guest, `${at}.target.dev`, dev, "with the next free number", fix);
      }
      const name = alias?.name;
      if (running && name !== undefined && !isLate(name) && !name.startsWith("ua-")) {
        const fix = `call it "ua-${name}", or remove alias`;
        yield readBack(guest, `${at}.alias.name`, name, "as a name of libvirt", fix);
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm(onNetwork({ bridge: "virbr0" })),
    good: (plan) => plan.kvm(onNetwork({})),
  },
});

function onNetwork(source: Record<string, unknown>): Record<string, unknown> {
  return {
    devices: {
      interfaces: [{ source: { network: { network: "default", ...source } }, model: { type: "virtio" } }],
    },
  };
}
