import type { PlanGuest } from "../../plan/guest";
import { isChangedInPlace } from "../../plan/life-cycle";
import { defineRule, type Failure, fail, notApplicable, pass, xenGuests } from "../../rule";

/** libvirt's Xen driver refuses the flags with which the provider undefines a domain. */
export const xenGuestHasTeardown = defineRule({
  code: "VIRT-PRV-006",
  slug: "xen-guest-has-teardown",
  severity: "error",
  stage: "apply",
  title: "A Xen guest must be removed by virsh, and replaced rather than changed",
  why: "The provider undefines every domain with flags that libvirt's Xen driver does not know. A Xen domain can be made, but destroying it always fails, and a change switches the guest off, fails and leaves it off. A second resource with a provisioner removes the domain with virsh, before the provider is asked to, and the provider takes a domain that is gone for removed. The rule warns of domains that have no such resource, and refuses a plan that destroys or changes one.",
  fix: "Use XenPvGuest, XenPvhGuest or XenHvmGuest, which do this by themselves; or add a terraform_data resource whose input holds the domain's uuid, with a local-exec provisioner that runs virsh destroy and virsh undefine when it is destroyed, and name another one that stands for the configuration in the domain's lifecycle.replace_triggered_by.",
  sources: [
    "tried: provider 0.9.7, Terraform 1.11.4, Xen 4.17 with libvirt 9.0.0, destroy: unsupported flags (0x24) in function libxlDomainUndefineFlags; change: (0x48), and the guest stays off; with a revision and a teardown by virsh it is created, changed, planned empty and destroyed",
    "libvirt libxl_driver.c libxlDomainUndefineFlags",
  ],
  needs: ["guest", "plan"],
  on: xenGuests,
  check: (guest, plan) => {
    // Whom the user has told to rely on the provider has a version that can.
    if (guest.existing || guest.intent?.removedByVirsh === false) return notApplicable;
    const failure = failureOf(guest, plan.isRemovedByVirsh(guest));
    return failure ? fail(failure) : pass;
  },
  examples: {
    bad: (plan) => plan.xenPv({ lifeCycle: { actions: ["update"] } }),
    good: (plan) => plan.xenPv({ lifeCycle: { actions: ["delete", "create"] } }),
  },
});

function failureOf(guest: PlanGuest, removed: boolean): Failure | undefined {
  const { label, raw } = guest;
  const { lifeCycle = {} } = raw;
  const { replacedOnChange, actions = [] } = lifeCycle;
  if (isChangedInPlace(lifeCycle)) {
    return {
      at: "lifecycle.replaceTriggeredBy",
      message: `This plan changes the Xen guest "${label}" in place: the provider switches it off, fails and leaves it off.`,
      fix: "replace it (terraform apply -replace), once a resource beside it removes it with virsh",
    };
  }
  if (!removed && actions.includes("delete")) {
    return {
      at: "name",
      message: `This plan destroys the Xen guest "${label}", which the provider cannot: "unsupported flags (0x24) in function libxlDomainUndefineFlags".`,
      fix: "apply a resource that removes it with virsh first, or remove it by hand: virsh destroy and virsh undefine",
    };
  }
  if (!removed) {
    return {
      severity: "warning",
      at: "name",
      message: `Nothing removes the Xen guest "${label}" with virsh, and the provider cannot: its destruction will fail.`,
      fix: "use XenPvGuest, XenPvhGuest or XenHvmGuest, or add a terraform_data resource that refers to the domain, with a local-exec provisioner that undefines it with virsh when it is destroyed",
    };
  }
  if (replacedOnChange !== false) return undefined;
  return {
    severity: "warning",
    at: "lifecycle.replaceTriggeredBy",
    message: `A change of the Xen guest "${label}" will be made in place: the provider switches it off, fails and leaves it off.`,
    fix: 'leave onChange at "replace", or name in lifecycle.replace_triggered_by a terraform_data resource whose triggers_replace hold the configuration',
  };
}
