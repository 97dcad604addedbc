import { isLate } from "../../plan/late";
import { formatKiB } from "../../plan/units";
import { defineRule, fail, guests, pass, undetermined } from "../../rule";

/** No system boots in less. */
const LEAST_KIB = 16 * 1024;

/** Version 0.8 of the provider counted in MiB, and 0.9 does in KiB. */
export const memoryHasUnit = defineRule({
  code: "VIRT-PRV-015",
  slug: "memory-has-unit",
  severity: "error",
  stage: "boot",
  title: "Memory without a unit is in KiB",
  why: "Version 0.8 of the provider took memory in MiB, and its 0.9 takes KiB unless memory_unit says otherwise: memory = 2048 was 2 GiB and is 2 MiB now. libvirt defines and starts such a guest, and nothing boots in it.",
  fix: "State memoryUnit, such as MiB.",
  sources: [
    "measured: provider 0.9.7 writes memory without memory_unit as KiB; libvirt's default unit is KiB",
    "dmacvicar/terraform-provider-libvirt: migration to 0.9",
  ],
  needs: ["guest"],
  on: guests,
  *check({ domain, label }) {
    const { memory, memoryUnit } = domain;
    if (memory === undefined || memoryUnit !== undefined) return;
    if (isLate(memory)) return yield undetermined("the memory of a guest is known only at apply");
    const kib = memory as number;
    if (kib <= 0 || kib >= LEAST_KIB) return yield pass;
    yield fail({
      at: "memory",
      message: `"${label}" has memory ${kib} without a unit, which is ${formatKiB(kib)}.`,
      fix: `set memoryUnit to "MiB" for ${formatKiB(kib * 1024)}`,
    });
  },
  examples: {
    bad: (plan) => plan.kvm({ memory: 2048, memory_unit: null, intent: { os: "linux" } }),
    good: (plan) => plan.kvm({ memory: 2048, memory_unit: "MiB", intent: { os: "linux" } }),
  },
});
