import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import { defineRule, fail, having, type Outcome, pass, qemuGuests, undetermined } from "../../rule";

/** The ROM of a PCI device is what firmware boots from it with. */
export const romSettingsFit = defineRule({
  code: "VIRT-PCI-085",
  slug: "rom-settings-fit",
  severity: "error",
  stage: "define",
  title: "The ROM of a device that is off has no settings",
  why: "With rom.enabled no the guest gets a device without a ROM, so that there is no file to read it from and nothing to map.",
  fix: "Remove rom.bar and rom.file, or rom.enabled.",
  sources: [
    "libvirt domain_conf.c virDomainDeviceInfoParseXML",
    "tried: libvirt 9.0.0, define of a host device and of an interface with enabled no and a bar, on or off, or a file: ROM tuning is not supported when ROM is disabled",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "devices.hostdevs[].rom.enabled", "devices.interfaces[].rom.enabled"),
  *check(guest): Iterable<Outcome> {
    for (const { at, rom } of roms(guest)) {
      const { bar, enabled, file } = rom;
      if (isLate(rom) || isLate(enabled)) yield undetermined("the ROM of a device is known only at apply");
      else if (enabled !== "no" || (bar === undefined && file === undefined)) yield pass;
      else {
        const setting = bar === undefined ? "file" : "bar";
        yield fail({
          at: `${at}.${setting}`,
          message: `${at} of "${guest.label}" is off (enabled no) and sets ${setting}.`,
          fix: `remove ${setting}, or enabled`,
        });
      }
    }
  },
  examples: {
    bad: (plan) => plan.kvm(withRom({ enabled: "no", bar: "off" })),
    good: (plan) => plan.kvm(withRom({ enabled: "no" })),
  },
});

function withRom(rom: Record<string, unknown>): Record<string, unknown> {
  const nic = { source: { network: { network: "default" } }, model: { type: "virtio" }, rom };
  return { devices: { interfaces: [nic] } };
}

interface Rom {
  readonly bar?: string;
  readonly enabled?: string;
  readonly file?: string;
}

function* roms({ domain: { devices } }: PlanGuest): Iterable<{ at: string; rom: Rom }> {
  for (const list of ["hostdevs", "interfaces"] as const) {
    for (const [index, { rom }] of (devices?.[list] ?? []).entries()) {
      if (rom !== undefined) yield { at: `devices.${list}[${index}].rom`, rom };
    }
  }
}
