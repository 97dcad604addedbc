import { defineRule, fail, guests, pass, undetermined } from "../../rule";

/** What nobody mends any more is open to everybody in the end. */
export const osStillSupported = defineRule({
  code: "VIRT-GOS-006",
  slug: "os-still-supported",
  severity: "warning",
  stage: "advice",
  title: "A guest's operating system should still get security updates",
  why: "After the end of all support, also the longer one that some vendors sell, flaws of a system stay open. As long as any support lasts, this rule is silent.",
  fix: "Plan a newer release.",
  sources: [
    "the catalogue of guest operating systems: distro-info-data, endoflife.date and the vendors' own dates",
  ],
  needs: ["guest", "operating system"],
  on: guests,
  check: ({ os, label }, plan) => {
    if (os === undefined) return undetermined("the guest's operating system is not stated");
    const { endOfLife, extended = {}, rolling } = os.support;
    if (rolling) return pass;
    if (endOfLife === undefined) return undetermined(`until when ${os.name} is supported is not known`);
    const last = [endOfLife, ...Object.values(extended)].sort().at(-1)!;
    if (plan.today <= last) return pass;
    const names = Object.entries(extended).map(([name, day]) => `, ${name} on ${day}`);
    return fail({
      at: "os",
      message: `${os.name} of "${label}" gets no security updates any more: its support ended on ${endOfLife}${names.join("")}.`,
      fix: "use a newer release",
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ intent: { os: "centos-stream-8" } }),
    good: (plan) => plan.kvm({ intent: { os: "debian-12" } }),
  },
});
