import type { MachineOffer } from "../../host-facts/facts";
import { closest } from "../../plan/did-you-mean";
import { isLate } from "../../plan/late";
import { defineRule, fail, needsFacts, notApplicable, pass, qemuGuests, undetermined } from "../../rule";
import { anyOf, whyNotDescribed } from "./offers";

/** A machine type is a promise of QEMU's about virtual hardware; each version of QEMU keeps some and drops old ones. */
export const knownMachineType = defineRule({
  code: "VIRT-HYP-008",
  slug: "known-machine-type",
  severity: "error",
  stage: "define",
  title: "The host's QEMU must know the guest's machine type",
  why: "QEMU adds versioned machine types with each release and removes old ones; distributions add their own. libvirt refuses a machine type that the host's QEMU does not list.",
  fix: "Choose a machine type that the host lists, or an alias such as q35, which is always its newest one.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDef (virQEMUCapsIsMachineSupported)",
    "tried: libvirt 9.0.0, QEMU 7.2, define of pc-q35-9.2 and of pc-1.0: Emulator '/usr/bin/qemu-system-x86_64' does not support machine type",
  ],
  needs: ["guest", "host facts"],
  on: qemuGuests,
  check: (guest, plan) => {
    const { machine, arch, domain, host, label } = guest;
    if (machine === undefined) return notApplicable;
    if (!host.facts?.data.guests) return needsFacts(host);
    if (isLate(machine) || isLate(arch) || arch === undefined) {
      return undetermined("the guest's machine type or architecture is known only at apply");
    }
    const unknown = whyNotDescribed(guest);
    if (unknown !== undefined) return undetermined(unknown);
    // That the host has no such guests at all is said by other rules.
    if (!host.facts.offersDomainType("hvm", arch, domain.type)) return notApplicable;
    const machines = host.facts.machinesOf(arch, domain.type, "hvm") ?? [];
    if (machines.length === 0) return undetermined(`the facts of "${host.label}" list no machine types`);
    if (machines.some((each) => each.name === machine)) return pass;

    const { version, better } = {
      version: host.facts.data.hypervisorVersion,
      better: alternative(machine, machines),
    };
    const others = plan.hosts
      .filter((each) => each.facts?.machine(arch, domain.type, machine) !== undefined)
      .map((each) => each.label);
    return fail({
      at: "os.typeMachine",
      message: `machine ${machine} of "${label}" is not known to QEMU${version ? ` ${version}` : ""} on "${host.label}"${better.newest ? `, whose newest ${better.family} is ${better.newest}` : ""}.`,
      fix: `${better.fix}${others.length > 0 ? `, or place "${label}" on ${anyOf(others)}, which has it` : ""}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").kvm({ os: { type_machine: "pc-q35-9.2" } }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ os: { type_machine: "pc-q35-7.2" } }),
  },
});

/** What to take instead: the newest of the same family by its alias or by its version, else a similar name. */
function alternative(wanted: string, machines: readonly MachineOffer[]) {
  const usable = machines.filter((machine) => !machine.deprecated);
  const family = familyOf(wanted);
  const alias = usable.find((machine) => machine.canonical && familyOf(machine.canonical) === family);
  const newest =
    alias?.canonical ??
    usable
      .map((machine) => machine.name)
      .filter((name) => name.startsWith(`${family}-`))
      .sort((a, b) => b.localeCompare(a, "en", { numeric: true }))[0];
  if (newest !== undefined) {
    const follow = alias ? ` (or "${alias.name}", which follows the host's QEMU)` : "";
    return { family, newest, fix: `set os.typeMachine to "${newest}"${follow}` };
  }
  const names = usable.map((machine) => machine.name);
  const meant = closest(wanted, names);
  const aliases = usable.filter((machine) => machine.canonical).map((machine) => machine.name);
  return {
    fix: meant
      ? `did you mean "${meant}"?`
      : `set os.typeMachine to one of ${(aliases.length ? aliases : names).join(", ")}`,
  };
}

/** `pc-q35` of `pc-q35-7.2`, of `pc-q35-rhel9.4.0` and of `q35`; the first machines with i440FX were `pc-1.0`. */
function familyOf(machine: string): string {
  const family = machine.replace(/-[^-]*$/, "");
  return { pc: "pc-i440fx", q35: "pc-q35" }[family] ?? family;
}
