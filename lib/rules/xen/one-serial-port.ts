import { isLate } from "../../plan/late";
import { defineRule, fail, type Outcome, undetermined, xenGuests } from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** A second serial port does not merely fail: it takes the daemon of the whole host down. */
export const oneSerialPort = defineRule({
  code: "VIRT-XEN-049",
  slug: "one-serial-port",
  severity: "error",
  stage: "start",
  title: "A Xen HVM guest has one serial port and no parallel port",
  why: "libvirt writes the list of several serial ports to an address that it never reserved: the daemon crashes at the start of the guest, and with it every connection to the host. Parallel ports it refuses.",
  fix: "Keep one serial port; further consoles are channels with a target of type xen.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDomBuildInfo: serial_list is the first element of a new, empty list",
    "tried: Xen 4.17, libvirt 9.0.0, HVM with two serial ports: libvirtd crashes (3 of 3 starts)",
    "by the source alone: Parallel devices are not supported by libxl",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check(guest): Generator<Outcome> {
    const { serials = [], parallels = [] } = guest.domain.devices ?? {};
    const concerned = serials.length > 1 || parallels.length > 0 || isLate(serials[0]);
    if (!concerned) return;
    const hvm = isKind(guest, "xen-hvm");
    if (hvm === false) return;
    if (hvm === undefined) yield lateKind;
    else if (serials.length > 1) {
      yield fail({
        at: "devices.serials[1]",
        message: `HVM guest "${guest.label}" has ${serials.length} serial ports: starting it crashes libvirtd on "${guest.host.label}".`,
        fix: 'keep one of devices.serials; a further console is devices.channels with target { xen: { name: "…" } }',
      });
    } else if (isLate(serials[0]) || isLate(parallels[0])) {
      yield undetermined("the guest's serial and parallel ports are known only at apply");
    } else {
      yield fail({
        at: "devices.parallels",
        message: `HVM guest "${guest.label}" has a parallel port, which Xen guests cannot have.`,
        fix: "remove devices.parallels",
      });
    }
  },
  examples: {
    bad: (plan) => plan.xenHvm({ devices: { serials: [{ target: { port: 0 } }, { target: { port: 1 } }] } }),
    good: (plan) => plan.xenHvm({ devices: { serials: [{ target: { port: 0 } }] } }),
  },
});
