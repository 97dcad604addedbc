import type { PlanGuest } from "../../plan/guest";
import type { PlanHost } from "../../plan/host";
import { isLate } from "../../plan/late";

/**
 * Why the host's capabilities say nothing of this guest: it names an emulator of its own, and libvirt asks that
 * one. Undefined when they do say.
 */
export function whyNotDescribed(guest: PlanGuest): string | undefined {
  const emulator = guest.isQemu ? guest.domain.devices?.emulator : undefined;
  if (emulator === undefined) return undefined;
  if (isLate(emulator)) return "the guest's emulator is known only at apply";
  const { host } = guest;
  return host.facts?.data.guests?.some((offer) => offer.emulator === emulator)
    ? undefined
    : `the facts of "${host.label}" do not describe the emulator ${emulator}`;
}

/** The hypervisor that the connection addresses, by its URI, else as declared or found. */
export function connectedTo(host: PlanHost): "kvm" | "xen" | undefined {
  return host.uriHypervisor ?? host.hypervisor;
}

/** `kvm1, kvm2 or kvm3`. */
export function anyOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** `x86_64 and i686`. */
export function allOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
