import { paravirtualInterface } from "../../../lib/rules/perf/paravirtual-interface";
import { RuleTester } from "../../../lib/testing";

const nic = (type?: string, source?: unknown) => ({
  name: "a",
  devices: { interfaces: [{ source, ...(type && { model: { type } }) }] },
});

RuleTester.run(paravirtualInterface, {
  fails: {
    "a network card": {
      plan: (t) => t.kvm(nic("e1000e")),
      message: 'Network card 1 (e1000e) of "a" is emulated, although Debian 12 has virtio drivers.',
      fix: 'set the model to "virtio"',
      at: "devices.interfaces[0].model.type",
    },
    "a system whose image has the drivers": {
      plan: (t) =>
        t.kvm({ ...nic("e1000"), intent: { os: "windows-server-2022", virtioDrivers: "in-image" } }),
      message: "has virtio drivers in its image",
    },
  },
  passes: {
    virtio: (t) => t.kvm(nic("virtio")).kvm(nic()),
    "vDPA, which takes nothing else": (t) => t.kvm(nic("e1000e", { vdpa: { device: "/dev/vhost-vdpa-0" } })),
    "a system without drivers": (t) => t.kvm({ ...nic("e1000"), intent: { os: "windows-server-2022" } }),
    "virtio of any system": (t) => t.kvm({ ...nic("virtio"), intent: { os: "linux" } }),
    "guests without KVM": (t) => t.tcg(nic("e1000")).xenHvm(nic("e1000")),
  },
  undetermined: {
    "a late model": (t) => t.kvm(nic("${var.model}")),
    "a system of which nobody knows": {
      plan: (t) => t.kvm({ ...nic("e1000"), intent: { os: "solaris-11.4" } }),
      reason: "Oracle Solaris 11.4",
    },
    "no operating system": (t) =>
      t.resource("libvirt_domain", "a", {
        ...nic("e1000"),
        type: "kvm",
        memory: 1,
        provider: "libvirt.kvm1",
      }),
  },
});
