import { isLate } from "../../plan/late";
import { defineRule, fail, having, notApplicable, pass, undetermined, xenGuests } from "../../rule";
import { isKind, lateKind } from "./xen-mode";

/** Virtual NUMA is described to a guest by tables that PV guests do not have. */
export const noNumaCellsForPv = defineRule({
  code: "VIRT-XEN-012",
  slug: "no-numa-cells-for-pv",
  severity: "error",
  stage: "start",
  title: "A Xen PV guest has no NUMA cells",
  why: "Xen supports virtual NUMA for HVM and PVH guests; the tool stack refuses to start a PV guest with it.",
  fix: "Remove cpu.numa, or use XenHvmGuest.",
  sources: [
    "libxl_create.c; xl.cfg(5) vnuma",
    "tried: libvirt 9.0.0, Xen 4.17, start: PV vNUMA is not yet supported",
  ],
  needs: ["guest"],
  on: having(xenGuests, "cpu.numa"),
  check: (guest) => {
    const cells = guest.domain.cpu?.numa?.cell ?? [];
    if (cells.length === 0) return notApplicable;
    const pv = isKind(guest, "xen-pv");
    if (pv === false) return pass;
    if (pv === undefined) return lateKind;
    if (isLate(cells[0])) return undetermined("the guest's NUMA cells are known only at apply");
    return fail({
      at: "cpu.numa",
      message: `PV guest "${guest.label}" has ${cells.length} NUMA cell${cells.length === 1 ? "" : "s"}; Xen supports virtual NUMA for HVM and PVH guests only.`,
      fix: "remove cpu.numa, or use XenHvmGuest",
    });
  },
  examples: {
    bad: (plan) => plan.xenPv({ vcpu: 2, cpu: { numa } }),
    good: (plan) => plan.xenHvm({ vcpu: 2, cpu: { numa } }),
  },
});

const numa = {
  cell: [
    { id: 0, cpus: "0", memory: 524288, unit: "KiB" },
    { id: 1, cpus: "1", memory: 524288, unit: "KiB" },
  ],
};
