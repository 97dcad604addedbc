import { unknownAttribute } from "../../../lib/rules/prv/unknown-attribute";
import { RuleTester } from "../../../lib/testing";

RuleTester.run(unknownAttribute, {
  fails: {
    "an attribute of version 0.8": {
      plan: (t) => t.kvm({ name: "web", network_interface: [{ network_name: "default" }] }),
      message: '"web": network_interface was an attribute of version 0.8 of the provider and is none of 0.9.',
      fix: "use devices.interfaces",
      at: "network_interface",
    },
    "the size of a volume": { plan: (t) => t.volume("root", { size: 1 }), fix: "use capacity" },
    "cloud-init of a guest": { plan: (t) => t.kvm({ cloudinit: "x" }), fix: "with device cdrom" },
    "a misspelt nested attribute, which Terraform would drop": {
      plan: (t) => t.kvm({ name: "web", devices: { disks: [{ sauce: { file: { file: "/x" } } }] } }),
      severity: "error",
      message:
        '"web": devices.disks[0].sauce is not an attribute of the provider: Terraform drops it without a word.',
      fix: "did you mean source?",
      at: "devices.disks[0].sauce",
      places: ["web"],
    },
    "the attribute that the provider's documentation calls kernel_args": {
      plan: (t) => t.kvm({ os: { kernel_args: "console=ttyS0" } }),
      at: "os.kernel_args",
      fix: "did you mean cmdline?",
    },
    "an attribute in camelCase, as an override may spell it": {
      plan: (t) => t.kvm({ os: { typeMachine: "q35" } }),
      at: "os.typeMachine",
      fix: "did you mean type_machine?",
    },
    "a misspelt attribute at the top": {
      plan: (t) => t.pool("images", { tipe: "dir" }),
      message: /^"images": tipe is not an attribute of the provider\.$/,
      fix: "did you mean type?",
    },
    "a value of a wrong type, named in camelCase": {
      plan: (t) => t.kvm({ memory_unit: ["GiB"] }),
      message: "memory_unit must be a string, not a list",
      at: "memoryUnit",
    },
    "each of several": {
      plan: (t) => t.kvm({ memory: "much", vcpu: 1.5, os: { machine: "q35" } }),
      count: 3,
      message: /memory must be a number.*\n.*os\.machine is not.*\n.*vcpu must be a whole number/,
    },
    "a resource that is made several times, once": (t) => t.kvm({ count: 3, memory: "much" }),
  },
  passes: {
    "attributes of every level": (t) => t.kvm({ os: { type_machine: "q35", nv_ram: { nv_ram: "/x" } } }),
    "numbers and booleans in strings, as Terraform converts them": (t) =>
      t.kvm({ memory: "2", running: "true", vcpu: "2" }),
    "values and whole objects that are known only at apply": (t) =>
      t.kvm({ memory: "${var.memory}", os: "${var.os}", devices: "${var.devices}" }),
    "a read-only attribute: that is another rule's": (t) => t.kvm({ uuid: "x" }),
    "count and the other arguments of Terraform's own": (t) =>
      t.kvm({ count: 2, lifecycle: {}, depends_on: [] }),
    "a resource type that the provider does not have": (t) =>
      t.resource("libvirt_unheard_of", "x", { any: 1 }),
  },
});
