import { defineRule, guests, having } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

/** The provider writes hwuuid and never reads it. */
export const hwuuidIsDropped = defineRule({
  code: "VIRT-PRV-008",
  slug: "hwuuid-is-dropped",
  severity: "error",
  stage: "apply",
  title: "A guest cannot have a hwuuid through the provider",
  why: WHY,
  fix: "Remove hwuuid; a UUID for the guest's firmware tables goes into sysInfo.",
  sources: [`${MEASURED}: hwuuid, running or not: was the UUID, but now null`],
  needs: ["guest"],
  on: having(guests, "hwuuid"),
  *check(guest) {
    const { hwuuid } = guest.domain;
    if (hwuuid !== undefined) {
      yield readBack(guest, "hwuuid", hwuuid, "as null", "remove hwuuid");
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ hwuuid: "6695eb01-f6a4-8304-79aa-97f2502e193f" }),
    good: (plan) => plan.kvm(),
  },
});
