import { isArm } from "../../plan/arch";
import { known } from "../../plan/late";
import { defineRule, fail, needsFacts, type Outcome, pass, xenGuests } from "../../rule";
import { migratable } from "./destinations";

/** Saving and restoring a guest was never written for ARM, and moving one is both. */
export const xenOnArmStays = defineRule({
  code: "VIRT-MIG-009",
  slug: "xen-on-arm-stays",
  severity: "error",
  stage: "runtime",
  title: "A Xen guest on ARM does not move while it runs",
  why: "Xen cannot save the state of a guest on ARM, so that it can neither be suspended to disk nor moved. libvirt refuses both.",
  fix: "Take back migratable and migratesTo, and switch the guest off to move it; or run it on x86.",
  sources: [
    "Xen SUPPORT.md: save, restore and migration are x86's",
    "tried: Xen 4.17 on ARM, libvirt 9.0.0: virsh migrate and virsh save: this function is not supported by the connection driver; xl save: command not implemented. virsh managedsave fails and leaves a file by which the domain cannot be undefined",
  ],
  needs: ["guest"],
  on: migratable(xenGuests),
  check: ({ host, arch, label }): Outcome => {
    const runsOn = known(host.arch ?? arch);
    if (runsOn === undefined) return needsFacts(host);
    if (!isArm(runsOn)) return pass;
    return fail({
      at: "migratable",
      message: `"${label}" must stay migratable, and runs on Xen on ARM (${runsOn}), which cannot save a guest's state.`,
      fix: "take back migratable and migratesTo",
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .xenHost("arm1", { facts: ofArm })
        .xenPv({ os: { type_arch: "aarch64" }, intent: { migratable: true } }),
    good: (plan) => plan.xenPv({ intent: { migratable: true } }),
  },
  alsoFails: ["VIRT-XEN-064"],
});

const ofArm = {
  arch: "aarch64",
  guests: [{ osType: "xen", arch: "aarch64", domainTypes: ["xen"], machines: [{ name: "xenpv" }] }],
};
