import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";

const [FIRST, LAST] = [5900, 65_535];

/** VNC counts displays from port 5900 on, and QEMU is told the display. */
export const vncPortInRange = defineRule({
  code: "VIRT-GFX-003",
  slug: "vnc-port-in-range",
  severity: "error",
  stage: "start",
  title: "A fixed VNC port is from 5900 to 65535",
  why: "QEMU is told a display number, which libvirt counts from port 5900. A port below, or beyond the last, is refused when the guest starts. With autoPort libvirt chooses a port, and a server that listens on a socket has none.",
  fix: "Set autoPort and leave port out, or use a port from 5900 on.",
  sources: [
    "libvirt qemu_command.c qemuBuildGraphicsVNCCommandLine",
    "tried: libvirt 9.0.0, start with port 0, 1, 590, 5899, 65536, 70000 and -2: vnc port must be in range [5900,65535]; 5900, 65535 and -1 start, as does 590 with autoport or a socket",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.graphics[].vnc.port"),
  *check(guest): Iterable<Outcome> {
    let any = false;
    for (const [index, { vnc }] of (guest.domain.devices?.graphics ?? []).entries()) {
      const port = vnc?.port;
      // The provider leaves out a 0; -1 stands for autoPort.
      if (!port || port === -1) continue;
      any = true;
      if (vnc.autoPort === true || vnc.socket !== undefined || vnc.listeners?.some(({ socket }) => socket)) {
        yield pass;
      } else if (isLate(port) || isLate(vnc.autoPort)) {
        yield undetermined("a VNC port is known only at apply");
      } else if (port >= FIRST && port <= LAST) yield pass;
      else {
        yield fail({
          at: `devices.graphics[${index}].vnc.port`,
          message: `The VNC port of "${guest.label}" is ${port}, outside ${FIRST} to ${LAST}.`,
          fix: `set it from ${FIRST} to ${LAST}, or remove it and set autoPort to true`,
        });
      }
    }
    if (!any) yield notApplicable;
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { graphics: [{ vnc: { port: 590 } }] } }),
    good: (plan) => plan.kvm({ devices: { graphics: [{ vnc: { port: 5901 } }] } }),
  },
});
