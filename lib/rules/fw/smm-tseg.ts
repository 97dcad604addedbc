import { isLate } from "../../plan/late";
import { toKiB } from "../../plan/units";
import { defineRule, fail, having, notApplicable, pass, qemuGuests, undetermined } from "../../rule";

/** The memory that system management mode keeps to itself. */
export const smmTseg = defineRule({
  code: "VIRT-FW-080",
  slug: "smm-tseg",
  severity: "error",
  stage: "define",
  title: "TSEG must be whole MiB, on machine q35",
  why: "TSEG is what the chipset of q35 sets aside for system management mode, in steps of 1 MiB. Other machines have none, and libvirt refuses it there.",
  fix: "Use machine q35 and a size in MiB, such as 48; or leave it out: QEMU takes 16 MiB.",
  sources: [
    "tried: libvirt 9.0.0, define on pc: SMM TSEG is only supported with q35 machine type; of 1000 KiB: SMM TSEG size must be divisible by 1 MiB; with state off both are accepted; a size without unit is MiB",
  ],
  needs: ["guest"],
  on: having(qemuGuests, "features.smm.tseg"),
  check: ({ domain, label }) => {
    const { state, tseg, tsegUnit } = domain.features!.smm!;
    const machine = domain.os?.typeMachine;
    if (state === "off") return notApplicable;
    const kib = toKiB(tseg, tsegUnit ?? "MiB");
    if (isLate(kib) || isLate(machine) || isLate(state))
      return undetermined("TSEG or the machine is known only at apply");
    if (machine !== undefined && !/^(?:pc-)?q35/.test(machine)) {
      return fail({
        at: "features.smm.tseg",
        message: `"${label}" is of machine ${machine} and has TSEG, which only q35 has.`,
        fix: "use machine q35, or remove tseg",
      });
    }
    if (kib === undefined || (kib > 0 && kib % 1024 === 0)) return pass;
    return fail({
      at: "features.smm.tseg",
      message: `TSEG of "${label}" is ${tseg} ${tsegUnit ?? "MiB"}, which is no whole number of MiB.`,
      fix: 'give it in MiB: tseg 48 with tsegUnit "MiB"',
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ features: { smm: { state: "on", tseg: 1000, tseg_unit: "KiB" } } }),
    good: (plan) => plan.kvm({ features: { smm: { state: "on", tseg: 48, tseg_unit: "MiB" } } }),
  },
});
