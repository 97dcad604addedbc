import { isLate } from "../../plan/late";
import { defineRule, fail, guests, having, notApplicable, pass, undetermined } from "../../rule";

/** A vendor narrows down a model. */
export const cpuVendorNeedsModel = defineRule({
  code: "VIRT-CPU-102",
  slug: "cpu-vendor-needs-model",
  severity: "error",
  stage: "define",
  title: "The vendor of a CPU needs a model beside it",
  why: "vendor asks that the host's CPU is of that vendor where the guest gets a certain model. A guest without a model takes what the host has, and libvirt refuses to ask for a vendor.",
  fix: "Set cpu.model, or remove cpu.vendor; modelVendorId is what the guest shows.",
  sources: [
    "libvirt cpu_conf.c virCPUDefParseXML",
    "tried: libvirt 9.0.0 refuses vendor Intel without model in the modes host-model, host-passthrough and maximum: CPU vendor specified without CPU model",
  ],
  needs: ["guest"],
  on: having(guests, "cpu.vendor"),
  check: ({ domain: { cpu }, label }) => {
    if (isLate(cpu?.vendor) || isLate(cpu?.model)) {
      return undetermined("the vendor or the model of a CPU is known only at apply");
    }
    if (!cpu?.vendor) return notApplicable;
    if (cpu.model) return pass;
    return fail({
      at: "cpu.vendor",
      message: `"${label}" asks for a CPU of ${cpu.vendor} and names no model.`,
      fix: "set cpu.model, or remove cpu.vendor",
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ cpu: { mode: "host-model", vendor: "Intel" } }),
    good: (plan) => plan.kvm({ cpu: { mode: "custom", model: "Skylake-Server", vendor: "Intel" } }),
  },
});
