import { isLate, known } from "../../plan/late";
import { defineRule, type Outcome, undetermined, xenGuests } from "../../rule";
import { type Ignored, ignoredIn, reportIgnored } from "./ignored";

const OF_CPU = { topology: "a CPU topology", cache: "a CPU cache mode", maxPhysAddr: "an address width" };

/** A Xen guest sees the host's CPU, with single features switched by host-passthrough. */
export const cpuSettingsIgnored = defineRule({
  code: "VIRT-XEN-035",
  slug: "cpu-settings-ignored",
  severity: "warning",
  stage: "silent",
  title: "A Xen guest has no CPU model and no topology of its own",
  why: "libvirt's Xen driver reads a guest's CPU in mode host-passthrough alone, and of it the features. A named model is accepted and ignored: the guest sees the host's CPU as Xen shows it, and may not run on an older host. Sockets, cores and threads are dropped for every mode.",
  fix: "Remove the model and the topology; switch single features with mode host-passthrough.",
  sources: [
    "libvirt libxl_conf.c libxlMakeDomBuildInfo",
    "tried: Xen 4.17, libvirt 9.0.0: with custom Nehalem xen-cpuid shows an HVM guest the host's AMD CPU, as without a cpu element; with topology 2x2x2 the device model gets -smp 8,maxcpus=8; host-passthrough that disables sse4.2 and avx is delivered; host-model equals no cpu element",
    "by the source alone: modes maximum and host-model with features, cache, maxphysaddr",
  ],
  needs: ["guest"],
  on: xenGuests,
  *check({ domain, label }): Generator<Outcome> {
    const { cpu } = domain;
    if (cpu === undefined) return;
    const mode = cpu.mode;
    if (isLate(mode)) {
      yield undetermined("the mode of the guest's CPU is known only at apply");
      return;
    }
    const own: readonly Ignored[] =
      mode === "host-passthrough"
        ? []
        : ignoredIn(cpu, "cpu", {
            model: `CPU model ${known(cpu.model) ?? "of its own"}`,
            features: "choices of CPU features",
          });
    const settings = [...own, ...ignoredIn(cpu, "cpu", OF_CPU)];
    if (settings.length === 0) return;
    yield* reportIgnored(`"${label}"`, settings, {
      advice: own.length > 0 ? '; single features can be switched with cpu.mode "host-passthrough"' : "",
    });
  },
  examples: {
    bad: (plan) => plan.xenHvm({ cpu: { mode: "custom", model: "Nehalem" } }),
    good: (plan) =>
      plan.xenHvm({ cpu: { mode: "host-passthrough", features: [{ name: "avx", policy: "disable" }] } }),
  },
});
