import { isLate } from "../../plan/late";
import { isChangedInPlace } from "../../plan/life-cycle";
import { defineRule, fail, notApplicable, pass, qemuGuests, undetermined } from "../../rule";

/** The provider plans the runtime id of a domain as unchanged, and the domain starts anew with another. */
export const runningGuestIsReplaced = defineRule({
  code: "VIRT-PRV-005",
  slug: "running-guest-is-replaced",
  severity: "error",
  stage: "apply",
  title: "A running guest must be replaced, not changed in place",
  why: "The provider changes a domain by switching it off, defining it anew and starting it, and then fails, because the id of the running domain is another than it had planned: a red pipeline for each change, though the change is made. Where libvirt refuses the new definition, the old one is gone by then. A resource that stands for the configuration, named in lifecycle.replace_triggered_by, makes Terraform replace the domain instead, which ends well; its volumes stay. The rule warns of domains that the first change will meet so, and refuses a plan that makes such a change.",
  fix: "Name in lifecycle.replace_triggered_by a terraform_data resource whose triggers_replace hold the configuration, as KvmGuest does by itself; or switch the guest off before it is changed.",
  sources: [
    "tried: provider 0.9.7, Terraform 1.11.4, libvirt 9.0.0, changes of memory, description, autostart and of the update block alone of a running domain: inconsistent result after apply, .id: was 91, but now 94; running false before and after, or from true to false, ends well; a domain with a revision in replace_triggered_by is created, changed, planned empty and destroyed",
    "provider 0.9.7 domain_resource.go: Update undefines before it defines",
  ],
  needs: ["guest"],
  on: qemuGuests,
  check: (guest) => {
    const { domain, intent, existing, label } = guest;
    const { lifeCycle = {} } = guest.raw;
    const { replacedOnChange, actions } = lifeCycle;
    const changes = isChangedInPlace(lifeCycle);
    const mayBe = replacedOnChange === false && intent?.changedInPlace !== true;
    if (existing || (!changes && !mayBe)) return replacedOnChange || actions ? pass : notApplicable;
    // A domain that is not asked to run stays off after a change.
    if (domain.running === undefined || domain.running === false) return pass;
    if (isLate(domain.running)) return undetermined("whether a guest runs is known only at apply");
    if (changes) {
      return fail({
        at: "running",
        message: `This plan changes "${label}" in place, which shall run afterwards: the provider switches it off, defines and starts it, and ends with an error.`,
        fix: "replace it (terraform apply -replace), or name a resource that stands for its configuration in lifecycle.replace_triggered_by",
      });
    }
    return fail({
      severity: "warning",
      at: "lifecycle.replaceTriggeredBy",
      message: `The first change of "${label}" will be made in place while it runs: the provider makes it and ends with an error.`,
      fix: "use KvmGuest, or name in lifecycle.replace_triggered_by a terraform_data resource whose triggers_replace hold the configuration",
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ lifeCycle: { actions: ["update"] } }),
    good: (plan) => plan.kvm({ lifeCycle: { actions: ["delete", "create"] } }),
  },
});
