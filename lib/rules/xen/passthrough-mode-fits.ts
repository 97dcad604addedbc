import type { PlanGuest } from "../../plan/guest";
import { isLate } from "../../plan/late";
import type { Plan } from "../../plan/plan";
import {
  defineRule,
  fail,
  having,
  needsFacts,
  type Outcome,
  pass,
  undetermined,
  xenGuests,
} from "../../rule";
import { hostDevicesOf } from "../pci/host-devices";
import { isKind, kindName } from "./xen-mode";

const AT = "features.xen.passthrough";

/** What the feature says is taken before what the devices need. */
export const passthroughModeFits = defineRule({
  code: "VIRT-XEN-063",
  slug: "passthrough-mode-fits",
  severity: "error",
  stage: "start",
  title:
    "Passthrough of a Xen guest is not switched off beside PCI devices, and shares page tables only with HAP",
  why: "Xen's toolstack switches passthrough on by itself for a guest with PCI devices of the host. Where features.xen.passthrough says off, it refuses them. In mode share_pt the IOMMU uses the page tables of the CPU, which a PV guest does not have, an HVM guest without HAP does not either, and not every IOMMU can read.",
  fix: "Remove features.xen.passthrough: Xen chooses by itself.",
  sources: [
    "Xen libxl_create.c libxl__domain_config_setdefault: passthrough disabled but devices are specified",
    'Xen libxl_x86.c libxl__arch_passthrough_mode_setdefault: passthrough="share_pt" not valid for PV domain, not supported on this platform, only valid for HAP guests',
    "xl.cfg(5) passthrough",
  ],
  needs: ["guest", "host facts"],
  on: having(xenGuests, AT),
  check: (guest, plan): Outcome => {
    const passthrough = guest.domain.features?.xen?.passthrough;
    const { state, mode } = passthrough ?? {};
    if (isLate(passthrough) || isLate(state)) {
      return undetermined("whether passthrough is on is known only at apply");
    }
    if (state !== "on") return state === "off" ? besideDevices(guest, plan) : pass;
    if (isLate(mode)) return undetermined("the mode of passthrough is known only at apply");
    return mode === "share_pt" ? sharing(guest) : pass;
  },
  examples: {
    bad: (plan) =>
      plan.xenPv({ features: { xen: { passthrough: { state: "off" } } }, devices: { hostdevs: [DEVICE] } }),
    good: (plan) =>
      plan.xenPv({ features: { xen: { passthrough: { state: "on" } } }, devices: { hostdevs: [DEVICE] } }),
  },
});

const DEVICE = {
  managed: true,
  subsys_pci: { source: { address: { domain: 0, bus: 3, slot: 0, function: 0 } } },
};

function besideDevices(guest: PlanGuest, plan: Plan): Outcome {
  const devices = hostDevicesOf(plan, guest);
  const pci = devices.find(({ kind }) => kind === "pci");
  if (pci) {
    return fail({
      at: `${AT}.state`,
      message: `"${guest.label}" is given ${pci.label}, and switches passthrough off.`,
      fix: `remove ${AT}, or ${pci.at}`,
    });
  }
  const late = devices.some(({ kind }) => kind === "unknown");
  return late ? undetermined("the host devices of a guest are known only at apply") : pass;
}

function sharing(guest: PlanGuest): Outcome {
  const { host, label, domain } = guest;
  const refused = (why: string) =>
    fail({
      at: `${AT}.mode`,
      message: `${kindName(guest)} "${label}" shares its page tables with the IOMMU (share_pt): ${why}.`,
      fix: `remove ${AT}.mode, and Xen chooses; or set it to "sync_pt"`,
    });
  if (isKind(guest, "xen-pv")) return refused("a PV guest has none that it could share");
  const hap = domain.features?.hap;
  if (isLate(hap) || isLate(hap?.state)) return undetermined("whether HAP is on is known only at apply");
  if (hap?.state === "off") return refused("without HAP there are none, and features.hap is off");
  const virtCaps = host.facts?.data.xen?.virtCaps;
  if (virtCaps === undefined) return needsFacts(host);
  if (virtCaps.includes("iommu_hap_pt_share")) return pass;
  return refused(`the IOMMU of "${host.label}" cannot (virt_caps: ${virtCaps.join(" ")})`);
}
