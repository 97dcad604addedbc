import { interfaceModelKnown } from "../../../lib/rules/net/interface-model-known";
import { RuleTester } from "../../../lib/testing";

const nic = (type: string) => ({
  devices: { interfaces: [{ source: { network: { network: "default" } }, model: { type } }] },
});

RuleTester.run(interfaceModelKnown, {
  fails: {
    "a misspelt model": {
      plan: (t) => t.kvm({ name: "web", ...nic("virt-io") }),
      message: 'Interface 1 of "web" is of model virt-io, a device that QEMU does not have.',
      fix: 'write "virtio"',
      at: "devices.interfaces[0].model.type",
      severity: "error",
    },
    words: { plan: (t) => t.kvm(nic("Intel PRO")), severity: "error" },
    "a device that a later QEMU may have": { plan: (t) => t.kvm(nic("hyperlane9")), severity: "warning" },
  },
  passes: {
    "libvirt's names, in any case": (t) => t.kvm(nic("Virtio")).kvm({ name: "b", ...nic("E1000") }),
    "a device of QEMU": (t) => t.kvm(nic("i82551")),
    "a guest of Xen": (t) => t.xenHvm(nic("netfront")),
  },
  undetermined: { "a late model": (t) => t.kvm(nic("${var.model}")) },
});
