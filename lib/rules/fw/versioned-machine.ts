import { isLate } from "../../plan/late";
import { defineRule, fail, pass, qemuGuests, undetermined } from "../../rule";
import { migratable } from "../mig/destinations";

/** Names that each host reads as its own newest version. */
const ALIASES = ["q35", "pc", "virt", "pseries", "s390-ccw-virtio"];

/** A guest can move only to a host that can build the very same machine. */
export const versionedMachine = defineRule({
  code: "VIRT-FW-020",
  slug: "versioned-machine",
  severity: "warning",
  stage: "advice",
  title: "A guest that must stay migratable should name the version of its machine",
  why: "q35 is each host's newest version of that machine, so the same plan gives different hardware on hosts with different QEMU. A running guest can move only to a host that has its version, and never back to an older one.",
  fix: "Name the newest version that all hosts have, such as pc-q35-7.2.",
  sources: [
    "libvirt domain_conf.c virDomainDefCheckABIStabilityFlags: Target domain OS type machine does not match source",
    "libvirt qemu_capabilities.c virQEMUCapsGetCanonicalMachine; QEMU docs/devel/migration: machine types",
  ],
  needs: ["guest"],
  on: migratable(qemuGuests),
  check: (guest) => {
    const { machine, label, host, arch, domain } = guest;
    if (isLate(machine) || isLate(arch)) return undetermined("the guest's machine is known only at apply");
    const listed =
      arch && machine && host.facts?.machinesOf(arch, domain.type)?.find(({ name }) => name === machine);
    const alias = listed
      ? listed.canonical !== undefined
      : machine === undefined || ALIASES.includes(machine);
    if (!alias) return pass;
    const version = listed ? listed.canonical : undefined;
    return fail({
      at: "os.typeMachine",
      message: `"${label}" must stay migratable, and ${machine === undefined ? "names no machine" : `machine ${machine} is another on each version of QEMU`}${version ? `; on "${host.label}" it is ${version}` : ""}.`,
      fix: `set os.typeMachine to ${version ? `"${version}"` : "a version"}, or an older one that all hosts have`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ intent: { migratable: true }, os: { type_machine: "q35" } }),
    good: (plan) => plan.kvm({ intent: { migratable: true }, os: { type_machine: "pc-q35-7.2" } }),
  },
});
