import { defineRule, fail, hosts, notApplicable, pass } from "../../rule";

/** The first release of Linux without arch/ia64/kvm. */
const REMOVED_IN = [3, 19] as const;

/** The article lists IA64 among KVM's hosts. It was one, until nobody looked after the code. */
export const ia64KvmRemoved = defineRule({
  code: "VIRT-HYP-004",
  slug: "ia64-kvm-removed",
  severity: "error",
  stage: "start",
  title: "KVM on IA64 exists only in kernels before Linux 3.19",
  why: "KVM once ran on IA64 (Itanium). Linux removed the unmaintained port in November 2014, and in 2024 the whole architecture with Linux 6.7.",
  fix: "Replace the host by an x86, S/390, PowerPC or ARM machine, or capture the facts of a host that still runs an older kernel.",
  sources: [
    "article: KVM hosts",
    "Linux commit 003f7de62589, KVM: ia64: remove (November 2014, between 3.18 and 3.19)",
  ],
  needs: ["host facts"],
  acknowledgeable: false,
  on: hosts,
  check: (host, plan) => {
    if (host.arch !== "ia64" || !plan.guestsOn(host).some((guest) => guest.mode === "kvm"))
      return notApplicable;
    const release = host.facts?.data.kernelRelease;
    if (release !== undefined && isBefore(release, REMOVED_IN)) return pass;
    return fail({
      message: `IA64 host "${host.label}"${release ? ` runs Linux ${release}` : ""}: KVM for IA64 was removed with Linux 3.19${release ? "" : ", and nothing shows that this host's kernel is older"}.`,
      fix: `replace ${host.label} by an x86, S/390, PowerPC or ARM machine${release ? "" : ", or capture its facts with `uname -r` if its kernel is older"}`,
    });
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("old1", { arch: "ia64", facts: null })
        .kvm({ intent: { os: "linux" }, os: { type_arch: "ia64" } }),
    good: (plan) =>
      plan
        .kvmHost("old1", {
          facts: {
            ...{ arch: "ia64", kernelRelease: "2.6.32-5-mckinley" },
            guests: [{ osType: "hvm", arch: "ia64", domainTypes: ["kvm"], machines: [{ name: "ia64" }] }],
          },
        })
        .kvm({ intent: { os: "linux" }, os: { type_arch: "ia64", type_machine: "ia64" } }),
  },
});

function isBefore(release: string, [wantedMajor, wantedMinor]: readonly [number, number]): boolean {
  const [major = 0, minor = 0] = release.split(/[.-]/).map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}
