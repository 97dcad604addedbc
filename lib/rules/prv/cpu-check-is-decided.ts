import { isLate } from "../../plan/late";
import { defineRule, having, pass, qemuGuests, undetermined } from "../../rule";
import { MEASURED, readBack, WHY } from "./read-back";

/** Once a guest runs, libvirt knows every feature of its CPU and checks them all. */
export const cpuCheckIsDecided = defineRule({
  code: "VIRT-PRV-013",
  slug: "cpu-check-is-decided",
  severity: "error",
  stage: "apply",
  title: "An emulated guest must leave the check of its CPU to libvirt",
  why: WHY,
  fix: "Remove cpu.check; libvirt decides it.",
  sources: [
    `${MEASURED}, domain type qemu: check none and partial come back as full with modes custom and host-model on a guest that runs; without check, off, and in mode maximum nothing changes`,
  ],
  needs: ["guest"],
  on: having(qemuGuests, "cpu.check"),
  *check(guest) {
    const { cpu, running } = guest.domain;
    const check = cpu?.check;
    if (check === undefined || guest.mode !== "tcg" || running !== true) return;
    if (isLate(check) || isLate(cpu?.mode)) yield undetermined("the check of a CPU is known only at apply");
    else if (check === "full" || cpu?.mode === "maximum") yield pass;
    else yield readBack(guest, "cpu.check", check, 'as "full"', "remove cpu.check");
  },
  examples: {
    bad: (plan) => plan.tcg({ cpu: { mode: "custom", model: "qemu64", check: "none" } }),
    good: (plan) => plan.tcg({ cpu: { mode: "custom", model: "qemu64" } }),
  },
  alsoFails: ["VIRT-HYP-005"],
});
