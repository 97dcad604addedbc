import { isLate } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, pass, undetermined } from "../../rule";
import { addressesOf, displaysOf, isLoopback } from "./displays";

/** Whoever reaches a display without a password sits at the guest's console. */
export const displayNotExposed = defineRule({
  code: "VIRT-SEC-001",
  slug: "display-not-exposed",
  severity: "warning",
  stage: "advice",
  title: "A display without a password should listen on the host's loopback address only",
  why: "VNC and SPICE give whoever connects the guest's screen and keyboard, with the boot menu and any session that is open. Without a password everybody who reaches the port may connect, and the connection is not encrypted unless the host's configuration of libvirt says so, which a plan cannot show.",
  fix: "Let the display listen on 127.0.0.1 and reach it through SSH, as virt-viewer does by itself.",
  sources: [
    "QEMU docs/system/security.rst: user-facing interfaces are untrusted",
    "libvirt qemu.conf vnc_listen, vnc_tls, spice_tls",
  ],
  needs: ["guest"],
  on: guests,
  *check(guest) {
    const displays = displaysOf(guest);
    if (displays.length === 0) return yield notApplicable;
    for (const display of displays) {
      const addresses = addressesOf(display);
      const open = addresses.find((address) => !isLoopback(address));
      // An empty password locks the display.
      if (display.config.passwd !== undefined) yield pass;
      else if (open === undefined) {
        yield addresses.some(isLate) ? undetermined("where a display listens is known only at apply") : pass;
      } else if (display.config.defaultMode === "secure") yield pass;
      else {
        yield fail({
          at: `${display.at}.listen`,
          message: `The ${display.kind} display of "${guest.label}" listens on ${open} without a password.`,
          fix: 'set listen to "127.0.0.1" and connect with virt-viewer over SSH',
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { graphics: [{ vnc: { auto_port: true, listen: "0.0.0.0" } }] } }),
    good: (plan) => plan.kvm({ devices: { graphics: [{ vnc: { auto_port: true, listen: "127.0.0.1" } }] } }),
  },
});
