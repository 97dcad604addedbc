import { interfaceModelStated } from "../../../lib/rules/net/interface-model-stated";
import { RuleTester } from "../../../lib/testing";
import { NETWORK, withNics } from "./nic";

const bare = { source: NETWORK, model: undefined };

RuleTester.run(interfaceModelStated, {
  fails: {
    "an interface without model": {
      plan: (t) => t.kvm(withNics({ source: NETWORK }, bare)),
      message: 'The interface 2 of "web" states no model: libvirt takes an rtl8139 where QEMU has one.',
      fix: 'set model.type to "virtio"',
      severity: "warning",
      at: "devices.interfaces[1].model",
    },
    "a system without virtio drivers": {
      plan: (t) => t.kvm({ ...withNics(bare), intent: { os: "windows-server-2022" } }),
      fix: /"e1000e", or to "virtio" with the drivers in Windows Server 2022/,
    },
  },
  passes: {
    "a model": (t) => t.kvm(withNics({ source: NETWORK, model: { type: "e1000e" } })),
    "a model that is late": (t) => t.kvm(withNics({ source: NETWORK, model: { type: "${var.model}" } })),
    "a device of the host": (t) => t.kvm(withNics({ source: { hostdev: {} }, model: undefined })),
    "an interface without source": (t) => t.kvm(withNics({ model: undefined })),
    "another architecture": (t) =>
      t.kvm({ ...withNics(bare), os: { type_arch: "aarch64", type_machine: "virt" } }),
    "a Xen guest": (t) => t.xenHvm(withNics(bare)),
  },
  undetermined: {
    "a source that is late": (t) => t.kvm(withNics({ source: "${var.source}", model: undefined })),
  },
});
