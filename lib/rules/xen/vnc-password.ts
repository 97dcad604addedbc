import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, undetermined, xenGuests } from "../../rule";

/** VNC scrambles its password with DES, which not every build of QEMU has. */
export const vncPassword = defineRule({
  code: "VIRT-XEN-060",
  slug: "vnc-password",
  severity: "warning",
  stage: "start",
  title: "A VNC password needs a device model that has DES",
  why: "The QEMU that Debian builds for Xen has no cryptographic library. It exits at the start of a guest whose VNC display has a password, and libvirt says only that the connection to it failed.",
  fix: "Remove the password and let VNC listen on 127.0.0.1, reached through SSH; or use a QEMU with DES.",
  sources: [
    "tried: Xen 4.17 of Debian 12, libvirt 9.0.0, HVM and PV with passwd: start refused, Error happened with the QMP connection to QEMU; log of the HVM guest's device model: Cipher backend does not support DES algorithm",
  ],
  needs: ["guest"],
  on: having(xenGuests, "devices.graphics[].vnc.passwd"),
  *check(guest): Generator<Outcome> {
    for (const [index, { vnc }] of (guest.domain.devices?.graphics ?? []).entries()) {
      if (vnc?.passwd === undefined || vnc.passwd === "") continue;
      if (isLate(vnc)) {
        yield undetermined("the guest's displays are known only at apply");
        continue;
      }
      // The password itself may well be late: whatever it is, there is one.
      yield fail({
        at: `devices.graphics[${index}].vnc.passwd`,
        message: `the VNC display of "${guest.label}" has a password: with a QEMU built without DES, as Debian's for Xen is, the guest does not start.`,
        fix: `remove devices.graphics[${index}].vnc.passwd and set vnc.listen to "127.0.0.1", or make sure that QEMU on ${guest.host.label} has DES`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.xenHvm({ devices: { graphics: [{ vnc: { auto_port: true, passwd: "secret" } }] } }),
    good: (plan) =>
      plan.xenHvm({ devices: { graphics: [{ vnc: { auto_port: true, listen: "127.0.0.1" } }] } }),
  },
  alsoFails: ["VIRT-SEC-002"],
});
