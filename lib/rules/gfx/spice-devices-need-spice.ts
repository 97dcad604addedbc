import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { isAtLeast } from "../versions";
import { hasGraphics } from "./graphics";

/** Reports of the refusal go up to the version before, whose notes do not name a change; such machines were seen on newer ones. */
const REFUSED_BEFORE = "10.8.0";

/** What ends in a SPICE client needs the SPICE server between. */
export const spiceDevicesNeedSpice = defineRule({
  code: "VIRT-GFX-004",
  slug: "spice-devices-need-spice",
  severity: "error",
  stage: "define",
  title: "A device whose other end is a SPICE client needs SPICE graphics",
  why: "Channels, redirected USB devices and smart cards of type spicevmc, SPICE ports and SPICE audio speak to the client through the guest's SPICE server. libvirt refuses them in a guest without one; newer versions are more lenient, and the device has nobody to speak to.",
  fix: "Add graphics of type spice, or remove the device.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainChrSourceDef, qemuValidateDomainDeviceDefAudio",
    "tried: libvirt 9.0.0, define of a channel, a redirected device and a smart card of type spicevmc, and of a spiceport: chardev 'spicevmc' not supported without spice graphics; of spice audio: Spice audio is not supported without spice graphics; with spice graphics they start",
  ],
  needs: ["guest", "host facts"],
  on: having(
    qemuGuests,
    "devices.channels[].source",
    "devices.redirDevs",
    "devices.serials[].source",
    "devices.consoles[].source",
    "devices.parallels[].source",
    "devices.smartcards",
    "devices.audios",
  ),
  *check(guest): Iterable<Outcome> {
    const devices = [...spiceDevices(guest)];
    if (devices.length === 0) return yield notApplicable;
    const spice = hasGraphics(guest, "spice");
    if (spice) return yield pass;
    if (spice === undefined) return yield undetermined("the graphics of a guest are known only at apply");
    const { host, label } = guest;
    const lenient = isAtLeast(host.facts?.data.libvirtVersion, REFUSED_BEFORE);
    if (lenient === undefined) return yield needsFacts(host);
    for (const { at, what } of devices) {
      yield fail({
        severity: lenient ? "warning" : "error",
        at,
        message: `"${label}" has ${what} (${at}) and no SPICE graphics${lenient ? ": there is no client for it" : `, which libvirt ${host.facts?.data.libvirtVersion} on "${host.label}" refuses`}.`,
        fix: "add { spice: { autoPort: true } } to devices.graphics, or remove the device",
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { channels: [AGENT] } }),
    good: (plan) => plan.kvm({ devices: { channels: [AGENT], graphics: [{ spice: { auto_port: true } }] } }),
  },
  alsoFails: ["VIRT-GOS-014"],
});

const AGENT = { source: { spice_vmc: true }, target: { virt_io: { name: "com.redhat.spice.0" } } };

function* spiceDevices({ domain: { devices } }: PlanGuest): Iterable<{ at: string; what: string }> {
  for (const kind of ["channels", "redirDevs", "serials", "consoles", "parallels"] as const) {
    for (const [index, { source }] of (devices?.[kind] ?? []).entries()) {
      // What is late as a whole may be of any type.
      if (source === undefined || isLate(source)) continue;
      if (source.spiceVmc === true)
        yield { at: `devices.${kind}[${index}]`, what: "a device of type spicevmc" };
      else if (source.spicePort) yield { at: `devices.${kind}[${index}]`, what: "a SPICE port" };
    }
  }
  for (const [index, { passthrough }] of (devices?.smartcards ?? []).entries()) {
    if (passthrough?.spiceVmc === true)
      yield { at: `devices.smartcards[${index}]`, what: "a device of type spicevmc" };
    else if (passthrough?.spicePort && !isLate(passthrough))
      yield { at: `devices.smartcards[${index}]`, what: "a SPICE port" };
  }
  for (const [index, { spice }] of (devices?.audios ?? []).entries()) {
    if (spice !== undefined && !isLate(spice)) yield { at: `devices.audios[${index}]`, what: "SPICE audio" };
  }
}
