import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { plural } from "../../plan/plural";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, guests, notApplicable, type Outcome, pass, undetermined } from "../../rule";

const MIB = 2 ** 10;
const GIB = 2 ** 20;

/** What a 32-bit x86 kernel reaches, by whether it uses physical address extension. */
const X86_32 = { withPae: 16 * GIB, withoutPae: 4 * GIB };

/** What a system cannot use is paid for and lies idle; Windows says nothing of it. */
export const resourcesWithinOsMaximum = defineRule({
  code: "VIRT-GOS-008",
  slug: "resources-within-os-maximum",
  severity: "warning",
  stage: "boot",
  title: "A guest should have no more memory, vCPUs and sockets than its operating system uses",
  why: "An operating system leaves idle what is beyond its limits, or its vendor does not support it. Windows 10 and 11 use two sockets, and their Home edition one, while each vCPU of QEMU is a socket of its own where the domain has no topology: of eight vCPUs six lie idle. A 32-bit x86 system reaches 4 GiB, or 16 GiB where its kernel uses physical address extension.",
  fix: "Give the guest less, arrange its vCPUs in fewer sockets, or choose another system or edition.",
  sources: [
    "osinfo-db, resources maximum ram and n-cpus",
    "Microsoft, memory limits for Windows releases, and Windows editions compared: physical processors",
    "SUSE virtualization guide, limits of 32-bit guests",
    "QEMU 7.2 as libvirt 9.0.0 starts it: -smp 8,sockets=8,cores=1,threads=1 for a domain without topology",
  ],
  needs: ["guest", "operating system"],
  on: guests,
  alsoFails: ["VIRT-GOS-009"],
  *check(guest) {
    const { os, arch, memoryKiB, vcpus, domain } = guest;
    const { memoryMiB, vcpus: most, sockets } = os?.maximumOn(arch ?? "") ?? {};
    if (memoryMiB !== undefined) yield checkMemory(guest, memoryMiB * MIB, os!.name);
    else if (arch === "i686" && !isLate(memoryKiB)) {
      if (memoryKiB === undefined) return;
      const pae = domain.features?.pae;
      if (isLate(pae)) yield undetermined("whether a 32-bit guest uses PAE is known only at apply");
      else
        yield pae
          ? checkMemory(guest, X86_32.withPae, "A 32-bit x86 system with PAE")
          : checkWithoutPae(guest);
    }
    if (most !== undefined) {
      if (isLate(vcpus)) yield undetermined("the number of vCPUs is known only at apply");
      else if (vcpus > most) {
        yield fail({
          at: "vcpu",
          message: `${os!.name} uses ${most} vCPUs at most, "${guest.label}" has ${vcpus}.`,
          fix: `set vcpu to ${most} or less`,
        });
      } else yield pass;
    }
    if (sockets !== undefined && guest.isQemu) yield checkSockets(guest, sockets);
  },
  examples: {
    bad: (plan) => plan.kvm({ vcpu: 8, intent: { os: "windows-10" } }),
    good: (plan) =>
      plan.kvm({
        vcpu: 8,
        cpu: { topology: { sockets: 1, cores: 8, threads: 1 } },
        intent: { os: "windows-10" },
      }),
  },
});

function checkMemory({ memoryKiB, label }: PlanGuest, limit: number, system: string): Outcome {
  if (memoryKiB === undefined) return notApplicable;
  if (isLate(memoryKiB)) return undetermined("the memory of a guest is known only at apply");
  if (memoryKiB <= limit) return pass;
  return fail({
    at: "memory",
    message: `${system} uses ${formatKiB(limit)} of memory at most, "${label}" has ${formatKiB(memoryKiB)}.`,
    fix: `set memory to ${formatKiB(limit)} or less`,
  });
}

function checkWithoutPae(guest: PlanGuest): Outcome {
  const outcome = checkMemory(guest, X86_32.withoutPae, "A 32-bit x86 system without PAE");
  if (outcome.kind !== "fail") return outcome;
  const { failure } = outcome;
  return fail({ ...failure, fix: `${failure.fix}, or say features.pae where its kernel uses PAE` });
}

/** libvirt makes each vCPU a socket where there is no topology. */
function checkSockets({ domain, vcpus, os, label }: PlanGuest, limit: number): Outcome {
  const topology = domain.cpu?.topology;
  const sockets = topology ? topology.sockets : vcpus;
  if (isLate(sockets)) return undetermined("the number of sockets is known only at apply");
  if (sockets === undefined || sockets <= limit) return pass;
  const whose = topology ? "" : ", one for each vCPU since it has no topology";
  return fail({
    at: topology ? "cpu.topology.sockets" : "vcpu",
    key: "sockets",
    message: `${os!.name} uses ${plural(limit, "socket")} at most, "${label}" has ${sockets}${whose}.`,
    fix: isLate(vcpus)
      ? "set cpu.topology to one socket with all vCPUs as cores"
      : `set cpu.topology to 1 socket, ${plural(vcpus, "core")}, 1 thread`,
  });
}
