import { textsOf } from "../../plan/instances";
import { isLate } from "../../plan/late";
import { defineRule, fail, guests, pass, undetermined } from "../../rule";
import { isMulticast, normalMac } from "./mac";

/** An interface answers to one address; an odd first byte stands for a group of them. */
export const macIsValid = defineRule({
  code: "VIRT-NET-001",
  slug: "mac-is-valid",
  severity: "error",
  stage: "define",
  title: "The MAC of an interface must be an address of one interface",
  why: "libvirt reads six hexadecimal numbers with colons between them and refuses everything else, and addresses whose first number is odd: those are multicast.",
  fix: "Write it as in 52:54:00:12:34:56, with an even first number, or leave it out.",
  sources: [
    "libvirt virmacaddr.c virMacAddrParse, domain_conf.c virDomainNetDefParseXML",
    "tried: libvirt 9.0.0 refuses 52:54:00:00:00, 52-54-00-00-00-01 and an empty address (unable to parse mac address) and 53:54:00:00:00:01 (found multicast); 52:54:0:0:0:1 is defined",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    for (const [index, nic] of guest.interfaces.entries()) {
      const address = nic.mac?.address;
      if (address === undefined) continue;
      const at = `devices.interfaces[${index}].mac.address`;
      // A literal is the same in all instances, however many there are.
      const texts = isLate(address) ? (textsOf(guest, address) ?? [address]) : [address];
      const wrong = texts.find(
        (text) => !isLate(text) && (normalMac(text) === undefined || isMulticast(text)),
      );
      if (wrong !== undefined) {
        yield fail({
          at,
          message:
            normalMac(wrong) === undefined
              ? `MAC ${JSON.stringify(wrong)} of "${guest.label}" is no MAC address.`
              : `MAC ${wrong} of "${guest.label}" is a multicast address: its first number is odd.`,
          fix: suggestion(wrong),
        });
      } else yield texts.some(isLate) ? undetermined("a MAC address is known only at apply") : pass;
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({
        devices: {
          interfaces: [
            { mac: { address: "01:00:5e:00:00:01" }, source: { network: { network: "default" } } },
          ],
        },
      }),
    good: (plan) =>
      plan.kvm({
        devices: {
          interfaces: [
            { mac: { address: "52:54:00:00:00:01" }, source: { network: { network: "default" } } },
          ],
        },
      }),
  },
  alsoFails: ["VIRT-NET-013"],
});

function suggestion(wrong: string): string {
  const colons = wrong.replace(/[-.\s]/g, ":");
  if (normalMac(colons) !== undefined && !isMulticast(colons)) return `write ${normalMac(colons)}`;
  const rest = normalMac(wrong)?.slice(2) ?? ":54:00:12:34:56";
  return `use one such as 52${rest}, or leave mac out`;
}
