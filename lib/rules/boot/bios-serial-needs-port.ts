import { isX86 } from "../../plan/arch";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";

/** SeaBIOS can show on a serial port what it shows on the screen. */
export const biosSerialNeedsPort = defineRule({
  code: "VIRT-BOOT-081",
  slug: "bios-serial-needs-port",
  severity: "error",
  stage: "define",
  title: "Firmware that writes to a serial port needs one, on x86",
  why: "os.bios.useSerial sends the output of SeaBIOS to the first serial port. libvirt refuses it for a guest without serial ports, and on other architectures. A first console that is no virtio console is a serial port, too.",
  fix: "Add {} to devices.serials, or remove os.bios.useSerial.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDef; domain_conf.c virDomainDefAddConsoleCompat",
    "tried: libvirt 9.0.0, define of useserial='yes' without serial port and with a virtio console: need at least one serial port to use BIOS serial output; with a console it is defined",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "os.bios.useSerial"),
  check: ({ arch, domain, label }) => {
    const use = domain.os?.bios?.useSerial;
    const { consoles = [], serials = [] } = domain.devices ?? {};
    const first = consoles[0]?.target?.type;
    if (isLate(use) || isLate(arch) || isLate(first)) {
      return undetermined("the serial output of the firmware is known only at apply");
    }
    if (use !== "yes") return notApplicable;
    const at = "os.bios.useSerial";
    if (arch !== undefined && !isX86(arch)) {
      return fail({
        at,
        message: `"${label}" is of ${arch} and sends the output of its firmware to a serial port (useSerial), which is for x86.`,
        fix: "remove os.bios.useSerial",
      });
    }
    if (serials.length > 0 || (consoles.length > 0 && (first ?? "serial") === "serial")) return pass;
    return fail({
      at,
      message: `"${label}" sends the output of its firmware to a serial port (useSerial), and has none.`,
      fix: "add {} to devices.serials, or remove os.bios.useSerial",
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { bios: { use_serial: "yes" } }, devices: { serials: [], consoles: [] } }),
    good: (plan) =>
      plan.kvm({ os: { bios: { use_serial: "yes" } }, devices: { serials: [{ source: { pty: {} } }] } }),
  },
});
