import { isLate, known } from "../../plan/late";
import { defineRule, fail, guests, notApplicable, pass, undetermined } from "../../rule";

/** QEMU's own model is what every x86 CPU of the last twenty years can do, and no more. */
export const cpuModelStated = defineRule({
  code: "VIRT-PERF-003",
  slug: "cpu-model-stated",
  severity: "warning",
  stage: "advice",
  title: "A KVM guest on x86 should say which CPU it sees",
  why: "Without a mode or model a guest gets QEMU's default, qemu64: a CPU without AES, AVX or the levels that current systems are built for, and without the features against known flaws of CPUs. Other architectures take the host's CPU by themselves.",
  fix: "Use cpu mode host-model, or a named model that all hosts have.",
  sources: [
    "libvirt qemu_domain.c, default CPU of the machine: qemu64 on x86",
    "RHEL 9, Optimizing virtual machine CPU performance: host-model",
  ],
  needs: ["guest"],
  on: guests,
  check: ({ mode, arch, domain, label }) => {
    if (mode !== "kvm") return notApplicable;
    if (isLate(arch) || isLate(domain.cpu) || isLate(domain.cpu?.mode) || isLate(domain.cpu?.model)) {
      return undetermined("the CPU of a guest is known only at apply");
    }
    if (known(arch) !== "x86_64" && known(arch) !== "i686") return notApplicable;
    if (domain.cpu?.model !== undefined) return pass;
    if (domain.cpu?.mode !== undefined && domain.cpu.mode !== "custom") return pass;
    return fail({
      at: "cpu.mode",
      message: `"${label}" does not say which CPU it sees and gets qemu64, QEMU's least.`,
      fix: 'set cpu.mode to "host-model"',
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ cpu: null }),
    good: (plan) => plan.kvm({ cpu: { mode: "host-model" } }),
  },
});
