import { writeXml } from "../domain-xml";
import { textsOf } from "../plan/instances";
import type { Plan } from "../plan/plan";

/** The XML that libvirt will be given for one guest. */
export interface GuestXml {
  /** What stays the same between two synths: the construct path or the address, and the instance. */
  readonly key: string;
  readonly name: string;
  readonly xml: string;
}

/** The XML of every guest; an instance of a resource with count or for_each has its own. */
export function guestXmls(plan: Plan): GuestXml[] {
  return plan.guests.flatMap((guest) => {
    const key = guest.constructPath ?? guest.address;
    const xml = writeXml("domain", guest.domain);
    const texts = textsOf(guest, xml) ?? [xml];
    const names = textsOf(guest, guest.label) ?? [guest.label];
    return texts.map((text, index) => ({
      key: texts.length === 1 ? key : `${key}[${index}]`,
      name: names[index] ?? guest.label,
      xml: text.endsWith("\n") ? text : `${text}\n`,
    }));
  });
}
