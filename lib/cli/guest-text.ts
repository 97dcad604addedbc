import type { PlanGuest } from "../plan/guest";
import { textsOf } from "../plan/instances";

/** What is written of one guest. */
export interface GuestText {
  /** What stays the same between two synths: the construct path or the address, and the instance. */
  readonly key: string;
  readonly name: string;
  readonly text: string;
}

/** What is written of each guest; an instance of a resource with count or for_each has its own. */
export function guestTexts(
  guests: readonly PlanGuest[],
  write: (domain: PlanGuest["domain"]) => string,
): GuestText[] {
  return guests.flatMap((guest) => {
    const key = guest.constructPath ?? guest.address;
    const text = write(guest.domain);
    const texts = textsOf(guest, text) ?? [text];
    const names = textsOf(guest, guest.label) ?? [guest.label];
    return texts.map((each, index) => ({
      key: texts.length === 1 ? key : `${key}[${index}]`,
      name: names[index] ?? guest.label,
      text: each.endsWith("\n") ? each : `${each}\n`,
    }));
  });
}
