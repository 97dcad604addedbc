import { isLate } from "../../plan/late";
import { defineRule, emulatedGuests, fail, pass, undetermined } from "../../rule";

/** There is no host CPU to pass through where QEMU emulates one. */
export const hostPassthroughNeedsKvm = defineRule({
  code: "VIRT-CPU-007",
  slug: "host-passthrough-needs-kvm",
  severity: "error",
  stage: "start",
  title: "CPU mode host-passthrough needs KVM",
  why: "host-passthrough gives the guest the host's own CPU. Under emulation (type qemu) there is none to give: QEMU computes the guest's CPU, and libvirt refuses to start the guest.",
  fix: 'Use CPU mode "maximum" for an emulated guest, or run it with KVM.',
  sources: [
    "libvirt qemu_capabilities.c virQEMUCapsIsCPUModeSupported, qemu_process.c qemuProcessUpdateGuestCPU",
    "tried: libvirt 9.0.0, type qemu: the definition is accepted, start: CPU mode 'host-passthrough' for x86_64 qemu domain on x86_64 host is not supported by hypervisor; modes maximum and host-model start",
  ],
  needs: ["guest"],
  on: emulatedGuests,
  check: (guest) => {
    const mode = guest.domain.cpu?.mode;
    if (isLate(mode)) return undetermined("the CPU mode is known only at apply");
    if (mode !== "host-passthrough") return pass;
    return fail({
      at: "cpu.mode",
      message: `"${guest.label}" is emulated (type qemu), so it cannot have CPU mode host-passthrough.`,
      fix: 'set cpu.mode to "maximum", which gives it all that QEMU can emulate, or set accelerator: "kvm" on a host that offers KVM',
    });
  },
  examples: {
    bad: (plan) => plan.tcg({ cpu: { mode: "host-passthrough" } }),
    good: (plan) => plan.tcg({ cpu: { mode: "maximum" } }),
  },
  alsoFails: ["VIRT-HYP-005"],
});
