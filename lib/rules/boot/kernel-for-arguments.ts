import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, qemuGuests, undetermined } from "../../rule";

/** Arguments and a first file system are for a kernel that the plan names. */
export const kernelForArguments = defineRule({
  code: "VIRT-BOOT-006",
  slug: "kernel-for-arguments",
  severity: "error",
  stage: "start",
  title: "A kernel command line and an initrd need a kernel",
  why: "os.cmdline and os.initrd go to the kernel that QEMU loads (os.kernel). QEMU does not start with one of them alone; a kernel on the guest's own disk takes its arguments from its boot loader.",
  fix: "Set os.kernel, or remove os.cmdline and os.initrd.",
  sources: [
    "QEMU system/vl.c: -append only allowed with -kernel option, -initrd only allowed with -kernel option",
    "tried: libvirt 9.0.0 with QEMU 7.2 defines cmdline and initrd without kernel, and refuses the start of either, with UEFI as well; dtb alone starts",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "os.cmdline", "os.initrd"),
  check: (guest) => {
    const { kernel, cmdline, initrd } = guest.domain.os ?? {};
    const given = Object.entries({ "os.cmdline": cmdline, "os.initrd": initrd }).filter(([, value]) => value);
    if (given.length === 0 || kernel) return notApplicable;
    const certain = given.filter(([, value]) => !isLate(value)).map(([name]) => name);
    if (certain.length === 0) return undetermined("os.cmdline or os.initrd is known only at apply");
    return fail({
      at: certain[0],
      message: `"${guest.label}" sets ${certain.join(" and ")} without a kernel to load (os.kernel).`,
      fix: `set os.kernel, or remove ${certain.join(" and ")}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ os: { cmdline: "console=ttyS0" } }),
    good: (plan) => plan.kvm({ os: { kernel: "/boot/vmlinuz", cmdline: "console=ttyS0" } }),
  },
});
