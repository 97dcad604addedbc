import { groupBy } from "../../plan/plan";
import { defineRule, fail, hosts, notApplicable, pass } from "../../rule";

/** A copy of a machine's XML is another machine only with another UUID. */
export const uniqueUuid = defineRule({
  code: "VIRT-UNQ-002",
  slug: "unique-uuid",
  severity: "error",
  stage: "define",
  title: "Every guest of a host needs a UUID of its own",
  why: "libvirt knows a guest by its UUID and refuses to define another name with the UUID of one that is there. It is what remains of a copied XML in which only the name was changed. The provider never sets a UUID, so that this is about XML alone.",
  fix: "Remove the uuid element from the copy; libvirt then makes one.",
  sources: [
    "libvirt virdomainobjlist.c virDomainObjListAddLocked",
    "tried: libvirt 9.0.0, define of a second name with the UUID of the first: operation failed: domain 'a' is already defined with uuid …",
  ],
  needs: ["plan"],
  on: hosts,
  *check(host, plan) {
    const guests = plan.guestsOn(host).filter(({ existing }) => existing?.uuid !== undefined);
    if (guests.length === 0) return yield notApplicable;
    yield pass;
    for (const [uuid, same] of groupBy(guests, ({ existing }) => existing!.uuid!.toLowerCase())) {
      if (same.length < 2) continue;
      // libvirt defines the first.
      const [first, ...others] = same;
      yield fail({
        at: "uuid",
        key: uuid,
        places: [...others, first!],
        message: `${same.map(({ label }) => `"${label}"`).join(" and ")} of "${host.label}" have one UUID, ${uuid}.`,
        fix: `remove the uuid of ${others.map(({ label }) => `"${label}"`).join(" and ")}: libvirt makes a new one`,
      });
    }
  },
  examples: {
    bad: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({ name: "web1", existing: { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f" } })
        .kvm({ name: "web2", existing: { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f" } }),
    good: (plan) =>
      plan
        .kvmHost("kvm1")
        .kvm({ name: "web1", existing: { uuid: "6695eb01-f6a4-8304-79aa-97f2502e193f" } })
        .kvm({ name: "web2", existing: { uuid: "7795eb01-f6a4-8304-79aa-97f2502e193f" } }),
  },
});
