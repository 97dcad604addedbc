import { isLate } from "../../plan/late";
import { defineRule, fail, guests, pass, undetermined } from "../../rule";

/** Architectures whose machines also boot the builds of another. */
const ALSO_BOOTS: Readonly<Record<string, readonly string[]>> = {
  x86_64: ["i686"],
  ppc64: ["ppc64le"],
  ppc64le: ["ppc64"],
};

/** A kernel for another architecture does not start at all. */
export const osHasArchitecture = defineRule({
  code: "VIRT-GOS-007",
  slug: "os-has-architecture",
  severity: "error",
  stage: "boot",
  title: "A guest's operating system must exist for the guest's architecture",
  why: "The firmware of a virtual machine finds nothing that it can start on a medium for another architecture. A 64-bit x86 machine also boots 32-bit systems, and POWER either byte order.",
  fix: "Choose another architecture for the guest, or another system.",
  sources: [
    "the catalogue of guest operating systems, architectures; an open list there is undetermined here",
  ],
  needs: ["guest", "operating system"],
  on: guests,
  check: ({ os, arch, label }) => {
    if (os === undefined) return undetermined("the guest's operating system is not stated");
    if (arch === undefined) return undetermined("the guest's architecture is not known");
    if (isLate(arch)) return undetermined("the architecture of a guest is known only at apply");
    const verdicts = [arch, ...(ALSO_BOOTS[arch] ?? [])].map((each) => os.runsOn(each));
    if (verdicts.includes(true)) return pass;
    if (verdicts.includes(undefined))
      return undetermined(`whether there is a build of ${os.name} for ${arch} is not known`);
    return fail({
      at: "os.typeArch",
      message: `${os.name} does not exist for ${arch}, the architecture of "${label}".`,
      fix: `use ${os.architectures!.join(" or ")}`,
    });
  },
  examples: {
    bad: (plan) =>
      plan.xenHvm({ intent: { os: "windows-server-2022" }, os: { type_arch: "aarch64" }, memory: 4 }),
    good: (plan) => plan.xenHvm({ intent: { os: "windows-server-2022" }, memory: 4 }),
  },
  alsoFails: ["VIRT-HYP-002"],
});
