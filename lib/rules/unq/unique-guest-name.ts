import { defineRule, fail, hosts, notApplicable, pass, undetermined } from "../../rule";
import { instanceName, namesOf } from "./names";

/** The name is the identity of a domain on its host: files, sockets and logs are called after it. */
export const uniqueGuestName = defineRule({
  code: "VIRT-UNQ-001",
  slug: "unique-guest-name",
  severity: "error",
  stage: "define",
  title: "Every guest of a host needs a name of its own",
  why: "libvirt knows a guest by its name and refuses to define a second one. Stacks and provider aliases with one connection URI share the host and its names; all instances of a count or for_each share the name unless it holds their index or key.",
  fix: "Give each guest another name; with count or for_each put the index or key into it.",
  sources: [
    "libvirt virdomainobjlist.c virDomainObjListAddLocked",
    "confirmed on libvirt 9.0.0: domain 'web' already exists with uuid …",
  ],
  needs: ["plan"],
  on: hosts,
  *check(host, plan) {
    const guests = plan.guestsOn(host);
    if (guests.length === 0) return yield notApplicable;
    const { clashes, undecided } = namesOf(guests, (guest) => guest.domain.name);
    for (const { name, resources, count } of clashes) {
      const [first] = resources;
      const alone = resources.length === 1;
      yield fail({
        places: resources,
        at: "name",
        key: name,
        message: `${count} ${alone ? `instances of one guest on "${host.label}" are all` : `guests on "${host.label}" are`} called "${name}".`,
        fix: alone
          ? `put what tells them apart into the name: "${instanceName(first!, name)}"`
          : "give each of them another name, or place them on different hosts",
      });
    }
    yield undecided ? undetermined("the name or the number of a guest is known only at apply") : pass;
  },
  examples: {
    bad: (plan) => plan.kvmHost("kvm1").kvm({ name: "web" }).kvm({ name: "web" }),
    good: (plan) => plan.kvmHost("kvm1").kvm({ name: "web1" }).kvm({ name: "web2" }),
  },
});
