import type { PlanGuest } from "../../plan/guest";
import type { PlanHost } from "../../plan/host";
import { isLate, known } from "../../plan/late";
import { defineRule, fail, guests, needsFacts, type Outcome, pass, undetermined } from "../../rule";
import { isAtLeast } from "../versions";
import { destinationsOf, migratable, NO_DESTINATIONS } from "./destinations";

/** A running system cannot change the kind of CPU that it runs on. */
export const migrationSetIsAlike = defineRule({
  code: "VIRT-MIG-007",
  slug: "migration-set-is-alike",
  severity: "error",
  stage: "runtime",
  title:
    "A guest must move between hosts of one hypervisor and architecture, and should between CPUs of one vendor",
  why: "A live migration carries the state of the virtual machine, which another hypervisor or architecture cannot read. Between Intel and AMD a guest that sees its host's CPU is refused; one with a model that both have may move, which vendors do not support, and Xen has given up with 4.22.",
  fix: "Name hosts that are alike, or place the guest elsewhere.",
  sources: [
    "RHEL 6 Virtualization Host Configuration Guide, chapter 4: the same CPU vendor for migration",
    "Xen 4.22 changelog: migration between vendors removed",
  ],
  needs: ["plan", "host facts"],
  on: migratable(guests),
  check: (guest, plan): Outcome | Outcome[] => {
    const destinations = destinationsOf(plan, guest);
    if (!destinations) return undetermined(NO_DESTINATIONS);
    return destinations.map((destination) => outcomeOf(guest, destination));
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvmHost("arm1", { arch: "aarch64", facts: null })
        .kvm({ intent: { migratesTo: ["arm1"] } }),
    good: (plan) =>
      plan
        .kvmHost("kvm1", { facts: { cpu: { vendor: "Intel", features: ["vmx"] } } })
        .kvmHost("kvm2", { facts: { cpu: { vendor: "Intel", features: ["vmx"] } } })
        .kvm({ intent: { migratesTo: ["kvm2"] } }),
  },
  alsoFails: ["VIRT-FW-020"],
});

function outcomeOf(guest: PlanGuest, there: PlanHost): Outcome {
  const { host: here, label } = guest;
  const differ = (what: string, one: string, other: string, severity?: "warning") =>
    fail({
      severity,
      at: "provider",
      key: there.label,
      places: [guest, there],
      message: `"${label}" must be able to move from "${here.label}" to "${there.label}", but their ${what} differ: ${one} and ${other}.`,
      fix: `take ${there.label} out of migratesTo, or place "${label}" on a host that is like it`,
    });
  if (here.hypervisor && there.hypervisor && here.hypervisor !== there.hypervisor) {
    return differ("hypervisors", here.hypervisor, there.hypervisor);
  }
  if (here.arch === undefined) return needsFacts(here);
  if (there.arch === undefined) return needsFacts(there);
  if (here.arch !== there.arch) return differ("architectures", here.arch, there.arch);
  const [vendor, other] = [here.facts?.data.cpu?.vendor, there.facts?.data.cpu?.vendor];
  // Emulation does not depend on the host's CPU.
  if (guest.mode === "tcg") return pass;
  if (vendor === undefined) return needsFacts(here);
  if (other === undefined) return needsFacts(there);
  if (vendor === other) return pass;
  const mode = guest.domain.cpu?.mode;
  if (isLate(mode)) return undetermined("the CPU of a guest is known only at apply");
  return differ("CPU vendors", vendor, other, isRefused(guest, known(mode)) ? undefined : "warning");
}

function isRefused({ isXen, host }: PlanGuest, mode: string | undefined): boolean {
  if (isXen) return isAtLeast(host.facts?.data.hypervisorVersion, "4.22") === true;
  return mode === "host-model" || mode === "host-passthrough" || mode === "maximum";
}
