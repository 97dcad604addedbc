import type { MinimumResources } from "../../guest-os/facts";
import { isLate } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, guests, pass, undetermined } from "../../rule";

/** Below its minimum a system does not install, does not boot, or swaps from the first minute. */
export const memoryMeetsOsMinimum = defineRule({
  code: "VIRT-GOS-002",
  slug: "memory-meets-os-minimum",
  severity: "warning",
  stage: "boot",
  title: "A guest should have the memory that its operating system needs",
  why: "Vendors say how much memory their systems need at least. With less, most still start and crawl, or stop half-way through the boot; Windows 11 refuses to be installed, which is an error.",
  fix: "Give the guest more memory.",
  sources: [
    "the catalogue of guest operating systems, with the vendors' numbers",
    "osinfo-db, resources minimum ram",
    "Microsoft: Windows 11 specifications; its setup checks the memory",
  ],
  needs: ["guest", "operating system"],
  on: guests,
  check: ({ os, arch, memoryKiB, vcpus, label }) => {
    if (os === undefined) return undetermined("the guest's operating system is not stated");
    const minimum = os.minimumOn(arch ?? "");
    if (minimum.memoryMiB === undefined) return undetermined(`how much memory ${os.name} needs is not known`);
    if (memoryKiB === undefined) return pass;
    const perVcpu = minimum.memoryPerVcpuMiB;
    if (isLate(memoryKiB) || isLate(arch) || (perVcpu !== undefined && isLate(vcpus))) {
      return undetermined("the guest's memory, vCPUs or architecture is known only at apply");
    }
    const forVcpus = perVcpu === undefined ? 0 : perVcpu * (vcpus as number);
    const needed = Math.max(minimum.memoryMiB, forVcpus) * 1024;
    if (memoryKiB >= needed) return pass;
    return fail({
      severity: minimum.strict ? "error" : "warning",
      at: "memory",
      message: `${os.name} needs ${formatKiB(needed)} of memory${
        forVcpus > minimum.memoryMiB ? ` (${vcpus} vCPUs x ${formatKiB(perVcpu! * 1024)})` : ""
      }, "${label}" has ${formatKiB(memoryKiB as number)}.${minimum.strict ? " Its installer refuses less." : ""}`,
      fix: `set memory to at least ${formatKiB(needed)}${recommendation(os.recommended, needed)}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ intent: { os: "debian-12" }, memory: 256, memory_unit: "MiB" }),
    good: (plan) => plan.kvm({ intent: { os: "debian-12" }, memory: 512, memory_unit: "MiB" }),
  },
});

function recommendation({ memoryMiB }: MinimumResources, neededKiB: number): string {
  if (memoryMiB === undefined || memoryMiB * 1024 <= neededKiB) return "";
  return `; ${formatKiB(memoryMiB * 1024)} are recommended`;
}
