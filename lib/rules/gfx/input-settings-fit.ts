import { isX86 } from "../../plan/arch";
import type { PlanGuest } from "../../plan/guest";
import { isLate, type Planned } from "../../plan/late";
import type { DomainDevicesInputs } from "../../provider/domain";
import { defineRule, fail, type Outcome } from "../../rule";
import { checkSettings, type Devices, settingSome, statedBy } from "../settings";

type Input = Planned<DomainDevicesInputs>;

const TYPE = statedBy<Input>("type", "type", ({ type }) => type);
const BUS = statedBy<Input>("bus", "bus", busOf);

const INPUTS: Devices<Input> = {
  list: "devices.inputs",
  of: ({ domain }) => domain.devices?.inputs ?? [],
  label: ({ type }, index) => `Input device ${index + 1} (${type})`,
  settings: [
    { attribute: "model", values: ["virtio"], kind: BUS, only: ["virtio"] },
    {
      attribute: "model",
      values: ["virtio-transitional", "virtio-non-transitional"],
      never: "which QEMU has for no input device: model virtio is all there is",
    },
    { attribute: "bus", values: ["ps2"], kind: TYPE, only: ["mouse", "keyboard"] },
    { attribute: "bus", values: ["xen"], never: "which is for Xen guests" },
    {
      attribute: "bus",
      values: ["usb", "virtio", "ps2"],
      kind: TYPE,
      only: ["mouse", "tablet", "keyboard", "passthrough"],
    },
    { attribute: "type", values: ["passthrough"], kind: BUS, only: ["virtio"] },
  ],
};

/** The bus that is stated, or that libvirt takes. */
function busOf({ bus, type }: Input, { arch }: PlanGuest): string | undefined {
  if (bus !== undefined || isLate(type)) return bus ?? type;
  if (type === "passthrough") return "virtio";
  if (type === "evdev") return "none";
  if (arch === undefined || isLate(arch)) return arch;
  const isPc = isX86(arch);
  return isPc && (type === "mouse" || type === "keyboard") ? "ps2" : arch === "s390x" ? "virtio" : "usb";
}

/** Devices of the host that the guest gets, and the attribute that names each. */
const SOURCES = { passthrough: "source.passthrough.evDev", evdev: "source.evDev.dev" } as const;

/** A keyboard, a mouse or a tablet is on a bus, and not each on every one. */
export const inputSettingsFit = defineRule({
  code: "VIRT-GFX-082",
  slug: "input-settings-fit",
  severity: "error",
  stage: "define",
  title: "The bus and the model of an input device must be those of its type",
  why: "PS/2 has a keyboard and a mouse, and no tablet. The model virtio is that of the virtio bus; without a bus a keyboard and a mouse of a PC are on PS/2, and a tablet is on USB. An input device of the host is passed on by virtio-input, or as evdev by no bus at all, and both name it.",
  fix: "Put a tablet on usb or virtio, and state bus virtio beside a model.",
  sources: [
    "libvirt domain_conf.c virDomainInputDefParseXML; domain_validate.c virDomainInputDefValidate; qemu_validate.c qemuValidateDomainDeviceDefInput",
    "tried: libvirt 9.0.0, define: ps2 bus does not support tablet input device; unsupported input bus xen; only bus 'virtio' is supported for input model 'virtio', and for 'passthrough' input devices; virtio (non-)transitional models are not supported; input evdev doesn't support bus element; Missing evdev path, of a source without it; passthrough and evdev without a source are defined, and refused at start",
  ],
  needs: ["guest"],
  on: settingSome(INPUTS),
  *check(guest): Iterable<Outcome> {
    yield* checkSettings(guest, INPUTS);
    for (const [index, input] of INPUTS.of(guest).entries()) {
      const path =
        input.type === "passthrough" ? input.source?.passthrough?.evDev : (input.source?.evDev?.dev ?? "");
      // Without any source libvirt defines the guest.
      if ((input.type !== "passthrough" && input.type !== "evdev") || !input.source || path) continue;
      yield fail({
        at: `devices.inputs[${index}].source`,
        message: `${INPUTS.label(input, index)} of "${guest.label}" does not name the device of the host.`,
        fix: `set ${SOURCES[input.type]}, such as "/dev/input/by-id/…-event-kbd"`,
      });
    }
  },
  examples: {
    bad: (plan) => plan.kvm({ devices: { inputs: [{ type: "tablet", bus: "ps2" }] } }),
    good: (plan) => plan.kvm({ devices: { inputs: [{ type: "tablet", bus: "usb" }] } }),
  },
});
