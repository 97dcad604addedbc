import { overrideValueFitsType } from "../../../lib/rules/prv/override-value-fits-type";
import { RuleTester } from "../../../lib/testing";

const property = (type: string | null, value: string | null, name = "x") => ({
  name: "web",
  qemu_override: { devices: [{ alias: "ua-disk", frontend: { properties: [{ name, type, value }] } }] },
});

RuleTester.run(overrideValueFitsType, {
  fails: {
    "a number as a truth": {
      plan: (t) => t.kvm(property("bool", "1")),
      message: 'The override of x of "web" has the value "1", which is not bool.',
      fix: "write true or false",
      at: "qemuOverride.devices[0].frontend.properties[0].value",
    },
    "a truth as a number": (t) => t.kvm(property("signed", "true")),
    "a negative number without sign": (t) => t.kvm(property("unsigned", "-1")),
    "a value of what is removed": { plan: (t) => t.kvm(property("remove", "1")), message: "takes it away" },
    "no value": { plan: (t) => t.kvm(property("string", null)), message: "has no value" },
    "no type": { plan: (t) => t.kvm(property(null, "1")), message: "has no type" },
    "the property id": (t) => t.kvm(property("string", "a", "id")),
  },
  passes: {
    "values of their type": (t) =>
      t
        .kvm(property("bool", "true"))
        .kvm(property("signed", "-1"))
        .kvm(property("unsigned", "1"))
        .kvm(property("string", "a b"))
        .kvm(property("remove", null)),
    "a type of which another rule speaks": (t) => t.kvm(property("double", "1.5")),
    "a guest of Xen": (t) => t.xenHvm(property("bool", "1")),
  },
  undetermined: {
    "a late value": {
      plan: (t) => t.kvm(property("bool", "${var.on}")),
      reason: "an override is known only at apply",
    },
  },
});
