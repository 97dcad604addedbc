import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import {
  defineRule,
  fail,
  needsFacts,
  notApplicable,
  type Outcome,
  pass,
  qemuGuests,
  undetermined,
} from "../../rule";
import { anyOf, whyNotDescribed } from "../hyp/offers";
import { GRAPHICS, graphicsKind } from "./graphics";

/** What a QEMU can show depends on how it was built. */
export const displayOffered = defineRule({
  code: "VIRT-GFX-005",
  slug: "display-offered",
  severity: "error",
  stage: "define",
  title: "The host's QEMU must have the guest's graphics and video card",
  why: "Distributions build QEMU with and without SPICE, QXL and others; Red Hat removed SPICE and QXL with version 9. Domain capabilities list what is there, and libvirt refuses the rest.",
  fix: "Use vnc, and video model virtio or vga.",
  sources: [
    "libvirt qemu_validate.c qemuValidateDomainDeviceDefGraphics, qemuValidateDomainDeviceDefVideo; qemu_capabilities.c virQEMUCapsFillDomainDeviceGraphicsCaps",
    "tried: libvirt 9.0.0, define of graphics rdp and desktop: are not supported with this QEMU; of video xen, vbox, parallels and gop: domain configuration does not support video model; none of these is in its domain capabilities",
  ],
  needs: ["guest", "host facts"],
  on: qemuGuests,
  *check(guest): Iterable<Outcome> {
    const wanted = wantedOf(guest);
    if (wanted.length === 0) return yield notApplicable;
    const { host, arch, machine, domain, label } = guest;
    if (isLate(arch) || isLate(machine))
      return yield undetermined("the guest's machine is known only at apply");
    const unknown = whyNotDescribed(guest);
    if (unknown !== undefined) return yield undetermined(unknown);
    const devices =
      arch === undefined ? undefined : host.facts?.domainCapabilitiesFor(domain.type, arch, machine)?.devices;
    for (const { at, value, device, list, what } of wanted) {
      const offered = devices?.[device]?.enums[list];
      if (offered === undefined) yield needsFacts(host);
      else if (isLate(value)) yield undetermined("the graphics of a guest are known only at apply");
      else if (offered.includes(value)) yield pass;
      else {
        yield fail({
          at,
          message: `"${label}" has ${what} ${value}, which QEMU on "${host.label}" does not have${offered.length > 0 ? `: it has ${anyOf(offered)}` : ""}.`,
          fix: offered.length > 0 ? `use ${anyOf(offered)}` : `remove ${at}`,
        });
      }
    }
  },
  examples: {
    bad: (plan) =>
      plan.kvmHost("kvm1", WITHOUT_SPICE).kvm({ devices: { graphics: [{ spice: { auto_port: true } }] } }),
    good: (plan) =>
      plan.kvmHost("kvm1", WITHOUT_SPICE).kvm({ devices: { graphics: [{ vnc: { auto_port: true } }] } }),
  },
});

const WITHOUT_SPICE = {
  facts: {
    domainCapabilities: [
      {
        virtType: "kvm",
        arch: "x86_64",
        machine: "pc-q35-7.2",
        cpuModes: {},
        cpuModels: [],
        devices: { graphics: { supported: true, enums: { type: ["vnc"] } } },
        features: {},
      },
    ],
  },
};

interface Wanted {
  readonly at: string;
  readonly value: string;
  readonly device: "graphics" | "video";
  readonly list: "type" | "modelType";
  readonly what: string;
}

function wantedOf({ domain: { devices } }: PlanGuest): Wanted[] {
  const graphics = (devices?.graphics ?? []).flatMap((each, index): Wanted[] => {
    const kind = graphicsKind(each);
    const value = isLate(each) ? (each as unknown as string) : kind && GRAPHICS[kind];
    return value === undefined
      ? []
      : [
          {
            at: `devices.graphics[${index}]`,
            value,
            device: "graphics",
            list: "type",
            what: "graphics of type",
          },
        ];
  });
  const videos = (devices?.videos ?? []).flatMap(({ model }, index): Wanted[] =>
    model?.type === undefined
      ? []
      : [
          {
            at: `devices.videos[${index}].model.type`,
            value: model.type,
            device: "video",
            list: "modelType",
            what: "a video card of model",
          },
        ],
  );
  return [...graphics, ...videos];
}
