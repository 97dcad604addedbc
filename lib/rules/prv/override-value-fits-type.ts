import type { Planned } from "../../plan/late";
import type { DomainQemuOverride } from "../../provider/domain";
import { defineRule, type Failure, guests, having } from "../../rule";
import { type Literal, outcomesOf } from "../faults";

type Override = Literal<Planned<DomainQemuOverride>>;

/** What a value must be for each type, and how to write it. */
const TYPES: Readonly<Record<string, { readonly value: RegExp; readonly fix: string }>> = {
  string: { value: /^/, fix: "write a text" },
  signed: { value: /^\s*[+-]?\d+$/, fix: "write a whole number" },
  unsigned: { value: /^\s*\+?\d+$/, fix: "write a whole number from 0 on" },
  bool: { value: /^(?:true|false)$/, fix: "write true or false" },
};

/** What is given to QEMU past libvirt is JSON, made of a text and its type. */
export const overrideValueFitsType = defineRule({
  code: "VIRT-PRV-103",
  slug: "override-value-fits-type",
  severity: "error",
  stage: "define",
  title: "An overridden property of QEMU must have a type, and a value of it",
  why: "libvirt makes JSON of the text: a number for signed and unsigned, a truth for bool. Type remove takes the property away and has no value; the property id cannot be overridden.",
  fix: "Set type to string, signed, unsigned or bool, and value to one of that type.",
  sources: [
    "libvirt qemu_domain.c qemuDomainDefNamespaceParseOverrideProperties",
    "tried: libvirt 9.0.0 refuses unsigned true and bool 1 (invalid value of 'value' attribute of 'qemu:property'), remove with a value (doesn't make sense with 'remove' type), no value, no type, and the property id",
  ],
  needs: ["guest"],
  on: having(guests, "qemuOverride"),
  check: (guest) =>
    guest.isQemu
      ? outcomesOf(guest.domain.qemuOverride as Planned<DomainQemuOverride>, "an override is", (override) =>
          faultsOf(override, guest.label),
        )
      : [],
  examples: {
    bad: (plan) => plan.kvm(overriding("bool", "1")),
    good: (plan) => plan.kvm(overriding("bool", "true")),
  },
});

function overriding(type: string, value: string): Record<string, unknown> {
  const property = { name: "x-data-plane", type, value };
  return { qemu_override: { devices: [{ alias: "ua-disk", frontend: { properties: [property] } }] } };
}

function* faultsOf({ devices = [] }: Override, label: string): Iterable<Failure> {
  for (const [index, device] of devices.entries()) {
    for (const [number, { name, type, value }] of (device.frontend?.properties ?? []).entries()) {
      const wrong = (attribute: string, what: string, fix: string): Failure => ({
        at: `qemuOverride.devices[${index}].frontend.properties[${number}].${attribute}`,
        message: `The override of ${name} of "${label}" ${what}.`,
        fix,
      });
      if (name === "id") yield wrong("name", "is of what libvirt finds the device by", "remove it");
      else if (!type) yield wrong("type", "has no type", "set type, such as string");
      else if (type === "remove") {
        if (value) yield wrong("value", `takes it away, and has the value "${value}"`, "remove value");
      } else if (!value) yield wrong("value", "has no value", "set value, or use type remove");
      else if (!(TYPES[type]?.value.test(value) ?? true)) {
        yield wrong("value", `has the value "${value}", which is not ${type}`, TYPES[type]!.fix);
      }
    }
  }
}
