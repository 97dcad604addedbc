import { defineRule, having, qemuGuests } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

/** A pseudoterminal gets its path when the guest starts. */
export const terminalIsChosen = defineRule({
  code: "VIRT-PRV-010",
  slug: "terminal-is-chosen",
  severity: "error",
  stage: "apply",
  title: "A serial line or console must not state the path of its terminal",
  why: WHY,
  fix: "Leave out the source; libvirt takes a pseudoterminal without being told.",
  sources: [
    `${MEASURED}: source.pty.path "" and /dev/pts/44 of a serial line, and "" of a console, come back as the terminal that was free; a guest that is off keeps it`,
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.serials[].source", "devices.consoles[].source"),
  *check(guest) {
    const { domain } = guest;
    if (domain.running !== true) return;
    const { serials = [], consoles = [] } = domain.devices ?? {};
    for (const [kind, lines] of Object.entries({ serials, consoles })) {
      for (const [index, { source }] of lines.entries()) {
        const path = source?.pty?.path;
        if (path === undefined) continue;
        const at = `devices.${kind}[${index}].source`;
        yield readBack(guest, `${at}.pty.path`, path, "as the terminal that was free", `remove ${at}`);
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvm({ devices: { serials: [{ target: { port: 0 }, source: { pty: { path: "/dev/pts/44" } } }] } }),
    good: (plan) => plan.kvm({ devices: { serials: [{ target: { port: 0 } }] } }),
  },
});
