import { kernelForArguments } from "../../../lib/rules/boot/kernel-for-arguments";
import { RuleTester } from "../../../lib/testing";

const os = (os: Record<string, unknown>) => ({ name: "a", os });

RuleTester.run(kernelForArguments, {
  fails: {
    "a command line alone": {
      plan: (t) => t.kvm(os({ cmdline: "quiet" })),
      message: '"a" sets os.cmdline without a kernel to load (os.kernel).',
      fix: "set os.kernel, or remove os.cmdline",
      at: "os.cmdline",
    },
    "an initrd alone": { plan: (t) => t.tcg(os({ initrd: "/i" })), at: "os.initrd" },
    "both, and an empty kernel": {
      plan: (t) => t.kvm(os({ cmdline: "quiet", initrd: "/i", kernel: "" })),
      message: "os.cmdline and os.initrd",
    },
  },
  passes: {
    "a kernel": (t) => t.kvm(os({ cmdline: "quiet", initrd: "/i", kernel: "/k" })),
    "a kernel that is known only at apply": (t) => t.kvm(os({ cmdline: "quiet", kernel: "${var.kernel}" })),
    neither: (t) => t.kvm().kvm(os({ cmdline: "" })),
    "a Xen guest": (t) => t.xenHvm(os({ cmdline: "quiet" })),
  },
  undetermined: {
    "a command line that is known only at apply": (t) => t.kvm(os({ cmdline: "${var.cmdline}" })),
  },
});
