import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, type Outcome, pass, qemuGuests } from "../../rule";

/** VNC's password is the key of a cipher of 1977. */
const MOST_BYTES = 8;

/** A longer password would be cut, and be taken for a stronger one than it is. */
export const vncPasswordLength = defineRule({
  code: "VIRT-GFX-002",
  slug: "vnc-password-length",
  severity: "error",
  stage: "define",
  title: "A VNC password has at most 8 bytes",
  why: "VNC makes a DES key of 8 bytes from the password. libvirt refuses a longer one. Letters beyond ASCII take two bytes or more. SPICE has no such limit.",
  fix: "Use up to 8 letters and digits and listen on 127.0.0.1, or SPICE.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefVNCGraphics; RFC 6143, 7.2.2 VNC Authentication",
    "tried: libvirt 9.0.0, define with 9 letters, and with 5 umlauts of 2 bytes: VNC password is 9 (10) characters long, only 8 permitted; 8 and none are accepted, as are 9 for SPICE",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.graphics[].vnc.passwd"),
  *check(guest): Iterable<Outcome> {
    const graphics = guest.domain.devices?.graphics ?? [];
    let any = false;
    for (const [index, { vnc }] of graphics.entries()) {
      const password = vnc?.passwd;
      if (password === undefined) continue;
      any = true;
      // A password that is late is as it should be: a secret, and most rarely too long.
      const bytes = isLate(password) ? 0 : Buffer.byteLength(password);
      if (bytes <= MOST_BYTES) yield pass;
      else {
        yield fail({
          at: `devices.graphics[${index}].vnc.passwd`,
          message: `The VNC password of "${guest.label}" has ${bytes} bytes; VNC takes ${MOST_BYTES} at most.`,
          fix: `shorten it to ${MOST_BYTES} letters and digits, or use spice`,
        });
      }
    }
    if (!any) yield notApplicable;
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { graphics: [{ vnc: { auto_port: true, passwd: "secret12345" } }] } }),
    good: (plan) => plan.kvm({ devices: { graphics: [{ vnc: { auto_port: true, passwd: "secret12" } }] } }),
  },
  alsoFails: ["VIRT-SEC-002"],
});
